// Puts a file of named tensors together (core/safetensors.hpp).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/safetensors.hpp"

namespace finn::core {

class SafetensorsWriter {
 public:
  // Metadata stand in the file in the order in which they are added. Fails with ERROR_ARGUMENT when
  // the name is there already.
  void add_metadata(std::string_view name, std::string_view text);

  // The values are not copied: they must stay until bytes() has returned. Fails with ERROR_SIZE
  // when the shape has another number of values, and with ERROR_ARGUMENT for a name that is there
  // already or that no tensor can have.
  template <class T>
  void add(std::string_view name, const TensorShape& shape, std::span<const T> values) {
    add({std::string(name), tensor_type<T>(), shape, values.data(), values.size()});
  }

  // The file. Tensors of the widest type come first, and those of one type in the order of their
  // names, so that the numbers are aligned; the reference implementation, in Rust and Python,
  // writes the same layout. Fails with ERROR_ARGUMENT for a name or text that is not UTF-8, and
  // with ERROR_SIZE beyond the limits of the format.
  std::vector<unsigned char> bytes() const;

 private:
  struct Tensor {
    std::string name;
    TensorType type;
    TensorShape shape;
    const void* values;
    std::size_t count;
  };
  void add(Tensor tensor);
  std::vector<const Tensor*> in_order() const;
  std::string header(const std::vector<const Tensor*>& tensors) const;

  std::vector<std::pair<std::string, std::string>> metadata_;
  std::vector<Tensor> tensors_;
};

}  // namespace finn::core
