// Scratch memory with the lifetime of one tile: pieces are handed out one after the other and all
// are forgotten at once. The first pass over a tile may add blocks; reset() then joins them into
// one, so that from the second pass on nothing is allocated and memory is contiguous.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/shape.hpp"
#include "core/tensor.hpp"

namespace finn::core {

class Arena {
 public:
  // count uninitialised elements, aligned to kAlignment, valid until reset().
  template <class T>
  T* allocate(std::int64_t count) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    return reinterpret_cast<T*>(allocate_bytes(checked_product(count, sizeof(T))));
  }

  // Forgets all pieces and keeps the memory.
  void reset();
  // Forgets all pieces, and makes sure that one block has room for at least this many bytes.
  void reserve(std::int64_t bytes);

  std::int64_t capacity() const noexcept;

 private:
  struct Block {
    std::unique_ptr<std::byte[], AlignedDelete> memory;
    std::int64_t bytes;
  };

  std::byte* allocate_bytes(std::int64_t bytes);
  void add_block(std::int64_t bytes);

  std::vector<Block> blocks_;
  std::int64_t used_ = 0;  // of the last block; the others are full
};

}  // namespace finn::core
