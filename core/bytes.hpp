// Numbers as bytes, least significant first, whatever the machine: what files are made of.
//
// A reader never takes a length on trust: every count is compared with the bytes that are left
// before memory is taken for it.
#pragma once

#include <bit>
#include <cinttypes>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "core/error.hpp"

namespace finn::core {

// The check of zlib, PNG and others: reflected polynomial 0xedb88320 (ISO 3309).
std::uint32_t crc32(const unsigned char* bytes, std::size_t count) noexcept;

// The unsigned integer as wide as U.
template <class U>
using BitsOf = std::conditional_t<sizeof(U) == 8, std::uint64_t,
                                  std::conditional_t<sizeof(U) == 4, std::uint32_t, std::uint8_t>>;

class ByteWriter {
 public:
  template <class U>
  void number(U value) {
    static_assert(std::is_arithmetic_v<U> && sizeof(U) != 2);
    const auto bits = std::bit_cast<BitsOf<U>>(value);
    for (std::size_t i = 0; i < sizeof(U); ++i) {
      bytes_.push_back(static_cast<unsigned char>(bits >> (8 * i)));
    }
  }
  template <class U>
  void numbers(const U* values, std::int64_t count) {
    bytes_.reserve(bytes_.size() + static_cast<std::size_t>(count) * sizeof(U));
    for (std::int64_t i = 0; i < count; ++i) number(values[i]);
  }
  // A count of 64 bits, then the numbers.
  template <class U>
  void list(const std::vector<U>& values) {
    number(static_cast<std::uint64_t>(values.size()));
    numbers(values.data(), static_cast<std::int64_t>(values.size()));
  }

  std::vector<unsigned char>& bytes() noexcept { return bytes_; }

 private:
  std::vector<unsigned char> bytes_;
};

// Fails with ERROR_FORMAT, in messages that begin with the name of what is read.
class ByteReader {
 public:
  ByteReader(const char* name, const unsigned char* bytes, std::size_t count)
      : name_(name), begin_(bytes), at_(bytes), end_(bytes + count) {}

  std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - at_); }
  std::size_t offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

  template <class U>
  U number(const char* what) {
    static_assert(std::is_arithmetic_v<U> && sizeof(U) != 2);
    require_left(1, sizeof(U), what);
    BitsOf<U> bits = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i) {
      bits = static_cast<BitsOf<U>>(bits | static_cast<BitsOf<U>>(at_[i]) << (8 * i));
    }
    at_ += sizeof(U);
    return std::bit_cast<U>(bits);
  }
  template <class U>
  void numbers(U* values, std::int64_t count, const char* what) {
    require_left(static_cast<std::uint64_t>(count), sizeof(U), what);
    for (std::int64_t i = 0; i < count; ++i) values[i] = number<U>(what);
  }
  template <class U>
  std::vector<U> list(const char* what) {
    const auto count = number<std::uint64_t>(what);
    require_left(count, sizeof(U), what);
    std::vector<U> values(static_cast<std::size_t>(count));
    numbers(values.data(), static_cast<std::int64_t>(count), what);
    return values;
  }

  // Fails unless `holds`: what was read is not what it may be.
  void require(bool holds, const char* what) const {
    if (holds) return;
    fail(Status::ERROR_FORMAT, "%s: %s before byte %zu is not valid", name_, what, offset());
  }

 private:
  void require_left(std::uint64_t count, std::size_t size, const char* what) const {
    if (count <= left() / size) return;
    fail(Status::ERROR_FORMAT,
         "%s: %s at byte %zu: %" PRIu64 " numbers of %zu bytes expected, %zu bytes left", name_,
         what, offset(), count, size, left());
  }

  const char* name_;
  const unsigned char* begin_;
  const unsigned char* at_;
  const unsigned char* end_;
};

}  // namespace finn::core
