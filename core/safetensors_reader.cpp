#include "core/safetensors_reader.hpp"

#include <algorithm>
#include <cinttypes>

#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/json_string.hpp"

namespace finn::core {
namespace {

constexpr std::size_t kLengthSize = sizeof(std::uint64_t);

std::span<const unsigned char> header_of(const std::string& file,
                                         std::span<const unsigned char> bytes) {
  ByteReader reader(file.c_str(), bytes.data(), bytes.size());
  const auto length = reader.number<std::uint64_t>("the length of the header");
  const std::size_t most = std::min(kMostSafetensorsHeader, reader.left());
  if (length > most) {
    fail(Status::ERROR_FORMAT,
         "%s: a header of %" PRIu64 " bytes given, at most %zu expected in a file of %zu",
         file.c_str(), length, most, bytes.size());
  }
  const auto header = bytes.subspan(kLengthSize, static_cast<std::size_t>(length));
  if (header.empty() || header[0] != '{') {
    fail(Status::ERROR_FORMAT, "%s: a header that begins with '{' expected at byte %zu",
         file.c_str(), kLengthSize);
  }
  return header;
}

TensorType read_type(JsonReader& json) {
  const std::string name = json.string();
  for (int type = 0; type < kTensorTypes; ++type) {
    if (name == type_name(TensorType{type})) return TensorType{type};
  }
  json.fail_given(name, "one of the types U8, F32, F64, I64 and U64");
}

// An extent is at most 2^63 - 1, which is less than the format allows and more than any file has.
TensorShape read_shape(JsonReader& json) { return json.integers(kMostSafetensorsRank); }

void read_offsets(JsonReader& json, std::uint64_t& begin, std::uint64_t& end) {
  std::size_t count = 0;
  json.list(2, [&] { (count++ == 0 ? begin : end) = json.unsigned_integer(); });
  if (count != 2) json.fail_given(std::to_string(count), "2 data_offsets, begin and end");
}

[[noreturn]] void fail_tensor(const std::string& file, std::string_view name,
                              const std::string& what) {
  fail(Status::ERROR_FORMAT, "%s: tensor %s: %s", file.c_str(), shown(name).c_str(), what.c_str());
}

}  // namespace

// What a header says of a tensor.
struct SafetensorsReader::Place {
  TensorType type = TensorType::U8;
  TensorShape shape;
  std::uint64_t begin = 0, end = 0;

  std::string text() const {
    return type_and_shape(type, shape) + " at the bytes " + std::to_string(begin) + " to " +
           std::to_string(end);
  }
};

SafetensorsReader::SafetensorsReader(std::string file, std::span<const unsigned char> bytes)
    : file_(std::move(file)) {
  const auto header = header_of(file_, bytes);
  const auto data = bytes.subspan(kLengthSize + header.size());
  JsonReader json(file_ + ": header", header);
  const auto read_member = [&](std::string_view name) {
    if (name == kSafetensorsMetadataKey) return read_metadata(json);
    add_tensor(name, read_place(json), data);
  };
  json.object(read_member, kMostSafetensors + 1);
  json.end();
  require_that_they_fill(data);
}

void SafetensorsReader::read_metadata(JsonReader& json) {
  json.object(
      [&](std::string_view name) { metadata_.emplace_back(std::string(name), json.string()); },
      kMostSafetensorsMetadata);
}

SafetensorsReader::Place SafetensorsReader::read_place(JsonReader& json) const {
  Place place;
  bool has_type = false, has_shape = false, has_offsets = false;
  json.object([&](std::string_view key) {
    if (key == "dtype") {
      place.type = read_type(json);
      has_type = true;
    } else if (key == "shape") {
      place.shape = read_shape(json);
      has_shape = true;
    } else if (key == "data_offsets") {
      read_offsets(json, place.begin, place.end);
      has_offsets = true;
    } else {
      json.fail_unknown(key, "dtype, shape and data_offsets");
    }
  });
  json.require_member(has_type, "dtype");
  json.require_member(has_shape, "shape");
  json.require_member(has_offsets, "data_offsets");
  return place;
}

void SafetensorsReader::add_tensor(std::string_view name, const Place& place,
                                   std::span<const unsigned char> data) {
  if (place.begin > place.end || place.end > data.size()) {
    fail_tensor(file_, name,
                place.text() + " given, a part of the " + std::to_string(data.size()) +
                    " bytes behind the header expected");
  }
  std::size_t bytes = 0;
  if (!tensor_bytes(place.type, place.shape, bytes) || bytes != place.end - place.begin) {
    fail_tensor(file_, name, place.text() + " given, as many bytes as it has expected");
  }
  tensors_.push_back({std::string(name), place.type, place.shape,
                      data.subspan(static_cast<std::size_t>(place.begin), bytes)});
}

// Sorts the tensors by their places; those without numbers come before what begins where they lie.
void SafetensorsReader::require_that_they_fill(std::span<const unsigned char> data) {
  std::sort(tensors_.begin(), tensors_.end(), [&](const Tensor& a, const Tensor& b) {
    const auto *place_a = a.bytes.data(), *place_b = b.bytes.data();
    return place_a != place_b ? place_a < place_b : a.bytes.size() < b.bytes.size();
  });
  const unsigned char* at = data.data();
  for (const Tensor& tensor : tensors_) {
    if (tensor.bytes.data() != at) {
      fail_tensor(file_, tensor.name,
                  "begins at byte " + std::to_string(tensor.bytes.data() - data.data()) +
                      " behind the header, byte " + std::to_string(at - data.data()) +
                      " expected: tensors leave no holes and do not overlap");
    }
    at += tensor.bytes.size();
  }
  const auto rest = data.size() - static_cast<std::size_t>(at - data.data());
  if (rest == 0) return;
  fail(Status::ERROR_FORMAT,
       "%s: %zu bytes that belong to no tensor given at the end, none expected", file_.c_str(),
       rest);
}

const std::string* SafetensorsReader::find_metadata(std::string_view name) const noexcept {
  for (const auto& [known, text] : metadata_) {
    if (known == name) return &text;
  }
  return nullptr;
}

const SafetensorsReader::Tensor* SafetensorsReader::find(std::string_view name) const noexcept {
  for (const Tensor& tensor : tensors_) {
    if (tensor.name == name) return &tensor;
  }
  return nullptr;
}

const SafetensorsReader::Tensor& SafetensorsReader::tensor(std::string_view name, TensorType type,
                                                           const TensorShape& shape) const {
  const std::string expected = type_and_shape(type, shape);
  const Tensor* found = find(name);
  if (found == nullptr) fail_tensor(file_, name, "not there, " + expected + " expected");
  if (found->type != type || found->shape != shape) {
    const std::string given = type_and_shape(found->type, found->shape);
    fail_tensor(file_, name, given + " given, " + expected + " expected");
  }
  return *found;
}

void SafetensorsReader::require_size(const Tensor& tensor, std::size_t bytes) {
  if (bytes == tensor.bytes.size()) return;
  fail(Status::ERROR_SIZE, "tensor %s: room for %zu bytes given, %zu expected",
       shown(tensor.name).c_str(), bytes, tensor.bytes.size());
}

}  // namespace finn::core
