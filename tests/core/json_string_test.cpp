#include "core/json_string.hpp"

#include <gtest/gtest.h>

#include <string>

namespace finn::core {
namespace {

std::string unescaped(std::string_view characters) {
  std::string text;
  EXPECT_EQ(append_unescaped(text, characters), nullptr) << characters;
  return text;
}

TEST(JsonString, comesBackFromItsEscapes) {
  std::string text;
  for (int byte = 0; byte < 0x80; ++byte) text.push_back(static_cast<char>(byte));
  text += "\xc3\xa4 \xf0\x90\x8d\x88";
  std::string document;
  append_json_string(document, text);
  for (const char character : document) EXPECT_GE(static_cast<unsigned char>(character), 0x20);
  EXPECT_EQ(document.front(), '"');
  EXPECT_EQ(document.back(), '"');
  EXPECT_EQ(unescaped(document.substr(1, document.size() - 2)), text);
  EXPECT_EQ(document.substr(0, 13), "\"\\u0000\\u0001");
  EXPECT_NE(document.find("\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e"), std::string::npos);
  EXPECT_NE(document.find(" !\\\"#"), std::string::npos);
  EXPECT_NE(document.find("./0"), std::string::npos);
}

TEST(JsonString, knowsEveryEscape) {
  EXPECT_EQ(unescaped("\\\"\\\\\\/\\b\\f\\n\\r\\t"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(unescaped("x\\u0041\\u00e4\\u20AC\\ud800\\udf48y"),
            "xA\xc3\xa4\xe2\x82\xac\xf0\x90\x8d\x88y");
  EXPECT_EQ(unescaped("\\u0000"), std::string(1, '\0'));
  EXPECT_EQ(unescaped("\\udbff\\udfff\\ud7ff\\ue000"), "\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80");
}

TEST(JsonString, takesNoOtherEscapes) {
  std::string text;
  for (const char* characters : {"\\", "a\\", "\\x", "\\U0041", "\\'", "\\0", "\\\xc3\xa4"}) {
    EXPECT_STREQ(append_unescaped(text, characters), "one of \"\\/bfnrtu after a backslash");
  }
  for (const char* characters : {"\\u", "\\u1", "\\u123", "\\u12g4", "\\u+123", "\\u 123"}) {
    EXPECT_STREQ(append_unescaped(text, characters), "4 hexadecimal digits after \\u");
  }
  for (const char* characters :
       {"\\ud800", "\\udfff", "\\ud800x", "\\ud800\\n", "\\ud800\\u0041", "\\ud800\\ud800",
        "\\ud800\\ue000", "\\udc00\\udc00", "\\ud800\\udc0"}) {
    EXPECT_STREQ(append_unescaped(text, characters), "surrogates in pairs") << characters;
  }
}

TEST(JsonString, isShownInPartWhenItIsLong) {
  EXPECT_EQ(shown("a\n\"b\""), "\"a\\n\\\"b\\\"\"");
  EXPECT_EQ(shown(std::string(60, 'x')), '"' + std::string(60, 'x') + '"');
  EXPECT_EQ(shown(std::string(61, 'x')), '"' + std::string(60, 'x') + "\"...");
  EXPECT_EQ(shown(std::string(59, 'x') + "\xc3\xa4"), '"' + std::string(59, 'x') + "\"...");
}

}  // namespace
}  // namespace finn::core
