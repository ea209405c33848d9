#include "core/utf8.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace finn::core {
namespace {

bool is_written_in(std::uint32_t code_point, std::size_t length) {
  std::string text;
  append_utf8(text, code_point);
  return text.size() == length && valid_utf8(text) == length &&
         valid_utf8(std::string_view(text).substr(0, length - 1)) == 0;
}

// The definition: what append_utf8 makes of a code point that is no surrogate, and nothing else.
TEST(Utf8, isWhatCodePointsAreWrittenAs) {
  for (std::uint32_t code_point = 0; code_point <= 0x10ffff; ++code_point) {
    if (code_point >= 0xd800 && code_point <= 0xdfff) continue;
    const std::size_t length = code_point < 0x80      ? 1u
                               : code_point < 0x800   ? 2u
                               : code_point < 0x10000 ? 3u
                                                      : 4u;
    if (!is_written_in(code_point, length)) FAIL() << code_point;
  }
}

TEST(Utf8, hasTheBytesOfKnownTexts) {
  std::string text;
  for (const std::uint32_t code_point : {0x24u, 0xa3u, 0x20acu, 0x10348u}) {
    append_utf8(text, code_point);
  }
  EXPECT_EQ(text, "\x24\xc2\xa3\xe2\x82\xac\xf0\x90\x8d\x88");
}

// There are as many valid sequences of a length as there are code points of it: none is let through
// that is written too long, is a surrogate or lies above 0x10ffff.
TEST(Utf8, hasNoOtherSequences) {
  const auto bytes = [](std::initializer_list<int> values) {
    std::string text;
    for (const int value : values) text.push_back(static_cast<char>(value));
    return text;
  };
  int two = 0, three = 0, four = 0;
  for (int a = 0x80; a < 0x100; ++a) {
    EXPECT_EQ(valid_utf8(bytes({a})), 0u) << a;
    for (int b = 0; b < 0x100; ++b) {
      two += valid_utf8(bytes({a, b})) == 2;
      three += 0x40 * (valid_utf8(bytes({a, b, 0x80})) == 3);
      four += 0x1000 * (valid_utf8(bytes({a, b, 0xbf, 0x80})) == 4);
      for (const int third : {0x7f, 0xc0}) {
        EXPECT_EQ(valid_utf8(bytes({a, b, third})) > 0, a < 0xe0 && valid_utf8(bytes({a, b})) == 2);
      }
    }
  }
  EXPECT_EQ(two, 0x800 - 0x80);
  EXPECT_EQ(three, 0x10000 - 0x800 - 0x800);
  EXPECT_EQ(four, 0x110000 - 0x10000);
}

TEST(Utf8, isCountedUpToTheFirstByteThatIsNone) {
  EXPECT_EQ(valid_utf8(""), 0u);
  EXPECT_EQ(valid_utf8("abc"), 3u);
  EXPECT_EQ(valid_utf8("a\xc3\xa4\xff z"), 3u);
  EXPECT_EQ(valid_utf8("ab\xe2\x82"), 2u);
}

TEST(Utf8, isCutBetweenCodePoints) {
  const std::string text = "a\xe2\x82\xac\x62";
  for (const auto& [most, length] :
       {std::pair(0, 0), {1, 1}, {2, 1}, {3, 1}, {4, 4}, {5, 5}, {9, 5}}) {
    EXPECT_EQ(utf8_prefix(text, static_cast<std::size_t>(most)).size(),
              static_cast<std::size_t>(length));
  }
}

}  // namespace
}  // namespace finn::core
