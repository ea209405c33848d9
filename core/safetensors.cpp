#include "core/safetensors.hpp"

#include <array>

#include "core/json_writer.hpp"

namespace finn::core {
namespace {

struct Row {
  const char* name;
  std::size_t size;
};

constexpr std::array<Row, kTensorTypes> kRows = {
    {{"U8", 1}, {"F32", 4}, {"F64", 8}, {"I64", 8}, {"U64", 8}}};

const Row& row(TensorType type) { return kRows[static_cast<std::size_t>(type)]; }

}  // namespace

const char* type_name(TensorType type) noexcept { return row(type).name; }

std::size_t type_size(TensorType type) noexcept { return row(type).size; }

std::string type_and_shape(TensorType type, const TensorShape& shape) {
  JsonWriter json;
  json.integers(shape);
  std::string text = type_name(type);
  text += ' ';
  return text += json.take();
}

bool tensor_bytes(TensorType type, const TensorShape& shape, std::size_t& bytes) noexcept {
  bytes = type_size(type);
  for (const std::int64_t extent : shape) {
    if (extent < 0 || __builtin_mul_overflow(bytes, extent, &bytes)) return false;
  }
  return true;
}

}  // namespace finn::core
