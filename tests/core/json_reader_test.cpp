#include "core/json_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace finn::core {
namespace {

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

void skip_all(const std::string& text) {
  JsonReader json("text", std::string_view(text));
  json.skip();
  json.end();
}

bool is_valid(const std::string& text) {
  try {
    skip_all(text);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FORMAT);
    EXPECT_EQ(std::string(error.what()).rfind("text: ", 0), 0u) << error.what();
    return false;
  }
}

// Reads with `read`, and expects this message after the name of the document.
void expect_error(const std::string& text, const std::function<void(JsonReader&)>& read,
                  const std::string& message) {
  try {
    JsonReader json("text", std::string_view(text));
    read(json);
    FAIL() << "no error in " << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FORMAT) << text;
    EXPECT_EQ(error.what(), "text: " + message) << text;
  }
}

TEST(JsonReader, readsWhatTheCallerAsksFor) {
  const std::string text =
      " {\"kind\" : \"b\\u00f6x\", \"lower\":[0, -1.5e2,\n5e-324], \"bits\":[-1,2],\t\"open\":"
      "[\"inf\",\"-inf\",3],\"seed\":18446744073709551615,\"is\":true,\"no\":null}\r\n";
  JsonReader json("text", std::string_view(text));
  std::vector<double> lower, open;
  std::vector<std::int64_t> bits;
  std::string kind;
  std::uint64_t seed = 0;
  bool is = false, is_null = false;
  json.object([&](std::string_view key) {
    if (key == "kind") kind = json.string();
    if (key == "lower") lower = json.numbers(3);
    if (key == "bits") bits = json.integers(2);
    if (key == "open") json.list(3, [&] { open.push_back(json.number_or_infinity()); });
    if (key == "seed") seed = json.unsigned_integer();
    if (key == "is") is = json.boolean();
    if (key == "no") is_null = json.null_if_next();
  });
  json.end();
  EXPECT_EQ(kind, "b\xc3\xb6x");
  EXPECT_EQ(lower, (std::vector<double>{0, -150, 5e-324}));
  EXPECT_EQ(bits, (std::vector<std::int64_t>{-1, 2}));
  EXPECT_EQ(open, (std::vector<double>{HUGE_VAL, -HUGE_VAL, 3}));
  EXPECT_EQ(seed, ~std::uint64_t{});
  EXPECT_TRUE(is && is_null);
}

TEST(JsonReader, knowsTheKindOfWhatComesNext) {
  using Kind = JsonReader::Kind;
  for (const auto& [text, kind] : {std::pair(" {}", Kind::OBJECT),
                                   {"[]", Kind::LIST},
                                   {"\"\"", Kind::STRING},
                                   {"-1", Kind::NUMBER},
                                   {"0", Kind::NUMBER},
                                   {"true", Kind::BOOLEAN},
                                   {"false", Kind::BOOLEAN},
                                   {"null", Kind::NOTHING}}) {
    JsonReader json("text", std::string_view(text));
    EXPECT_EQ(json.kind(), kind) << text;
    json.skip();
    json.end();
  }
}

TEST(JsonReader, takesWhatTheStandardTakes) {
  for (const char* text :
       {"{}", "[]", " [ ] ", "{ }", "[1,2]", "[[],{}]", "0", "-0", "1.0E+2", "1e-2", "1e5", "10",
        "\"\"", "\"/\"", "\"\x7f\"", "{\"\":{\"\":1},\"a\":[]}", "[1e400]", "\"\xc3\xa4\""}) {
    EXPECT_TRUE(is_valid(text)) << text;
  }
}

TEST(JsonReader, refusesWhatTheStandardRefuses) {
  for (const char* text : {"",
                           " ",
                           "[",
                           "]",
                           "{",
                           "}",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           "[1}",
                           "{\"a\":1,}",
                           "{,}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\" 1}",
                           "{a:1}",
                           "{'a':1}",
                           "{1:1}",
                           "{\"a\":1 \"b\":2}",
                           "[1]]",
                           "1 2",
                           "{}x",
                           "01",
                           "-",
                           "+1",
                           ".5",
                           "5.",
                           "1e",
                           "1e+",
                           "1.e1",
                           "0x1",
                           "-01",
                           "--1",
                           "inf",
                           "nan",
                           "NaN",
                           "-inf",
                           "Infinity",
                           "tru",
                           "True",
                           "truex",
                           "nul",
                           "nulll",
                           "falsey",
                           "\"",
                           "\"a",
                           "\"\\",
                           "\"\\\"",
                           "\"\\x\"",
                           "\"\n\"",
                           "\"\t\"",
                           "\"\x1f\"",
                           "\"\\\n\"",
                           "\"\xff\"",
                           "\"\xed\xa0\x80\"",
                           "\"\\ud800\"",
                           "\xef\xbb\xbf{}",
                           "[1]\f",
                           "\v1",
                           "/**/1",
                           "[1]//",
                           "{\"a\":1,\"a\":2}",
                           "{\"a\":1,\"\\u0061\":2}"}) {
    EXPECT_FALSE(is_valid(text)) << text;
  }
  EXPECT_FALSE(is_valid(std::string("1\0", 2)));
  EXPECT_FALSE(is_valid(std::string("\"a\0b\"", 5)));
  EXPECT_FALSE(is_valid(std::string("[\0]", 3)));
}

