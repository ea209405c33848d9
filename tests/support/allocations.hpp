// Replaces operator new in the executable that includes this file: allocations and their bytes are
// counted, also those that are taken at a time, their memory is dirty, and on request it is
// refused. Weak, so that several files of one executable may include it.
#pragma once

#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace finn::test {

inline std::atomic<std::int64_t> allocations{0};
inline std::atomic<std::uint64_t> allocated_bytes{0};

// Bytes that are taken now, and the most since somebody set it.
inline std::atomic<std::int64_t> bytes_in_use{0};
inline std::atomic<std::int64_t> most_bytes_in_use{0};

// The allocation, counted by the above, from which on memory is refused, and how many are.
inline std::atomic<std::int64_t> first_refused{INT64_MAX};
inline std::atomic<std::int64_t> refusals{0};

inline void* counted_and_dirty(void* memory, std::size_t bytes) {
  const std::int64_t number = allocations++;
  allocated_bytes += bytes;
  const std::int64_t first = first_refused;
  const bool refused = number >= first && number - first < refusals;
  if (refused) std::free(memory);
  if (refused || memory == nullptr) throw std::bad_alloc();
  const std::int64_t in_use = bytes_in_use += static_cast<std::int64_t>(malloc_usable_size(memory));
  std::int64_t most = most_bytes_in_use;
  while (in_use > most && !most_bytes_in_use.compare_exchange_weak(most, in_use)) {
  }
  return std::memset(memory, 0x5a, bytes);
}

inline void release(void* memory) noexcept {
  if (memory != nullptr) bytes_in_use -= static_cast<std::int64_t>(malloc_usable_size(memory));
  std::free(memory);
}

// Runs body() with the k-th allocation from now on, and those up to `count` in all, refused.
template <class Body>
void with_refused_memory(std::int64_t k, std::int64_t count, Body&& body) {
  refusals = count;
  first_refused = allocations + k;
  body();
  first_refused = INT64_MAX;
}

// How many times body() allocates.
template <class Body>
std::int64_t allocations_of(Body&& body) {
  const std::int64_t before = allocations;
  body();
  return allocations - before;
}

// The most bytes that body() has taken at a time.
template <class Body>
std::int64_t most_bytes_of(Body&& body) {
  const std::int64_t before = bytes_in_use;
  most_bytes_in_use = before;
  body();
  return most_bytes_in_use - before;
}

}  // namespace finn::test

[[gnu::weak]] void* operator new(std::size_t bytes) {
  return finn::test::counted_and_dirty(std::malloc(bytes == 0 ? 1 : bytes), bytes);
}

[[gnu::weak]] void* operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto unit = static_cast<std::size_t>(alignment);
  return finn::test::counted_and_dirty(std::aligned_alloc(unit, (bytes + unit) / unit * unit),
                                       bytes);
}

[[gnu::weak]] void operator delete(void* memory) noexcept { finn::test::release(memory); }
[[gnu::weak]] void operator delete(void* memory, std::size_t) noexcept {
  finn::test::release(memory);
}
[[gnu::weak]] void operator delete(void* memory, std::align_val_t) noexcept {
  finn::test::release(memory);
}
[[gnu::weak]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  finn::test::release(memory);
}
