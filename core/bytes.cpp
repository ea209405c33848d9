#include "core/bytes.hpp"

#include <array>

namespace finn::core {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = remainder >> 1 ^ ((remainder & 1) != 0 ? 0xedb88320u : 0u);
    }
    table[byte] = remainder;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kTable = make_table();

}  // namespace

std::uint32_t crc32(const unsigned char* bytes, std::size_t count) noexcept {
  std::uint32_t remainder = 0xffffffffu;
  for (std::size_t i = 0; i < count; ++i) {
    remainder = remainder >> 8 ^ kTable[(remainder ^ bytes[i]) & 0xff];
  }
  return ~remainder;
}

}  // namespace finn::core
