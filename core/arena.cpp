#include "core/arena.hpp"

#include <algorithm>

namespace finn::core {
namespace {

constexpr std::int64_t kSmallestBlock = 64 * 1024;

std::int64_t round_up(std::int64_t bytes) {
  const auto alignment = static_cast<std::int64_t>(kAlignment);
  return (bytes + alignment - 1) / alignment * alignment;
}

}  // namespace

std::byte* Arena::allocate_bytes(std::int64_t bytes) {
  const std::int64_t rounded = round_up(bytes);
  if (blocks_.empty() || blocks_.back().bytes - used_ < rounded) {
    add_block(std::max({kSmallestBlock, rounded, capacity()}));
  }
  std::byte* piece = blocks_.back().memory.get() + used_;
  used_ += rounded;
  return piece;
}

void Arena::add_block(std::int64_t bytes) {
  blocks_.reserve(blocks_.size() + 1);
  void* memory = ::operator new(static_cast<std::size_t>(bytes), std::align_val_t(kAlignment));
  std::unique_ptr<std::byte[], AlignedDelete> owned(static_cast<std::byte*>(memory));
  blocks_.push_back({std::move(owned), bytes});
  used_ = 0;
}

void Arena::reset() {
  used_ = 0;
  if (blocks_.size() > 1) reserve(capacity());
}

void Arena::reserve(std::int64_t bytes) {
  used_ = 0;
  if (blocks_.size() == 1 && blocks_.back().bytes >= bytes) return;
  blocks_.clear();
  if (bytes > 0) add_block(bytes);
}

std::int64_t Arena::capacity() const noexcept {
  std::int64_t total = 0;
  for (const Block& block : blocks_) total += block.bytes;
  return total;
}

}  // namespace finn::core
