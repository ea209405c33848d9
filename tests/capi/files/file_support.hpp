// What the tests of model files share: models to bytes and back, and files that someone has edited.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/quoted.hpp"

namespace finn::test {

using Domains = std::vector<const finn_domain*>;

inline finn_status save_model(const finn_model* model, Bytes* bytes, finn_error* error) {
  std::int64_t size = 0;
  finn_status status = finn_model_save_bytes(model, nullptr, 0, &size, error);
  if (status != FINN_OK) return status;
  bytes->resize(static_cast<std::size_t>(size));
  return finn_model_save_bytes(model, bytes->data(), size, &size, error);
}

inline Bytes save_model(const finn_model* model) {
  Bytes bytes;
  require_ok([&](finn_error* error) { return save_model(model, &bytes, error); });
  return bytes;
}

inline finn_status load_model(const Bytes& bytes, const Domains& domains, ModelHandle* model,
                              finn_error* error = nullptr) {
  finn_model* made = nullptr;
  const auto count = static_cast<std::int32_t>(domains.size());
  const finn_status status =
      finn_model_load_bytes(bytes.data(), length_of(bytes), domains.data(), count, &made, error);
  model->reset(made);
  EXPECT_EQ(made != nullptr, status == FINN_OK);
  return status;
}

inline ModelHandle load_model(const Bytes& bytes, const Domains& domains = {}) {
  ModelHandle model;
  require_ok([&](finn_error* error) { return load_model(bytes, domains, &model, error); });
  return model;
}

inline std::string describe(const finn_model* model) {
  std::int64_t size = 0;
  require_ok([&](finn_error* e) { return finn_model_describe(model, nullptr, 0, &size, e); });
  std::string text(static_cast<std::size_t>(size), '\0');
  require_ok(
      [&](finn_error* e) { return finn_model_describe(model, text.data(), size, &size, e); });
  EXPECT_EQ(text.back(), '\0');
  text.pop_back();
  return text;
}

constexpr std::size_t kHeaderAt = 8;

inline std::string header_of(const Bytes& file) {
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), sizeof length);
  const auto begin = file.begin() + kHeaderAt;
  return {begin, begin + static_cast<std::ptrdiff_t>(length)};
}

// The file with another header, and the same numbers behind it.
inline Bytes with_header(const Bytes& file, const std::string& header) {
  const std::uint64_t length = header.size();
  const auto old_length = static_cast<std::ptrdiff_t>(header_of(file).size());
  Bytes bytes(kHeaderAt);
  std::memcpy(bytes.data(), &length, sizeof length);
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), file.begin() + kHeaderAt + old_length, file.end());
  return bytes;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " is not in " << text;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The file with another text in the place of the first one that is `from` in its header.
inline Bytes edited(const Bytes& file, const std::string& from, const std::string& to) {
  return with_header(file, replaced(header_of(file), from, to));
}

// A tensor as the header says it, with its bytes.
struct FileTensor {
  std::string name, type, shape;  // shape: "[2,3]"
  Bytes bytes;
};

// A file taken apart and put together again: metadata and tensors in the order in which they are to
// stand.
struct TensorFile {
  std::string metadata;  // the object
  std::vector<FileTensor> tensors;

  FileTensor& tensor(const std::string& name) {
    for (FileTensor& each : tensors) {
      if (each.name == name) return each;
    }
    throw std::runtime_error("no tensor " + name);
  }
};

inline TensorFile taken_apart(const Bytes& file) {
  const std::string header = header_of(file);
  const std::string begin = "{\"__metadata__\":";
  const std::size_t end = header.find("\"},\"") + 2;
  TensorFile parts{header.substr(begin.size(), end - begin.size()), {}};
  const std::regex entry(
      R"x("([^"]+)":\{"dtype":"(\w+)","shape":(\[[\d,]*\]),"data_offsets":\[(\d+),(\d+)\]\})x");
  const auto data = file.begin() + kHeaderAt + static_cast<std::ptrdiff_t>(header.size());
  for (std::sregex_iterator at(header.begin() + static_cast<std::ptrdiff_t>(end), header.end(),
                               entry);
       at != std::sregex_iterator(); ++at) {
    const std::smatch& match = *at;
    parts.tensors.push_back({match[1], match[2], match[3],
                             Bytes(data + std::stoll(match[4]), data + std::stoll(match[5]))});
  }
  return parts;
}

inline Bytes put_together(const TensorFile& parts) {
  std::string header = "{\"__metadata__\":" + parts.metadata;
  Bytes data;
  for (const FileTensor& tensor : parts.tensors) {
    const std::size_t begin = data.size();
    data.insert(data.end(), tensor.bytes.begin(), tensor.bytes.end());
    header += ",\"" + tensor.name + "\":{\"dtype\":\"" + tensor.type +
              "\",\"shape\":" + tensor.shape + ",\"data_offsets\":[" + std::to_string(begin) + "," +
              std::to_string(data.size()) + "]}";
  }
  Bytes empty(kHeaderAt);
  Bytes file = with_header(empty, header + "}");
  file.insert(file.end(), data.begin(), data.end());
  return file;
}

// The file with another text in the place of the first one that is `from` in its description.
inline Bytes edited_description(const Bytes& file, const std::string& from, const std::string& to) {
  return edited(file, quoted(from), quoted(to));
}

// That the file is refused as none of the format, in a message in which the words occur.
inline void expect_format_error(const Bytes& file, const std::string& words,
                                const Domains& domains = {}) {
  SCOPED_TRACE(words);
  finn_error error = FINN_ERROR_INIT;
  ModelHandle model;
  EXPECT_STREQ(finn_status_name(load_model(file, domains, &model, &error)), "FINN_ERROR_FORMAT");
  EXPECT_NE(std::string(error.message).find(words), std::string::npos) << error.message;
}

// That a description with `to` in the place of `from` is refused.
inline void expect_edit_refused(const Bytes& file, const std::string& from, const std::string& to,
                                const std::string& words) {
  expect_format_error(edited_description(file, from, to), words);
}

}  // namespace finn::test
