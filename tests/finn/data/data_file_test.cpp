#include "finn/data/data_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class RowsOfAFile : public testing::Test {
 protected:
  ~RowsOfAFile() override { std::filesystem::remove(path_); }

  void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }

  template <class U>
  void write_numbers(const std::vector<U>& numbers) const {
    std::string bytes(numbers.size() * sizeof(U), '\0');
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    write(bytes);
  }

  // All rows one after the other, each x, y and weight where there are any.
  std::vector<double> read(FileFormat format, const RowLayout& layout) const {
    const auto rows = open_rows(path_.c_str(), format, layout, region_);
    std::vector<double> numbers;
    for (std::int64_t row = 0; row < rows->count(); ++row) {
      std::vector<double> values(static_cast<std::size_t>(layout.columns()));
      rows->read(row, values.data(), layout.outputs > 0 ? values.data() + layout.inputs : nullptr,
                 layout.has_weight ? &values.back() : nullptr);
      numbers.insert(numbers.end(), values.begin(), values.end());
    }
    return numbers;
  }

  std::pair<core::Status, std::string> refusal(FileFormat format, const RowLayout& layout) const {
    try {
      read(format, layout);
      return {core::Status::OK, ""};
    } catch (const core::Error& error) {
      return {error.status(), error.what()};
    }
  }

  const std::string path_ =
      (std::filesystem::temp_directory_path() / ("finn_rows_test_" + std::to_string(::getpid())))
          .string();
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
  const auto rows = open_rows(path_.c_str(), FileFormat::csv, {2, 0, true}, region_);
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
  EXPECT_EQ(refusal(FileFormat::csv, {2, 1, false}),
            std::pair(core::Status::ERROR_ARGUMENT,
                      path_ + ": line 2, column 2: 50 lies outside the domain, 0 .. 10 expected"));
  write("1,2,3\n4,5,-6\n");
  EXPECT_EQ(refusal(FileFormat::csv, {2, 0, true}).second,
            path_ + ": line 2, column 3: a weight of -6 given, 0 or more expected");
  write_numbers<double>({1, 2, 0});
  EXPECT_EQ(refusal(FileFormat::float64, {3, 0, false, {2, 3}}).second,
            path_ + ": row 1, column 3: a target of 0 given, above 0 expected");
}

TEST_F(RowsOfAFile, haveAWeightAboveZero) {
  write("1,2,0\n4,5,0\n");
  EXPECT_EQ(refusal(FileFormat::csv, {2, 0, true}),
            std::pair(core::Status::ERROR_ARGUMENT,
                      path_ + ": column 3: all weights are 0, one above 0 expected"));
  EXPECT_EQ(refusal(FileFormat::csv, {2, 1, false}).first, core::Status::OK);
  write_numbers<double>({1, 2, 0, 4, 5, 0});
  EXPECT_EQ(refusal(FileFormat::float64, {2, 0, true}).first, core::Status::ERROR_ARGUMENT);
  write("1,2,0\n4,5,1e-300\n");
  EXPECT_EQ(refusal(FileFormat::csv, {2, 0, true}).first, core::Status::OK);
}

TEST_F(RowsOfAFile, comeFromARegularFileOnly) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(
      refusal(FileFormat::csv, {2, 1, false}),
      std::pair(core::Status::ERROR_FILE, path_ + ": a folder given, a regular file expected"));
}

}  // namespace
}  // namespace finn::net
