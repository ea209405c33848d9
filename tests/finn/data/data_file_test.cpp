#include "finn/data/data_file.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/data/column_choice.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "tests/finn/data/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

using core::Status;
using test::Refusal;

class RowsOfAFile : public test::WithAFile {
 protected:
  template <class U>
  void write_numbers(const std::vector<U>& numbers) const {
    std::string bytes(numbers.size() * sizeof(U), '\0');
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    write(bytes);
  }

  // All rows one after the other, each x, y and weight where there are any.
  std::vector<double> read(FileFormat format, const RowLayout& layout,
                           const ColumnChoice& choice = {}) const {
    const auto rows = open_rows(path(), format, layout, region_, choice);
    std::vector<double> numbers;
    for (std::int64_t row = 0; row < rows->count(); ++row) {
      std::vector<double> values(static_cast<std::size_t>(layout.columns()));
      rows->read(row, values.data(), layout.outputs > 0 ? values.data() + layout.inputs : nullptr,
                 layout.has_weight ? &values.back() : nullptr);
      numbers.insert(numbers.end(), values.begin(), values.end());
    }
    return numbers;
  }

  Refusal refused(FileFormat format, const RowLayout& layout,
                  const ColumnChoice& choice = {}) const {
    return refusal([&] { read(format, layout, choice); });
  }

  const Box box_ = test::box_of({0, 0}, {10, 10});
  const Region region_{box_, nullptr};
};

TEST_F(RowsOfAFile, areThoseOfItsTextOrItsNumbers) {
  const std::vector<double> expected = {1, 2.5, -3, 4, 5, 0.125};
  write("x,y,value\n1, 2.5 ,-3\r\n# between\n\n4,5,0.125");
  EXPECT_EQ(read(FileFormat::csv, {2, 1, false}), expected);
  write_numbers<double>({1, 2.5, -3, 4, 5, 0.125});
  EXPECT_EQ(read(FileFormat::float64, {2, 1, false}), expected);
  write_numbers<float>({1, 2.5, -3, 4, 5, 0.125});
  EXPECT_EQ(read(FileFormat::float32, {2, 1, false}), expected);
}

TEST_F(RowsOfAFile, haveTargetsAndWeightsAsTheLayoutSays) {
  write("1,2,3\n4,5,6\n");
  const auto rows = open_rows(path(), FileFormat::csv, {2, 0, true}, region_);
  EXPECT_EQ(rows->count(), 2);
  EXPECT_FALSE(rows->has_targets());
  EXPECT_TRUE(rows->has_weights());
  double x[2], weight = 0;
  rows->read(1, x, nullptr, &weight);
  EXPECT_EQ(x[1], 5);
  EXPECT_EQ(weight, 6);
}

TEST_F(RowsOfAFile, areCheckedWhenItIsOpened) {
  write("1,2,3\n4,50,6\n");
  EXPECT_EQ(refused(FileFormat::csv, {2, 1, false}),
            Refusal(Status::ERROR_ARGUMENT,
                    "line 2, column 2: 50 lies outside the domain, 0 .. 10 expected"));
  write("1,2,3\n4,5,-6\n");
  EXPECT_EQ(refused(FileFormat::csv, {2, 0, true}).second,
            "line 2, column 3: a weight of -6 given, 0 or more expected");
  write_numbers<double>({1, 2, 0});
  EXPECT_EQ(refused(FileFormat::float64, {3, 0, false, {2, 3}}).second,
            "row 1, column 3: a target of 0 given, above 0 expected");
}

TEST_F(RowsOfAFile, haveAWeightAboveZero) {
  write("1,2,0\n4,5,0\n");
  EXPECT_EQ(refused(FileFormat::csv, {2, 0, true}),
            Refusal(Status::ERROR_ARGUMENT, "column 3: all weights are 0, one above 0 expected"));
  EXPECT_EQ(refused(FileFormat::csv, {2, 1, false}).first, Status::OK);
  write_numbers<double>({1, 2, 0, 4, 5, 0});
  EXPECT_EQ(refused(FileFormat::float64, {2, 0, true}).first, Status::ERROR_ARGUMENT);
  write("1,2,0\n4,5,1e-300\n");
  EXPECT_EQ(refused(FileFormat::csv, {2, 0, true}).first, Status::OK);
}

