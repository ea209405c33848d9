#include "core/shape.hpp"

#include <cinttypes>

#include "core/error.hpp"

namespace finn::core {

std::int64_t checked_product(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (a < 0 || b < 0 || __builtin_mul_overflow(a, b, &product)) {
    fail(Status::ERROR_SIZE, "size %" PRId64 " x %" PRId64 " is not a valid array size", a, b);
  }
  return product;
}

Shape::Shape(std::initializer_list<std::int64_t> extents) {
  if (extents.size() > kMaxRank) {
    fail(Status::ERROR_SIZE, "shape: rank %zu given, at most %d expected", extents.size(),
         kMaxRank);
  }
  for (const std::int64_t extent : extents) {
    extents_[static_cast<std::size_t>(rank_++)] = extent;
    count_ = checked_product(count_, extent);
  }
}

}  // namespace finn::core
