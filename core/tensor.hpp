// A dense row-major array that owns its memory: parameters, gradients, data sets. Inside a tile
// values are jets (core/jet.hpp); tensors are what stays between tiles.
#pragma once

#include <algorithm>
#include <memory>
#include <new>

#include "core/shape.hpp"

namespace finn::core {

// Alignment of every array, one cache line and one AVX-512 register.
inline constexpr std::size_t kAlignment = 64;

struct AlignedDelete {
  void operator()(void* memory) const noexcept {
    ::operator delete(memory, std::align_val_t(kAlignment));
  }
};

// count zeroed elements, aligned to kAlignment. T is an arithmetic type.
template <class T>
std::unique_ptr<T[], AlignedDelete> allocate_aligned(std::int64_t count) {
  const std::int64_t bytes = checked_product(count, sizeof(T));
  void* memory = ::operator new(static_cast<std::size_t>(bytes), std::align_val_t(kAlignment));
  T* elements = static_cast<T*>(memory);
  std::fill_n(elements, count, T(0));
  return std::unique_ptr<T[], AlignedDelete>(elements);
}

template <class T>
class Tensor {
 public:
  Tensor() : Tensor(Shape{0}) {}
  explicit Tensor(const Shape& shape) : shape_(shape), data_(allocate_aligned<T>(shape.count())) {}
  Tensor(const Tensor& other) : Tensor(other.shape_) {
    std::copy_n(other.data(), other.size(), data());
  }
  Tensor& operator=(const Tensor& other) { return *this = Tensor(other); }
  Tensor(Tensor&&) noexcept = default;
  Tensor& operator=(Tensor&&) noexcept = default;

  const Shape& shape() const noexcept { return shape_; }
  std::int64_t size() const noexcept { return shape_.count(); }
  T* data() noexcept { return data_.get(); }
  const T* data() const noexcept { return data_.get(); }
  T& operator[](std::int64_t i) noexcept { return data_[static_cast<std::size_t>(i)]; }
  const T& operator[](std::int64_t i) const noexcept { return data_[static_cast<std::size_t>(i)]; }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size(); }
  const T* begin() const noexcept { return data(); }
  const T* end() const noexcept { return data() + size(); }
  void fill(T value) noexcept { std::fill(begin(), end(), value); }

 private:
  Shape shape_;
  std::unique_ptr<T[], AlignedDelete> data_;
};

}  // namespace finn::core