TEST_F(RowsOfAFile, areMadeOfTheColumnsThatAreChosen) {
  write("place,w,y,x2,x1\nBern,1,7,2,1\n\"a,b\",0.5,8,4,\"3\"\n");
  const RowLayout layout{2, 1, true};
  EXPECT_EQ(read(FileFormat::csv, layout, {"x1", "4", "y", "w"}),
            (std::vector<double>{1, 2, 7, 1, 3, 4, 8, 0.5}));
  EXPECT_EQ(refused(FileFormat::csv, layout, {"x1", "x2", "y"}),
            Refusal(Status::ERROR_SIZE,
                    "line 1: 3 columns chosen given, 4 expected: x 2, y 1, weight 1"));
  EXPECT_EQ(refused(FileFormat::csv, layout, {"x1", "x2", "y", "z"}).first, Status::ERROR_ARGUMENT);
  EXPECT_EQ(refused(FileFormat::csv, {2, 0, false}),
            Refusal(Status::ERROR_FORMAT, "line 1: 5 columns given, 2 expected: x 2"));
  EXPECT_EQ(refused(FileFormat::csv, {2, 0, false}, {"x1", "place"}).second,
            "line 2, column 1 (place): \"Bern\" given, a number expected");
  EXPECT_EQ(
      refused(FileFormat::float64, {2, 0, false}, {"1", "2"}),
      Refusal(Status::ERROR_ARGUMENT, "2 columns chosen, but only those of a CSV file can be"));
}

TEST_F(RowsOfAFile, areCheckedUnderTheNamesOfTheirColumns) {
  write("w,y,x2,x1\n0,7,2,1\n0,8,40,3\n");
  EXPECT_EQ(refused(FileFormat::csv, {2, 1, true}, {"x1", "x2", "y", "w"}).second,
            "line 3, column 3 (x2): 40 lies outside the domain, 0 .. 10 expected");
  write("w,y,x2,x1\n0,7,2,1\n0,8,4,3\n");
  EXPECT_EQ(refused(FileFormat::csv, {2, 1, true}, {"x1", "x2", "y", "w"}).second,
            "column 1 (w): all weights are 0, one above 0 expected");
}

TEST_F(RowsOfAFile, areReadAgainInAnyOrder) {
  write("\xef\xbb\xbf# a remark\r\nx;y;\r\n\r\n1;\"2\";\r\n# between\r\n3;4D0;\r\n5;6;");
  const auto rows = open_rows(path(), FileFormat::csv, {2, 0, false}, region_);
  ASSERT_EQ(rows->count(), 3);
  double x[2];
  for (const std::int64_t row : {2, 0, 1, 1, 0}) {
    rows->read(row, x, nullptr, nullptr);
    EXPECT_EQ(x[0], static_cast<double>(2 * row + 1));
    EXPECT_EQ(x[1], static_cast<double>(2 * row + 2));
  }
  write("\xef\xbb\xbf# a remark\r\nx;y;\r\n\r\n1;\"2\"");
  EXPECT_EQ(refusal([&] { rows->read(0, x, nullptr, nullptr); }),
            Refusal(Status::ERROR_FILE, "row 1 cannot be read as it was when it was opened"));
}

TEST_F(RowsOfAFile, comeFromARegularFileOnly) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(refused(FileFormat::csv, {2, 1, false}),
            Refusal(Status::ERROR_FILE, "a folder given, a regular file expected"));
}

TEST_F(RowsOfAFile, mayBeIntervalsWithEndsThatAreInfinite) {
  const RowLayout layout{2, 2, true, {}, true};
  constexpr double endless = std::numeric_limits<double>::infinity();
  const std::vector<double> expected = {1, -endless, 2, 4, 3, 5, 6, 5, endless, 1};
  write("a,b,to a,to b,count\n1,-inf,2,4,3\n5,6,5,inf,1\n");
  EXPECT_EQ(read(FileFormat::csv, layout), expected);
  write_numbers<double>(expected);
  EXPECT_EQ(read(FileFormat::float64, layout), expected);
  write("1,2,1,2,inf\n");
  EXPECT_EQ(refused(FileFormat::csv, layout).first, Status::ERROR_NOT_FINITE);
  write("a,b,to a,to b,count\n1,2,3,1,1\n");
  EXPECT_EQ(refused(FileFormat::csv, layout),
            Refusal(Status::ERROR_ARGUMENT,
                    "line 2, column 2 (b): an interval from 2 to 1 given, which ends below its "
                    "beginning"));
}

TEST_F(RowsOfAFile, areIntervalsStillWhenTheyAreReadAgain) {
  write_numbers<double>({1, 2, 3, 4});
  const auto rows = open_rows(path(), FileFormat::float64, {2, 2, false, {}, true}, region_);
  double x[2], y[2];
  rows->read(0, x, y, nullptr);
  write_numbers<double>({1, 5, 3, 4});
  EXPECT_EQ(refusal([&] { rows->read(0, x, y, nullptr); }).first, Status::ERROR_ARGUMENT);
}

}  // namespace
}  // namespace finn::net
