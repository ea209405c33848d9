#include "core/json_string.hpp"

#include <cstdint>

#include "core/utf8.hpp"

namespace finn::core {
namespace {

// The escapes of two characters: a backslash and a letter, and what they stand for.
constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";

void append_escaped(std::string& document, char character) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(character);
  const std::size_t place = kMeanings.find(character);
  if (character == '/' || (byte >= 0x20 && place == std::string_view::npos)) {
    document.push_back(character);
  } else if (place != std::string_view::npos) {
    document.push_back('\\');
    document.push_back(kLetters[place]);
  } else {
    document += "\\u00";
    document.push_back(digits[byte >> 4]);
    document.push_back(digits[byte & 0xf]);
  }
}

// What an escape with this letter stands for; 0 when there is none.
char meaning_of(char letter) {
  const std::size_t place = kLetters.find(letter);
  return place == std::string_view::npos ? '\0' : kMeanings[place];
}

int hexadecimal_digit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  return character >= 'A' && character <= 'F' ? character - 'A' + 10 : -1;
}

constexpr std::uint32_t kNoNumber = ~std::uint32_t{};

// Takes \uXXXX from the front of the characters: the number, or kNoNumber when they begin with
// none.
std::uint32_t take_escaped_number(std::string_view& characters) {
  if (!characters.starts_with("\\u") || characters.size() < 6) return kNoNumber;
  std::uint32_t number = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int digit = hexadecimal_digit(characters[i]);
    if (digit < 0) return kNoNumber;
    number = 16 * number + static_cast<std::uint32_t>(digit);
  }
  characters.remove_prefix(6);
  return number;
}

// Takes an escape \uXXXX, or two of them that are a pair of surrogates.
const char* append_code_point(std::string& text, std::string_view& characters) {
  const std::uint32_t first = take_escaped_number(characters);
  if (first == kNoNumber) return "4 hexadecimal digits after \\u";
  if (first < 0xd800 || first > 0xdfff) {
    append_utf8(text, first);
    return nullptr;
  }
  const std::uint32_t second = first < 0xdc00 ? take_escaped_number(characters) : kNoNumber;
  if (second < 0xdc00 || second > 0xdfff) return "surrogates in pairs";
  append_utf8(text, 0x10000 + ((first - 0xd800) << 10 | (second - 0xdc00)));
  return nullptr;
}

// Takes the escape that the characters begin with.
const char* append_escape(std::string& text, std::string_view& characters) {
  if (characters.starts_with("\\u")) return append_code_point(text, characters);
  const char meaning = characters.size() > 1 ? meaning_of(characters[1]) : '\0';
  if (meaning == '\0') return "one of \"\\/bfnrtu after a backslash";
  text.push_back(meaning);
  characters.remove_prefix(2);
  return nullptr;
}

}  // namespace

void append_json_string(std::string& document, std::string_view text) {
  document.push_back('"');
  for (const char character : text) append_escaped(document, character);
  document.push_back('"');
}

const char* append_unescaped(std::string& text, std::string_view characters) {
  text.reserve(text.size() + characters.size());
  while (true) {
    const std::size_t plain = characters.substr(0, characters.find('\\')).size();
    text.append(characters, 0, plain);
    characters.remove_prefix(plain);
    if (characters.empty()) return nullptr;
    if (const char* expected = append_escape(text, characters)) return expected;
  }
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  const std::string_view beginning = utf8_prefix(text, most);
  std::string document;
  append_json_string(document, beginning);
  return document + (beginning.size() < text.size() ? "..." : "");
}

}  // namespace finn::core
