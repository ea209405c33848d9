#include "core/sized_struct.hpp"

#include <cstring>
#include <string>

#include "core/error.hpp"

namespace finn::core {
namespace {

void set_size(void* whole, std::uint64_t size) { std::memcpy(whole, &size, sizeof size); }

}  // namespace

void require_size(const SizedStruct& layout, std::string_view prefix, std::uint64_t size) {
  if (size >= layout.first_size && size <= layout.size && size % sizeof size == 0) return;
  std::string sizes = std::to_string(layout.size);
  if (layout.first_size < layout.size) sizes = std::to_string(layout.first_size) + " .. " + sizes;
  fail(Status::ERROR_SIZE, "%.*sstruct_size: %llu given, %s expected: that of %s",
       static_cast<int>(prefix.size()), prefix.data(), static_cast<unsigned long long>(size),
       sizes.c_str(), layout.name);
}

std::size_t require_size(const SizedStruct& layout, std::string_view prefix, const void* given) {
  std::uint64_t size = 0;
  std::memcpy(&size, given, sizeof size);
  require_size(layout, prefix, size);
  return static_cast<std::size_t>(size);
}

void read_sized(const SizedStruct& layout, std::string_view prefix, const void* given,
                void* whole) {
  std::memcpy(whole, given, require_size(layout, prefix, given));
  set_size(whole, layout.size);
}

void write_sized(const SizedStruct& layout, std::string_view prefix, const void* whole, void* to) {
  const std::size_t size = require_size(layout, prefix, to);
  std::memcpy(to, whole, size);
  set_size(to, size);
}

}  // namespace finn::core
