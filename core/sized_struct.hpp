// Structs of a caller that begin with struct_size and only ever grow at their end: how the library
// reads one of an earlier header, and writes into one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace finn::core {

// The sizes of a struct: in the first version that was released, and in this one. Its fields are of
// 4 or 8 bytes, so that every version of it is a multiple of 8 and no such size cuts a field.
struct SizedStruct {
  const char* name;  // as in finn.h
  std::size_t first_size;
  std::size_t size;
};

// The struct_size of *given. Fails with ERROR_SIZE for one that no header up to this one had, in a
// message in which prefix stands before struct_size.
std::size_t require_size(const SizedStruct& layout, std::string_view prefix, const void* given);
void require_size(const SizedStruct& layout, std::string_view prefix, std::uint64_t size);

// Copies what *given has over *whole, which holds the defaults of this version, and leaves *whole
// with the size of this version. Fails as require_size does.
void read_sized(const SizedStruct& layout, std::string_view prefix, const void* given, void* whole);

// Copies the beginning of *whole, as much as *to has room for; struct_size of *to, which says how
// much that is, stays. Fails as require_size does.
void write_sized(const SizedStruct& layout, std::string_view prefix, const void* whole, void* to);

}  // namespace finn::core
