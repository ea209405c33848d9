// What files in the format of https://github.com/huggingface/safetensors consist of: 8 bytes with
// the length of a header, least significant first; the header, a JSON object that may end in
// spaces; the numbers of all tensors, one after the other. The header says type, shape and place of
// each tensor, and holds texts by name as metadata. SafetensorsWriter and SafetensorsReader keep to
// the same limits, so that whatever was written can be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace finn::core {

constexpr std::size_t kMostSafetensorsHeader = 100'000'000;  // bytes; the reference's limit too
constexpr std::size_t kMostSafetensors = 1024;
constexpr std::size_t kMostSafetensorsMetadata = 64;
constexpr std::size_t kMostSafetensorsRank = 8;

// Under this key of the header stand the metadata; no tensor can have that name.
constexpr const char* kSafetensorsMetadataKey = "__metadata__";

// The types of the format that are known here, in the order of their tensors in a file, which goes
// from the last to the first.
enum class TensorType { U8, F32, F64, I64, U64 };
constexpr int kTensorTypes = 5;

const char* type_name(TensorType type) noexcept;  // "F32", as in the header
std::size_t type_size(TensorType type) noexcept;  // bytes of a number

template <class T>
constexpr TensorType tensor_type() noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return TensorType::F32;
  } else if constexpr (std::is_same_v<T, double>) {
    return TensorType::F64;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return TensorType::I64;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return TensorType::U64;
  } else {
    static_assert(std::is_same_v<T, unsigned char>);
    return TensorType::U8;
  }
}

// Extents, each 0 or more, slowest index first; none for a single number.
using TensorShape = std::vector<std::int64_t>;

// "F32 [2,3]"
std::string type_and_shape(TensorType type, const TensorShape& shape);

// The bytes that such a tensor takes. Returns false when an extent is negative or size_t cannot
// hold them.
bool tensor_bytes(TensorType type, const TensorShape& shape, std::size_t& bytes) noexcept;

}  // namespace finn::core
