// Tables: the numbers of a CSV file, the names of its columns, and a choice among them.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/refusal_support.hpp"

namespace finn::test {
namespace {

class TableFile : public ::testing::Test {
 protected:
  ~TableFile() override { std::filesystem::remove(path_); }

  void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }

  TableHandle read(const std::vector<const char*>& chosen = {}) const {
    return make_handle<finn_table>([&](finn_table** table, finn_error* error) {
      return finn_table_read(path_.c_str(), chosen.empty() ? nullptr : chosen.data(),
                             static_cast<std::int32_t>(chosen.size()), table, error);
    });
  }

  static std::vector<double> values_of(const finn_table* table) {
    std::vector<double> values(static_cast<std::size_t>(finn_table_rows(table)) *
                               static_cast<std::size_t>(finn_table_columns(table)));
    require_ok([&](finn_error* error) {
      return finn_table_values(table, values.data(), static_cast<std::int64_t>(values.size()),
                               error);
    });
    return values;
  }

  void expect_bad(const std::string& what, finn_status status, const std::string& name,
                  const char* const* chosen, std::int32_t count) const {
    expect_not_made<finn_table>(what, status, name, [&](finn_table** table, finn_error* error) {
      return finn_table_read(path_.c_str(), chosen, count, table, error);
    });
  }

  std::string path_ =
      (std::filesystem::temp_directory_path() / ("finn_table_test_" + std::to_string(::getpid())))
          .string();
};

TEST_F(TableFile, holdsAllColumnsWithTheirNames) {
  write("# a remark\n\"a\",b\n1,\"2.5\"\n3,4e0\n");
  const TableHandle table = read();
  EXPECT_EQ(finn_table_rows(table.get()), 2);
  EXPECT_EQ(finn_table_columns(table.get()), 2);
  EXPECT_STREQ(finn_table_name(table.get(), 0), "a");
  EXPECT_STREQ(finn_table_name(table.get(), 1), "b");
  EXPECT_EQ(values_of(table.get()), (std::vector<double>{1, 2.5, 3, 4}));
}

TEST_F(TableFile, holdsTheColumnsThatAreChosenInTheirOrder) {
  write("a,text,b\n1,one,2\n3,three,4\n");
  const TableHandle table = read({"b", "1"});
  EXPECT_STREQ(finn_table_name(table.get(), 0), "b");
  EXPECT_STREQ(finn_table_name(table.get(), 1), "a");
  EXPECT_EQ(values_of(table.get()), (std::vector<double>{2, 1, 4, 3}));
}

TEST_F(TableFile, hasColumnsWithoutNames) {
  write("1,2\n");
  const TableHandle table = read();
  for (const std::int32_t column : {-1, 0, 1, 2}) {
    EXPECT_STREQ(finn_table_name(table.get(), column), "");
  }
}

TEST_F(TableFile, isRefusedWhereItIsNoTable) {
  const char* const unknown[] = {"c"};
  const char* const missing[] = {nullptr};
  expect_bad("a file that is not there", FINN_ERROR_FILE, path_, nullptr, 0);
  write("a,b\n1,NA\n");
  expect_bad("a missing value", FINN_ERROR_FORMAT, "line 2", nullptr, 0);
  expect_bad("an unknown column", FINN_ERROR_ARGUMENT, "c", unknown, 1);
  expect_bad("a count below 0", FINN_ERROR_ARGUMENT, "chosen_count", nullptr, -1);
  expect_bad("no columns for a count", FINN_ERROR_NULL, "chosen", nullptr, 1);
  expect_bad("a name that is NULL", FINN_ERROR_NULL, "chosen", missing, 1);
  write("");
  expect_bad("no rows", FINN_ERROR_FORMAT, "rows", nullptr, 0);
}

TEST_F(TableFile, givesItsNumbersToAnArrayOfTheirLengthAlone) {
  write("1,2\n3,4\n");
  const TableHandle table = read();
  std::vector<double> values(5, -7);
  for (const std::int64_t length : {0, 3, 5}) {
    expect_refused({"a length of " + std::to_string(length), FINN_ERROR_SIZE, "values",
                    [&](finn_error* error) {
                      return finn_table_values(table.get(), values.data(), length, error);
                    }});
  }
  EXPECT_EQ(values, std::vector<double>(5, -7));
  EXPECT_EQ(finn_table_values(table.get(), nullptr, 4, nullptr), FINN_ERROR_NULL);
  EXPECT_EQ(finn_table_values(nullptr, values.data(), 4, nullptr), FINN_ERROR_NULL);
}

TEST(NoTable, hasNothing) {
  finn_table_destroy(nullptr);
  EXPECT_EQ(finn_table_rows(nullptr), 0);
  EXPECT_EQ(finn_table_columns(nullptr), 0);
  EXPECT_STREQ(finn_table_name(nullptr, 0), "");
}

}  // namespace
}  // namespace finn::test
