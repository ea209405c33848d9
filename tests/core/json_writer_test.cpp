#include "core/json_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/json_reader.hpp"

namespace finn::core {
namespace {

std::string written(const std::function<void(JsonWriter&)>& write) {
  JsonWriter json;
  write(json);
  return json.take();
}

TEST(JsonWriter, writesEveryKindOfValue) {
  JsonWriter json;
  const std::vector<double> numbers = {0, -0.5, 1e300};
  const std::vector<std::int64_t> integers = {std::numeric_limits<std::int64_t>::min(), 7};
  json.object([&] {
    json.key("numbers").numbers(numbers);
    json.key("integers").integers(integers);
    json.key("none").numbers({});
    json.key("inner").object([&] {
      json.key("yes").boolean(true);
      json.key("no").boolean(false);
      json.key("nothing").null();
    });
    json.key("list").list([&] {
      json.object([] {});
      json.list([] {});
      json.string(",");
      json.string("a\nb");
      json.unsigned_integer(~std::uint64_t{});
      json.number_or_infinity(-HUGE_VAL);
      json.number_or_infinity(2.5);
    });
  });
  EXPECT_EQ(json.text(),
            "{\"numbers\":[0,-0.5,1e+300],\"integers\":[-9223372036854775808,7],\"none\":[],"
            "\"inner\":{\"yes\":true,\"no\":false,\"nothing\":null},"
            "\"list\":[{},[],\",\",\"a\\nb\",18446744073709551615,\"-inf\",2.5]}");
}

void expect_same_bits(double value) {
  const std::string text = written([&](JsonWriter& json) { json.number(value); });
  const double back = JsonReader("number", std::string_view(text)).number();
  EXPECT_EQ(std::memcmp(&back, &value, sizeof value), 0) << text;
}

TEST(JsonWriter, writesNumbersThatReadBackAsTheSameBits) {
  using Limits = std::numeric_limits<double>;
  for (const double value : {0.0, -0.0, 0.1, 1.0 / 3, 5e-324, 2.2250738585072011e-308,
                             Limits::min(), Limits::max(), Limits::lowest(), 9007199254740993.0}) {
    expect_same_bits(value);
  }
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i) {
    double value = 0;
    const std::uint64_t bits = random();
    std::memcpy(&value, &bits, sizeof value);
    if (std::isfinite(value)) expect_same_bits(value);
  }
  EXPECT_EQ(written([](JsonWriter& json) { json.number(0.1); }), "0.1");
}

void expect_not_finite(const std::function<void(JsonWriter&)>& write) {
  try {
    written(write);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_NOT_FINITE) << error.what();
  }
}

TEST(JsonWriter, refusesNumbersThatAreNotFinite) {
  for (const double value : {HUGE_VAL, -HUGE_VAL, std::nan("")}) {
    expect_not_finite([&](JsonWriter& json) { json.number(value); });
    expect_not_finite([&](JsonWriter& json) { json.numbers(std::vector<double>{1, value}); });
  }
  expect_not_finite([](JsonWriter& json) { json.number_or_infinity(std::nan("")); });
}

TEST(JsonWriter, refusesTextThatIsNotUtf8) {
  for (const auto write : {+[](JsonWriter& json) { json.string("ab\xff"); },
                           +[](JsonWriter& json) { json.key("ab\xff"); }}) {
    try {
      written(write);
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.status(), Status::ERROR_ARGUMENT);
      EXPECT_STREQ(error.what(), "text \"ab\": byte 0xff at 2 given, UTF-8 expected");
    }
  }
}

}  // namespace
}  // namespace finn::core
