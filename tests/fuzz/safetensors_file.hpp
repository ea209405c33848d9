// A file of named tensors taken apart at its header, and put together again with a length that is
// right whatever the header has become.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace finn::fuzz {

using Bytes = std::vector<unsigned char>;

struct SafetensorsFile {
  std::string header;
  Bytes data;

  // Of bytes that have no header the whole is data.
  static SafetensorsFile of(const Bytes& bytes) {
    std::uint64_t length = 0;
    if (bytes.size() >= sizeof length) std::memcpy(&length, bytes.data(), sizeof length);
    if (bytes.size() < sizeof length || length > bytes.size() - sizeof length) return {{}, bytes};
    const auto begin = bytes.begin() + sizeof length;
    const auto end = begin + static_cast<std::ptrdiff_t>(length);
    return {{begin, end}, {end, bytes.end()}};
  }

  Bytes bytes() const {
    const std::uint64_t length = header.size();
    Bytes file(sizeof length + header.size() + data.size());
    std::memcpy(file.data(), &length, sizeof length);
    std::copy(header.begin(), header.end(), file.begin() + sizeof length);
    std::copy(data.begin(), data.end(), file.end() - static_cast<std::ptrdiff_t>(data.size()));
    return file;
  }
};

}  // namespace finn::fuzz
