// Reads a file of named tensors (core/safetensors.hpp), of which nothing is taken on trust: when
// the constructor returns, type, shape and place of every tensor agree, and the tensors fill the
// file behind the header without holes and without overlaps.
//
// The bytes of the file stay the caller's and are not copied; names and metadata take a small
// multiple of the header. All errors are ERROR_FORMAT, in messages that begin with the name of the
// file. The numbers are not looked at: they may be NaN.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.hpp"
#include "core/safetensors.hpp"

namespace finn::core {

class JsonReader;

class SafetensorsReader {
 public:
  struct Tensor {
    std::string name;
    TensorType type = TensorType::U8;
    TensorShape shape;
    std::span<const unsigned char> bytes;  // as many as type and shape say; of any alignment
  };

  SafetensorsReader(std::string file, std::span<const unsigned char> bytes);

  const std::string& file() const noexcept { return file_; }

  const std::vector<std::pair<std::string, std::string>>& metadata() const noexcept {
    return metadata_;
  }
  const std::string* find_metadata(std::string_view name) const noexcept;  // NULL: there is none

  // In the order of their places in the file.
  const std::vector<Tensor>& tensors() const noexcept { return tensors_; }
  const Tensor* find(std::string_view name) const noexcept;  // NULL: there is none

  // The tensor of this name, which must be there with this type and shape.
  const Tensor& tensor(std::string_view name, TensorType type, const TensorShape& shape) const;

  // Copies the numbers of a tensor, which must be there with the type T and this shape, to values:
  // as many as the shape has.
  template <class T>
  void read(std::string_view name, const TensorShape& shape, std::span<T> values) const {
    const Tensor& found = tensor(name, tensor_type<T>(), shape);
    require_size(found, values.size_bytes());
    ByteReader numbers(file_.c_str(), found.bytes.data(), found.bytes.size());
    numbers.numbers(values.data(), static_cast<std::int64_t>(values.size()), found.name.c_str());
  }

 private:
  struct Place;
  void read_metadata(JsonReader& json);
  Place read_place(JsonReader& json) const;
  void add_tensor(std::string_view name, const Place& place, std::span<const unsigned char> data);
  void require_that_they_fill(std::span<const unsigned char> data);
  static void require_size(const Tensor& tensor, std::size_t bytes);

  std::string file_;
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::vector<Tensor> tensors_;
};

}  // namespace finn::core
