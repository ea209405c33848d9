#include "core/utf8.hpp"

namespace finn::core {
namespace {

unsigned char byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

// The number of bytes of a code point that begins with this one; 0 when none does.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

// The second byte is what tells apart the code points that could be written shorter, the surrogates
// and those above 0x10ffff.
bool may_follow(unsigned char first, unsigned char second) {
  const int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

// The number of bytes of the code point that text begins with; 0 when it begins with none.
std::size_t first_length(std::string_view text) {
  const std::size_t length = length_of(byte_at(text, 0));
  if (length > text.size()) return 0;
  if (length > 1 && !may_follow(byte_at(text, 0), byte_at(text, 1))) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte_at(text, i) & 0xc0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::size_t valid_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = first_length(text.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::string_view utf8_prefix(std::string_view text, std::size_t most) noexcept {
  if (text.size() <= most) return text;
  while (most > 0 && (byte_at(text, most) & 0xc0) == 0x80) --most;
  return text.substr(0, most);
}

void append_utf8(std::string& text, std::uint32_t code_point) {
  const auto append = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  const auto append_six_bits = [&](int shift) { append(0x80 | (code_point >> shift & 0x3f)); };
  if (code_point < 0x80) return append(code_point);
  if (code_point < 0x800) {
    append(0xc0 | code_point >> 6);
  } else if (code_point < 0x10000) {
    append(0xe0 | code_point >> 12);
    append_six_bits(6);
  } else {
    append(0xf0 | code_point >> 18);
    append_six_bits(12);
    append_six_bits(6);
  }
  append_six_bits(0);
}

}  // namespace finn::core
