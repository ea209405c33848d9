// Text as UTF-8 (RFC 3629): code points of at most 0x10ffff, no surrogates, none longer than need
// be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace finn::core {

// How many bytes there are before the first one that begins no code point; all of them when the
// text is valid.
std::size_t valid_utf8(std::string_view text) noexcept;

// The longest beginning of valid text that has at most `most` bytes and cuts no code point in two.
std::string_view utf8_prefix(std::string_view text, std::size_t most) noexcept;

// Appends a code point, which is at most 0x10ffff and not a surrogate.
void append_utf8(std::string& text, std::uint32_t code_point);

}  // namespace finn::core
