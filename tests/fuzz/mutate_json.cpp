#include "tests/fuzz/mutate_json.hpp"

#include <cctype>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

namespace finn::fuzz {
namespace {

using Tokens = std::vector<std::string>;

constexpr const char* kNumbers[] = {"0",
                                    "1",
                                    "-1",
                                    "2",
                                    "3",
                                    "8",
                                    "9",
                                    "64",
                                    "65",
                                    "255",
                                    "256",
                                    "1024",
                                    "1025",
                                    "65536",
                                    "2147483647",
                                    "2147483648",
                                    "1e308",
                                    "1e309",
                                    "5e-324",
                                    "1e-400",
                                    "-0",
                                    "0.5",
                                    "1.5",
                                    "-1e308",
                                    "9223372036854775807",
                                    "9223372036854775808",
                                    "18446744073709551615",
                                    "18446744073709551616"};

constexpr const char* kTexts[] = {
    "\"\"",         "\"inf\"",     "\"-inf\"",    "\"nan\"",     "\"mixture\"",      "\"mlp\"",
    "\"open box\"", "\"box\"",     "\"product\"", "\"affine\"",  "\"polygon\"",      "\"sector\"",
    "\"star\"",     "\"map\"",     "\"egg\"",     "\"equal\"",   "\"bounded\"",      "\"learned\"",
    "\"per row\"",  "\"linear\"",  "\"none\"",    "\"film\"",    "\"hypernetwork\"", "\"inputs\"",
    "\"float32\"",  "\"float64\"", "\"F32\"",     "\"F64\"",     "\"I64\"",          "\"U8\"",
    "\"lbfgs\"",    "\"sgd\"",     "\"adam\"",    "\"\\u0000\"", "\"\\ud800\"",      "null",
    "true",         "false",       "[]",          "{}"};

bool is_word(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-' ||
         character == '+' || character == '.';
}

// Where the token that begins at `begin` ends.
std::size_t token_end(const std::string& text, std::size_t begin) {
  std::size_t end = begin + 1;
  if (text[begin] == '"') {
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2u : 1u;
    return std::min(end + 1, text.size());
  }
  if (!is_word(text[begin])) return end;
  while (end < text.size() && is_word(text[end])) ++end;
  return end;
}

Tokens tokens_of(const std::string& text) {
  Tokens tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = token_end(text, at);
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

bool is_bracket(const std::string& token) { return token == "{" || token == "["; }

bool is_punctuation(const std::string& token) {
  return token.size() == 1 && std::string_view("{}[],:").find(token[0]) != std::string_view::npos;
}

// Where the value that begins at token `begin` ends: behind the bracket that closes it.
std::size_t value_end(const Tokens& tokens, std::size_t begin) {
  int depth = 0;
  for (std::size_t at = begin; at < tokens.size(); ++at) {
    if (is_bracket(tokens[at])) ++depth;
    if (tokens[at] == "}" || tokens[at] == "]") --depth;
    if (depth <= 0) return at + 1;
  }
  return tokens.size();
}

// A place where a value or a key begins, or the first one.
std::size_t some_value(const Tokens& tokens, Engine& engine) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    const std::size_t at = below(tokens.size(), engine);
    if (is_bracket(tokens[at]) || !is_punctuation(tokens[at])) return at;
  }
  return 0;
}

std::string nearby(const std::string& number, Engine& engine) {
  if (number.size() > 15 || number.find_first_not_of("0123456789") != std::string::npos) {
    return kNumbers[below(std::size(kNumbers), engine)];
  }
  const auto value = std::stoll(number);
  constexpr long long kSteps[] = {-8, -1, 1, 8};
  return std::to_string(value + kSteps[below(std::size(kSteps), engine)]);
}

std::string another_value(const std::string& old, Engine& engine) {
  const bool is_number = old[0] == '-' || std::isdigit(static_cast<unsigned char>(old[0])) != 0;
  if (is_number && below(2, engine) == 0) return nearby(old, engine);
  if (is_number && below(4, engine) != 0) return kNumbers[below(std::size(kNumbers), engine)];
  return kTexts[below(std::size(kTexts), engine)];
}

void replace(Tokens& tokens, std::size_t begin, std::size_t end, const Tokens& by) {
  const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(begin);
  tokens.erase(first, tokens.begin() + static_cast<std::ptrdiff_t>(end));
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(begin), by.begin(), by.end());
}

Tokens range(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return {tokens.begin() + static_cast<std::ptrdiff_t>(begin),
          tokens.begin() + static_cast<std::ptrdiff_t>(end)};
}

// A member with its comma, or an element with it.
void remove_or_repeat(Tokens& tokens, std::size_t begin, Engine& engine) {
  std::size_t end = value_end(tokens, begin);
  if (end < tokens.size() && tokens[end] == ":") end = value_end(tokens, end + 1);
  Tokens member = range(tokens, begin, end);
  const bool has_comma = end < tokens.size() && tokens[end] == ",";
  if (below(2, engine) == 0) return replace(tokens, begin, has_comma ? end + 1 : end, {});
  member.push_back(",");
  const std::size_t copies = below(16, engine) == 0 ? 300 : 1;
  for (std::size_t copy = 0; copy < copies; ++copy) replace(tokens, begin, begin, member);
}

void swap_values(Tokens& tokens, Engine& engine) {
  std::swap(tokens[some_value(tokens, engine)], tokens[some_value(tokens, engine)]);
}

void take_from(const Tokens& other, Tokens& tokens, std::size_t at, Engine& engine) {
  if (other.empty()) return;
  const std::size_t from = some_value(other, engine);
  replace(tokens, at, value_end(tokens, at), range(other, from, value_end(other, from)));
}

}  // namespace

std::string mutated_json(const std::string& text, const std::string& other, Engine& engine) {
  Tokens tokens = tokens_of(text);
  if (tokens.empty()) return other;
  const std::size_t at = some_value(tokens, engine);
  switch (below(8, engine)) {
    case 0:
      remove_or_repeat(tokens, at, engine);
      break;
    case 1:
      swap_values(tokens, engine);
      break;
    case 2:
      take_from(tokens_of(other), tokens, at, engine);
      break;
    case 3:
      replace(tokens, at, at, Tokens(1 + below(40, engine), below(2, engine) == 0 ? "[" : " "));
      break;
    default:
      tokens[at] = another_value(tokens[at], engine);
  }
  std::string result;
  for (const std::string& token : tokens) result += token;
  return result;
}

}  // namespace finn::fuzz
