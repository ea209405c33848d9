#include "finn/data/column_choice.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/data/csv_file.hpp"
#include "tests/finn/data/support.hpp"

namespace finn::net {
namespace {

using core::Status;
using test::Refusal;
using Columns = std::vector<int>;

class ChosenColumns : public test::WithAFile {
 protected:
  Columns chosen(const std::string& text, const ColumnChoice& choice) const {
    return chosen_columns(CsvFile(write(text)), choice);
  }
  Refusal refused(const std::string& text, const ColumnChoice& choice) const {
    return refusal([&] { chosen(text, choice); });
  }
};

TEST_F(ChosenColumns, areNamedOrNumbered) {
  const char* text = "a, \"b c\" ,,d\n1,2,3,4\n";
  EXPECT_EQ(chosen(text, {"d", "1", "b c"}), (Columns{3, 0, 1}));
  EXPECT_EQ(chosen(text, {"3"}), (Columns{2}));
  EXPECT_EQ(chosen("1,2,3\n", {"3", "1"}), (Columns{2, 0}));
}

TEST_F(ChosenColumns, areAllWithoutAChoice) {
  EXPECT_EQ(chosen("a,b,c\n", {}), (Columns{0, 1, 2}));
}

TEST_F(ChosenColumns, haveToBeThere) {
  EXPECT_EQ(refused("a,b,,d\n", {"a", "e"}),
            Refusal(Status::ERROR_ARGUMENT,
                    "column \"e\" given, 1 .. 4 or one of these names expected: a, b, d"));
  EXPECT_EQ(refused("1,2\n", {"x"}),
            Refusal(Status::ERROR_ARGUMENT,
                    "column \"x\" given, 1 .. 2 expected: the file has no line of names"));
  for (const char* number : {"0", "5", "-1", "1.0", "99999999999999999999", "", "1 "}) {
    EXPECT_EQ(refused("a,b,,d\n", {number}).first, Status::ERROR_ARGUMENT) << number;
  }
}

TEST_F(ChosenColumns, areNotAllListedWhereTheyAreMany) {
  std::string header = "first";
  for (int i = 0; i < 1000; ++i) header += ",column" + std::to_string(i);
  const std::string message = refused(header + "\n", {"e"}).second;
  EXPECT_NE(message.find("1 .. 1001"), std::string::npos);
  EXPECT_NE(message.find("first, column0, "), std::string::npos);
  EXPECT_TRUE(message.ends_with(", ..")) << message;
  EXPECT_LT(message.size(), 300u);
}

TEST_F(ChosenColumns, areChosenOnce) {
  EXPECT_EQ(refused("a,b\n", {"b", "2"}),
            Refusal(Status::ERROR_ARGUMENT, "column 2 (b) is chosen twice, once at most expected"));
}

TEST_F(ChosenColumns, areChosenByNumberWhereNamesRepeat) {
  EXPECT_EQ(refused("a,b,a\n", {"a"}),
            Refusal(Status::ERROR_ARGUMENT,
                    "column \"a\" given, but columns 1 and 3 have that name; choose by number"));
  EXPECT_EQ(chosen("a,b,a\n", {"3", "b"}), (Columns{2, 1}));
}

}  // namespace
}  // namespace finn::net
