#include "core/safetensors_writer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/json_string.hpp"
#include "core/json_writer.hpp"

namespace finn::core {
namespace {

constexpr std::size_t kAlignment = 8;

void require_at_most(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return;
  fail(Status::ERROR_SIZE, "a safetensors file: %zu %s given, at most %zu expected", count, what,
       most);
}

void require_new(bool is_new, const char* what, std::string_view name) {
  if (is_new) return;
  fail(Status::ERROR_ARGUMENT, "%s %s: given a second time or reserved, another name expected",
       what, shown(name).c_str());
}

// Writes {"dtype":"F32","shape":[2],"data_offsets":[0,8]}.
void write_place(JsonWriter& json, TensorType type, const TensorShape& shape, std::size_t begin,
                 std::size_t end) {
  json.object([&] {
    json.key("dtype").string(type_name(type));
    json.key("shape").integers(shape);
    json.key("data_offsets").list([&] {
      json.unsigned_integer(begin);
      json.unsigned_integer(end);
    });
  });
}

template <class T>
void write_values(ByteWriter& file, const void* values, std::size_t count) {
  file.numbers(static_cast<const T*>(values), static_cast<std::int64_t>(count));
}

void write_values(ByteWriter& file, TensorType type, const void* values, std::size_t count) {
  switch (type) {
    case TensorType::U8:
      return write_values<unsigned char>(file, values, count);
    case TensorType::F32:
      return write_values<float>(file, values, count);
    case TensorType::F64:
      return write_values<double>(file, values, count);
    case TensorType::I64:
      return write_values<std::int64_t>(file, values, count);
    case TensorType::U64:
      return write_values<std::uint64_t>(file, values, count);
  }
}

}  // namespace

void SafetensorsWriter::add_metadata(std::string_view name, std::string_view text) {
  const auto has_name = [&](const auto& entry) { return entry.first == name; };
  require_new(std::none_of(metadata_.begin(), metadata_.end(), has_name), "metadata", name);
  metadata_.emplace_back(name, text);
  require_at_most(metadata_.size(), kMostSafetensorsMetadata, "metadata");
}

void SafetensorsWriter::add(Tensor tensor) {
  const auto has_name = [&](const Tensor& other) { return other.name == tensor.name; };
  const bool is_new = std::none_of(tensors_.begin(), tensors_.end(), has_name) &&
                      tensor.name != kSafetensorsMetadataKey;
  require_new(is_new, "tensor", tensor.name);
  require_at_most(tensor.shape.size(), kMostSafetensorsRank, "extents of a tensor");
  std::size_t bytes = 0;
  if (!tensor_bytes(tensor.type, tensor.shape, bytes) ||
      bytes / type_size(tensor.type) != tensor.count) {
    fail(Status::ERROR_SIZE, "tensor %s: %zu values given, as many as %s has expected",
         shown(tensor.name).c_str(), tensor.count,
         type_and_shape(tensor.type, tensor.shape).c_str());
  }
  tensors_.push_back(std::move(tensor));
  require_at_most(tensors_.size(), kMostSafetensors, "tensors");
}

std::vector<const SafetensorsWriter::Tensor*> SafetensorsWriter::in_order() const {
  std::vector<const Tensor*> tensors;
  for (const Tensor& tensor : tensors_) tensors.push_back(&tensor);
  std::sort(tensors.begin(), tensors.end(), [](const Tensor* a, const Tensor* b) {
    return a->type != b->type ? a->type > b->type : a->name < b->name;
  });
  return tensors;
}

std::string SafetensorsWriter::header(const std::vector<const Tensor*>& tensors) const {
  JsonWriter json;
  json.object([&] {
    if (!metadata_.empty()) {
      json.key(kSafetensorsMetadataKey).object([&] {
        for (const auto& [name, text] : metadata_) json.key(name).string(text);
      });
    }
    std::size_t at = 0;
    for (const Tensor* tensor : tensors) {
      const std::size_t begin = at;
      at += tensor->count * type_size(tensor->type);
      json.key(tensor->name);
      write_place(json, tensor->type, tensor->shape, begin, at);
    }
  });
  std::string text = json.take();
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  require_at_most(text.size(), kMostSafetensorsHeader, "bytes of the header");
  return text;
}

std::vector<unsigned char> SafetensorsWriter::bytes() const {
  const std::vector<const Tensor*> tensors = in_order();
  const std::string text = header(tensors);
  std::size_t size = sizeof(std::uint64_t) + text.size();
  for (const Tensor* tensor : tensors) size += tensor->count * type_size(tensor->type);
  ByteWriter file;
  file.bytes().reserve(size);
  file.number(static_cast<std::uint64_t>(text.size()));
  file.bytes().insert(file.bytes().end(), text.begin(), text.end());
  for (const Tensor* tensor : tensors) {
    write_values(file, tensor->type, tensor->values, tensor->count);
  }
  return std::move(file.bytes());
}

}  // namespace finn::core
