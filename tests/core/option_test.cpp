#include "core/option.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "tests/support/special_values.hpp"

namespace finn::core {
namespace {

using test::kInfinity;
using test::kNaN;

constexpr OptionRow kSteps = integer("6", 1, 1000).described("steps", "", "");
constexpr OptionRow kRate = number("0.5").above(0).at_most(1).described("rate", "", "");
constexpr OptionRow kShare = number("0").at_least(0).below(1).described("share", "", "");
constexpr OptionRow kFlag = flag("false").described("flag", "", "");
constexpr OptionRow kForm = choice("b", "a, b, a_and_b", 1).described("form", "", "");
constexpr OptionRow kWidths = integers("layers", "8, 8", 1, 64).described("widths", "", "");
constexpr OptionRow kSeed = any_integer("0").described("seed", "", "");

void expect_refused(const std::function<void()>& call, const std::string& message,
                    Status status = Status::ERROR_ARGUMENT) {
  try {
    call();
    ADD_FAILURE() << "not refused: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(Option, integersAreHeldToBothLimits) {
  for (const int value : {1, 500, 1000}) EXPECT_NO_THROW(require_integer(kSteps, "", value));
  expect_refused([] { require_integer(kSteps, "", 0); }, "steps: 0 given, 1 .. 1000 expected");
  expect_refused([] { require_integer(kSteps, "options.", 1001); },
                 "options.steps: 1001 given, 1 .. 1000 expected");
  expect_refused([] { require_integer(kWidths, "", 65); }, "widths: 65 given, 1 .. 64 expected");
  expect_refused([] { require_integer(kSteps, "", INT64_MIN); },
                 "steps: -9223372036854775808 given, 1 .. 1000 expected");
}

TEST(Option, numbersAreHeldToLimitsThatMayBeExcluded) {
  for (const double value : {0x1p-1074, 1.0}) EXPECT_NO_THROW(require_number(kRate, "", value));
  for (const double value : {0.0, -0.0, 1 - 0x1p-53}) {
    EXPECT_NO_THROW(require_number(kShare, "", value));
  }
  expect_refused([] { require_number(kRate, "", 0); }, "rate: 0 given, in (0, 1] expected");
  expect_refused([] { require_number(kRate, "", 1 + 0x1p-52); },
                 "rate: 1.0000000000000002 given, in (0, 1] expected");
  expect_refused([] { require_number(kShare, "", 1); }, "share: 1 given, in [0, 1) expected");
  expect_refused([] { require_number(kShare, "", -0x1p-1074); },
                 "share: -5e-324 given, in [0, 1) expected");
}

TEST(Option, numbersThatAreNotFiniteAreRefusedAsSuch) {
  const OptionRow any = number("0").described("any", "", "");
  expect_refused([] { require_number(kShare, "", kNaN); }, "share: nan given, in [0, 1) expected",
                 Status::ERROR_NOT_FINITE);
  expect_refused([&] { require_number(any, "", -kInfinity); },
                 "any: -inf given, a finite number expected", Status::ERROR_NOT_FINITE);
  EXPECT_NO_THROW(require_number(any, "", -1e308));
}

TEST(Option, limitsOfOneSideAreSaidSo) {
  EXPECT_EQ(expected(number("1").above(0)), "above 0");
  EXPECT_EQ(expected(number("1").at_least(0)), "0 or more");
  EXPECT_EQ(expected(number("1").below(2.5)), "below 2.5");
  EXPECT_EQ(expected(number("1").at_most(2.5)), "2.5 or less");
  EXPECT_EQ(expected(kSeed), "0 .. 18446744073709551615");
}

TEST(Option, choicesAreTheirNumbersAndNoOthers) {
  for (const int value : {1, 2, 3}) EXPECT_NO_THROW(require_integer(kForm, "", value));
  expect_refused([] { require_integer(kForm, "", 0); },
                 "form: 0 given, a (1), b (2), a_and_b (3) expected");
  expect_refused([] { require_integer(kForm, "", 4); },
                 "form: 4 given, a (1), b (2), a_and_b (3) expected");
  EXPECT_EQ(integer_text(kForm, 3), "a_and_b");
  expect_refused([] { integer_text(kForm, 4); },
                 "form: 4 given, a (1), b (2), a_and_b (3) expected");
}

TEST(Option, choicesAreReadInAnyCaseAndWhole) {
  EXPECT_EQ(read_integer(kForm, "", "a"), 1);
  EXPECT_EQ(read_integer(kForm, "", "A_And_B"), 3);
  for (const char* text : {"", "c", "a_and", "a,", "a, b", " a", "1"}) {
    expect_refused([&] { read_integer(kForm, "", text); },
                   "form: \"" + std::string(text) + "\" given, one of a, b, a_and_b expected");
  }
}

TEST(Option, flagsAre0And1) {
  for (const int value : {0, 1}) EXPECT_NO_THROW(require_integer(kFlag, "", value));
  for (const int value : {-1, 2}) {
    expect_refused([&] { require_integer(kFlag, "", value); },
                   "flag: " + std::to_string(value) + " given, 0 or 1 expected");
  }
  for (const char* text : {"true", "True", "1"}) EXPECT_EQ(read_integer(kFlag, "", text), 1);
  for (const char* text : {"false", "FALSE", "0"}) EXPECT_EQ(read_integer(kFlag, "", text), 0);
  EXPECT_EQ(integer_text(kFlag, 1), "true");
  EXPECT_EQ(integer_text(kFlag, 0), "false");
  for (const char* text : {"", "yes", "2", "tru"}) {
    expect_refused([&] { read_integer(kFlag, "", text); },
                   "flag: \"" + std::string(text) + "\" given, true or false expected");
  }
}

TEST(Option, integersAreReadWholeOrNotAtAll) {
  EXPECT_EQ(read_integer(kSteps, "", "1000"), 1000);
  EXPECT_EQ(read_integer(kSteps, "", "007"), 7);
  for (const char* text : {"", " 7", "7 ", "+7", "7.0", "1e2", "0x10", "7,", "seven"}) {
    expect_refused([&] { read_integer(kSteps, "", text); },
                   "steps: \"" + std::string(text) + "\" given, an integer, 1 .. 1000 expected");
  }
  expect_refused([] { read_integer(kSteps, "", "-1"); }, "steps: -1 given, 1 .. 1000 expected");
  expect_refused([] { read_integer(kSteps, "", "99999999999999999999"); },
                 "steps: \"99999999999999999999\" given, 1 .. 1000 expected");
}

TEST(Option, seedsHave64Bits) {
  EXPECT_EQ(read_unsigned(kSeed, "", "18446744073709551615"), UINT64_MAX);
  EXPECT_NO_THROW(require_valid(kSeed, "", UINT64_MAX));
  for (const char* text : {"18446744073709551616", "-1", ""}) {
    EXPECT_THROW(read_unsigned(kSeed, "", text), Error) << text;
  }
}

TEST(Option, numbersAreReadWholeOrNotAtAll) {
  EXPECT_EQ(read_number(kRate, "", "0.25"), 0.25);
  EXPECT_EQ(read_number(kRate, "", "1E-8"), 1e-8);
  for (const char* text : {"", " 1", "1 ", "+1", "0,5", "1e", "0x1p-1", "1e999", "1e-999"}) {
    expect_refused([&] { read_number(kRate, "", text); },
                   "rate: \"" + std::string(text) + "\" given, a number in (0, 1] expected");
  }
  for (const char* text : {"nan", "inf", "-infinity"}) {
    try {
      read_number(kRate, "", text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.status(), Status::ERROR_NOT_FINITE);
    }
  }
}

TEST(Option, numbersReadBackToTheSameBits) {
  const OptionRow any = number("0").described("any", "", "");
  for (const double value : {0.0, -0.0, 0.1, 1.0 / 3, 1e-8, 6000.0, 0x1p-1074, 1e22, 5e-324,
                             std::numeric_limits<double>::max()}) {
    const double again = read_number(any, "", number_text(value));
    EXPECT_EQ(again, value);
    EXPECT_EQ(std::signbit(again), std::signbit(value));
  }
  EXPECT_EQ(number_text(0.01), "0.01");
  EXPECT_EQ(number_text(1e-8), "1e-8");
  EXPECT_EQ(number_text(1e-10), "1e-10");
}

// A program that has set a locale with a decimal comma reads and writes the same text.
TEST(Option, textKnowsNoLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  const char* set = nullptr;
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8", "fr_FR.utf8"}) {
    if (set == nullptr) set = std::setlocale(LC_ALL, name);
  }
  if (set == nullptr) GTEST_SKIP() << "no locale with a decimal comma is installed";
  EXPECT_EQ(read_number(kRate, "", "0.5"), 0.5);
  EXPECT_EQ(number_text(0.5), "0.5");
  expect_refused([] { require_number(kRate, "", 1.5); }, "rate: 1.5 given, in (0, 1] expected");
  std::setlocale(LC_ALL, before.c_str());
}

TEST(Option, listsAreCutAtCommas) {
  const auto parts = [](std::string_view text) {
    std::vector<std::string> found;
    visit_parts(text, [&](std::string_view part) { found.emplace_back(part); });
    return found;
  };
  using Parts = std::vector<std::string>;
  EXPECT_EQ(parts("64, 8,4"), (Parts{"64", "8", "4"}));
  EXPECT_EQ(parts(" 64 "), (Parts{"64"}));
  EXPECT_EQ(parts("64,"), (Parts{"64", ""}));
  EXPECT_EQ(parts(",64"), (Parts{"", "64"}));
  EXPECT_EQ(parts(""), Parts{});
  EXPECT_EQ(parts("  "), Parts{});
}

TEST(Option, textOfACallerIsShownShortAndPrintable) {
  EXPECT_EQ(in_quotes("adam"), "\"adam\"");
  EXPECT_EQ(in_quotes("a\nb\x7f\xc3\xa4"), "\"a?b???\"");
  EXPECT_EQ(in_quotes(std::string(60, 'x')), "\"" + std::string(60, 'x') + "\"");
  EXPECT_EQ(in_quotes(std::string(1000, 'x')), "\"" + std::string(60, 'x') + "...\"");
}

}  // namespace
}  // namespace finn::core
