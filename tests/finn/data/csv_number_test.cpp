#include "finn/data/csv_number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "core/error.hpp"

namespace finn::net {
namespace {

void expect_value(const char* text, double value) {
  const CsvNumber number = read_number(text);
  EXPECT_EQ(number.kind, CsvKind::number) << text;
  EXPECT_EQ(std::memcmp(&number.value, &value, sizeof value), 0) << text << ": " << number.value;
}

void expect_kind(CsvKind kind, std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(read_number(text).kind, kind) << text;
}

TEST(CsvNumber, isReadToTheNearestDouble) {
  expect_value("1.5", 1.5);
  expect_value(" \t-.5  ", -0.5);
  expect_value("7.", 7);
  expect_value("+1e3", 1000);
  expect_value("0.1000000000000000055511151231257827", 0.1);
  expect_value("9007199254740993", 9007199254740992);
  expect_value("-0", -0.0);
  expect_value("00012", 12);
  expect_value((std::string(1000, '0') + "." + std::string(1000, '0') + "1e1001").c_str(), 1);
}

TEST(CsvNumber, mayHaveAnExponentOfFortran) {
  expect_value("1.5D+03", 1500);
  expect_value("-.25d-1", -0.025);
  expect_value("1D0", 1);
  expect_kind(CsvKind::text, {"1D", "D3", "1.5DD3", "1.5D+", "1.5D+-3", "e5", ".e5", "D"});
}

TEST(CsvNumber, thatIsTooSmallIsZero) {
  expect_value("1e-400", 0.0);
  expect_value("-1e-400", -0.0);
  expect_value("1D-400", 0.0);
  expect_value("0.0000001e-99999999999999999999", 0.0);
  expect_value(("0." + std::string(400, '0') + "1").c_str(), 0.0);
  expect_value((std::string(300, '1') + "e-700").c_str(), 0.0);
  expect_value("4.9406564584124654e-324", std::numeric_limits<double>::denorm_min());
  expect_value("1e-310", 1e-310);
  expect_value("0e99999999999999999999", 0.0);
  expect_value("0e999", 0.0);
}

TEST(CsvNumber, thatIsTooLargeIsSaidToBe) {
  expect_value("1.7976931348623157e308", std::numeric_limits<double>::max());
  expect_kind(CsvKind::too_large,
              {"1e400", "-1e400", "1D+400", "1.8e308", "0.001e999", "1e99999999999999999999"});
  EXPECT_EQ(read_number(std::string(400, '9')).kind, CsvKind::too_large);
  EXPECT_EQ(read_number("0." + std::string(400, '0') + "1e800").kind, CsvKind::too_large);
}

TEST(CsvNumber, isToldFromWhatIsNone) {
  expect_kind(CsvKind::infinite, {"inf", "-Infinity", "+INF"});
  expect_kind(CsvKind::not_a_number, {"nan", "NaN", "-NAN"});
  expect_kind(CsvKind::missing, {"", "  ", "NA", " NA ", "null", "NULL", "?", "#N/A", "#DIV/0!",
                                 "-", ".", "None", "missing", "n/a"});
  expect_kind(CsvKind::two_signs, {"+-1", "--1", "++1.5D+03", "-+.5"});
  expect_kind(CsvKind::grouped, {"1_000", "1,000", "1,000.5", "1.000,5", "1.000.000", "1,5", "1 2",
                                 "-1'000", "1 000e3"});
  expect_kind(CsvKind::hexadecimal, {"0x10", "-0XFF", "0x1.8p+3"});
  expect_kind(CsvKind::text, {"x", "Na", "1a", "2d", "10u", "x1", "2m_temperature", "25%", "nano",
                              "information", "1/22/20", "12:30", "e", "0x", "1e", "five", "_1"});
}

TEST(CsvNumber, isRefusedWithItsStatusAndTheCure) {
  const auto refused = [](const char* text) { return refusal_of(read_number(text).kind); };
  const auto says = [&](const char* text, const char* words) {
    return std::string(refused(text).expected).find(words) != std::string::npos;
  };
  for (const char* text : {"inf", "nan", "1e400"}) {
    EXPECT_EQ(refused(text).status, core::Status::ERROR_NOT_FINITE) << text;
  }
  for (const char* text : {"NA", "x", "+-1", "1_000", "0x10"}) {
    EXPECT_EQ(refused(text).status, core::Status::ERROR_FORMAT) << text;
  }
  for (const char* text : {"NA", "nan", ""}) {
    EXPECT_TRUE(says(text, "leave the row out or fill")) << text;
  }
  EXPECT_TRUE(says("1e400", "larger than any double"));
  EXPECT_TRUE(says("+-1", "one sign at most"));
  EXPECT_TRUE(says("1,000", "nothing between its digits"));
  EXPECT_TRUE(says("0x10", "decimal"));
}

TEST(CsvNumber, thatIsInfiniteHasItsSign) {
  constexpr double endless = std::numeric_limits<double>::infinity();
  for (const char* text : {"inf", "+inf", "Infinity", " INF "}) {
    EXPECT_EQ(read_number(text).value, endless) << text;
  }
  for (const char* text : {"-inf", "-Infinity"}) EXPECT_EQ(read_number(text).value, -endless);
}

}  // namespace
}  // namespace finn::net