TEST(JsonReader, goesNoDeeperThanItsLimit) {
  const int most = JsonReader::kMostDepth;
  EXPECT_TRUE(is_valid(repeated("[", most) + repeated("]", most)));
  EXPECT_TRUE(is_valid(repeated("[],", 0) + "[" + repeated("[],", 100) + "[]]"));
  EXPECT_FALSE(is_valid(repeated("[", most + 1) + repeated("]", most + 1)));
  EXPECT_FALSE(is_valid(repeated("[", 1000000)));
  EXPECT_FALSE(is_valid(repeated("{\"a\":", 1000000)));
  expect_error(
      repeated("{\"a\":", most + 1), [](JsonReader& json) { json.skip(); },
      "byte 160: '{' given, at most 32 brackets within one another expected");
}

TEST(JsonReader, readsNumbersWithinTheirTypeAlone) {
  const auto integer = [](JsonReader& json) { json.integer(); };
  const auto natural = [](JsonReader& json) { json.unsigned_integer(); };
  const auto number = [](JsonReader& json) { json.number(); };
  EXPECT_EQ(JsonReader("text", "-9223372036854775808").integer(),
            std::numeric_limits<std::int64_t>::min());
  expect_error("9223372036854775808", integer,
               "byte 0: \"9223372036854775808\" given, an integer of 64 bits expected");
  expect_error("-9223372036854775809", integer,
               "byte 0: \"-9223372036854775809\" given, an integer of 64 bits expected");
  expect_error(" 1.0", integer, "byte 2: '.' given, an integer expected");
  expect_error("1e3", integer, "byte 1: 'e' given, an integer expected");
  expect_error("18446744073709551616", natural,
               "byte 0: \"18446744073709551616\" given, an integer of 64 bits, 0 or more expected");
  expect_error("-1", natural, "byte 0: \"-1\" given, an integer of 64 bits, 0 or more expected");
  for (const char* text : {"1e309", "-1e309", "1e-400", "1e99999999999999999999"}) {
    expect_error(text, number,
                 std::string("byte 0: \"") + text +
                     "\" given, a number within the range of a double expected");
  }
  expect_error("\"1\"", number, "byte 0: '\"' given, a number expected");
  expect_error(
      "\"nan\"", [](JsonReader& json) { json.number_or_infinity(); },
      "byte 0: \"nan\" given, a number, \"inf\" or \"-inf\" expected");
  EXPECT_TRUE(std::signbit(JsonReader("text", "-0").number()));
}

TEST(JsonReader, holdsListsAndObjectsToWhatTheCallerAllows) {
  const auto two_numbers = [](JsonReader& json) { json.numbers(2); };
  expect_error("[1,2,3]", two_numbers,
               "byte 5: 3 or more elements of a list given, at most 2 expected");
  expect_error(
      "[1]", [](JsonReader& json) { json.integers(0); },
      "byte 1: 1 or more elements of a list given, at most 0 expected");
  const auto one_member = [](JsonReader& json) {
    json.object([&](std::string_view) { json.skip(); }, 1);
  };
  expect_error("{\"a\":1,\"b\":2}", one_member,
               "byte 7: 2 or more members of an object given, at most 1 expected");
}

TEST(JsonReader, saysWhatItFoundAndWhatItExpected) {
  const auto object = [](JsonReader& json) {
    bool has_b = false;
    json.object([&](std::string_view key) {
      if (key == "b") {
        has_b = true;
        if (const std::string text = json.string(); text != "x") json.fail_given(text, "\"x\"");
      } else {
        json.fail_unknown(key, "\"b\"");
      }
    });
    json.require_member(has_b, "b");
    json.end();
  };
  expect_error("[", object, "byte 0: '[' given, an object expected");
  expect_error("", object, "byte 0: the end given, an object expected");
  expect_error("{\"b\"", object, "byte 4: the end given, ':' expected");
  expect_error("{\"b\":\x01", object, "byte 5: 0x01 given, a string expected");
  expect_error("{ \"a\":1}", object, "byte 2: a member \"a\" given, \"b\" expected");
  expect_error("{\"b\":\"y\"}", object, "byte 5: \"y\" given, \"x\" expected");
  expect_error("{\"b\":\"x\";", object, "byte 8: ';' given, ',' or '}' expected");
  expect_error("{\"b\":\"x\",\"b\":1}", object,
               "byte 9: a member \"b\" given, each key once expected");
  expect_error("{} ", object, "the object that ends before byte 2 has no member \"b\"");
  expect_error("{\"b\":\"x\"} 7", object, "byte 10: '7' given, the end expected");
  expect_error(
      "\"a\xff\"", [](JsonReader& json) { json.string(); }, "byte 2: 0xff given, UTF-8 expected");
  expect_error(
      "\"\\ud800\"", [](JsonReader& json) { json.string(); },
      "byte 0: \"\\\\ud800\" given, surrogates in pairs expected");
}

// Every beginning of a document is an error, and every changed byte an error or another document.
TEST(JsonReader, survivesEveryChangeOfADocument) {
  const std::string text =
      "{\"a\":[1,-2.5e3,true,null,\"\\u00e4\\ud800\\udf48\xc3\xa4\"],\"b\":{\"c\":false}}";
  ASSERT_TRUE(is_valid(text));
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(is_valid(text.substr(0, length))) << length;
  }
  for (std::size_t place = 0; place < text.size(); ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[place] = static_cast<char>(byte);
      is_valid(changed);
    }
  }
}

}  // namespace
}  // namespace finn::core
