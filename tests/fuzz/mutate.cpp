#include "tests/fuzz/mutate.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

#include "tests/fuzz/mutate_json.hpp"
#include "tests/fuzz/safetensors_file.hpp"
#include "tests/support/quoted.hpp"

namespace finn::fuzz {
namespace {

constexpr const char* kDocuments[] = {"\"finn.model\":\"", "\"finn.training\":\""};

std::string unquoted(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain.push_back(text[i]);
  }
  return plain;
}

// Where a document stands within the quotes of a header; begin is npos when it is not there.
struct Place {
  std::size_t begin, length;
};

Place place_of(const std::string& header, const std::string& key) {
  const std::size_t found = header.find(key);
  if (found == std::string::npos) return {found, 0};
  const std::size_t begin = found + key.size();
  std::size_t end = begin;
  while (end < header.size() && header[end] != '"') end += header[end] == '\\' ? 2u : 1u;
  return {begin, std::min(end, header.size()) - begin};
}

std::string document_of(const std::string& header, const std::string& key) {
  const Place place = place_of(header, key);
  if (place.begin == std::string::npos) return {};
  return unquoted(std::string_view(header).substr(place.begin, place.length));
}

// The description or the options of training, changed as JSON, or as those of the other file.
void mutate_document(SafetensorsFile& file, const SafetensorsFile& other, Engine& engine) {
  const std::string key = kDocuments[below(std::size(kDocuments), engine)];
  const Place place = place_of(file.header, key);
  if (place.begin == std::string::npos) return;
  const std::string source = document_of(other.header, key);
  const bool takes_all = below(16, engine) == 0;
  const std::string text =
      takes_all ? source : mutated_json(document_of(file.header, key), source, engine);
  file.header.replace(place.begin, place.length, test::quoted(text));
}

// A tensor's bytes and where a header says them.
struct Tensor {
  std::size_t shape_at, shape_length;      // of the digits between the brackets
  std::size_t offsets_at, offsets_length;  // the same
  std::size_t begin, end;
};

std::size_t number_at(const std::string& text, std::size_t at) {
  std::size_t number = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && number < (1u << 30); ++at) {
    number = 10 * number + static_cast<std::size_t>(text[at] - '0');
  }
  return number;
}

std::vector<Tensor> tensors_of(const std::string& header) {
  const std::string shape = "\"shape\":[", offsets = "],\"data_offsets\":[";
  std::vector<Tensor> tensors;
  const auto digits_end = [&](std::size_t at) {
    return header.find_first_not_of("0123456789,", at);
  };
  for (std::size_t at = header.find(shape); at != std::string::npos; at = header.find(shape, at)) {
    at += shape.size();
    const std::size_t middle = digits_end(at);
    if (middle == std::string::npos || header.compare(middle, offsets.size(), offsets) != 0)
      continue;
    const std::size_t numbers = middle + offsets.size();
    const std::size_t comma = header.find(',', numbers), close = digits_end(numbers);
    if (close == std::string::npos || comma > close) continue;
    tensors.push_back({at, middle - at, numbers, close - numbers, number_at(header, numbers),
                       number_at(header, comma + 1)});
  }
  return tensors;
}

// One tensor gets more numbers or fewer, and the places of all others follow.
void resize_tensor(SafetensorsFile& file, Engine& engine) {
  std::vector<Tensor> tensors = tensors_of(file.header);
  if (tensors.empty()) return;
  const Tensor chosen = tensors[below(tensors.size(), engine)];
  if (chosen.begin > chosen.end || chosen.end > file.data.size()) return;
  constexpr std::size_t kWidths[] = {4, 8};
  const std::size_t width = kWidths[below(2, engine)];
  const std::size_t old_size = chosen.end - chosen.begin, count = old_size / width;
  const std::size_t counts[] = {0, 1, count + 1, 2 * count, count / 2, count};
  const std::size_t new_count = counts[below(std::size(counts), engine)];
  const std::size_t new_size = new_count * width;
  Bytes tensor(file.data.begin() + static_cast<std::ptrdiff_t>(chosen.begin),
               file.data.begin() + static_cast<std::ptrdiff_t>(chosen.end));
  tensor.resize(new_size, 63);
  file.data.erase(file.data.begin() + static_cast<std::ptrdiff_t>(chosen.begin),
                  file.data.begin() + static_cast<std::ptrdiff_t>(chosen.end));
  file.data.insert(file.data.begin() + static_cast<std::ptrdiff_t>(chosen.begin), tensor.begin(),
                   tensor.end());
  const auto moved = [&](std::size_t at) {
    return at >= chosen.end ? at - old_size + new_size : at;
  };
  const std::string n = std::to_string(new_count);
  const std::string shapes[] = {n, "1," + n, n + ",1", n + ",1,1"};
  for (auto tensor_at = tensors.rbegin(); tensor_at != tensors.rend(); ++tensor_at) {
    const bool is_chosen = tensor_at->shape_at == chosen.shape_at;
    const std::size_t begin = is_chosen ? chosen.begin : moved(tensor_at->begin);
    file.header.replace(tensor_at->offsets_at, tensor_at->offsets_length,
                        std::to_string(begin) + "," + std::to_string(moved(tensor_at->end)));
    if (!is_chosen) continue;
    file.header.replace(tensor_at->shape_at, tensor_at->shape_length,
                        shapes[below(std::size(shapes), engine)]);
  }
}

// A number of the tensors becomes one that programs stumble over.
void set_number(SafetensorsFile& file, Engine& engine) {
  if (file.data.size() < 8) return;
  constexpr double kReals[] = {0,
                               -0.0,
                               1,
                               -1,
                               1e308,
                               -1e308,
                               5e-324,
                               1e-300,
                               0.5,
                               1e30,
                               -1e30,
                               88.0,
                               -745.0,
                               710.0,
                               std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()};
  constexpr std::uint64_t kIntegers[] = {
      0,   1,        2,          6,          8,
      255, 1u << 20, 1ull << 33, 1ull << 63, std::numeric_limits<std::uint64_t>::max()};
  unsigned char* const at = file.data.data() + 8 * below(file.data.size() / 8, engine);
  const double real = kReals[below(std::size(kReals), engine)];
  const auto single = static_cast<float>(real);
  const std::uint64_t integer = kIntegers[below(std::size(kIntegers), engine)];
  switch (below(3, engine)) {
    case 0:
      std::memcpy(at, &real, sizeof real);
      break;
    case 1:
      std::memcpy(at + 4 * below(2, engine), &single, sizeof single);
      break;
    default:
      std::memcpy(at, &integer, sizeof integer);
  }
}

void mutate_bytes(Bytes& bytes, Engine& engine) {
  if (bytes.empty()) return bytes.push_back(0);
  const std::size_t at = below(bytes.size(), engine);
  const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  const std::size_t count = std::min(1 + below(16, engine), bytes.size() - at);
  switch (below(6, engine)) {
    case 0:
      return bytes.resize(at);
    case 1:
      bytes.erase(place, place + static_cast<std::ptrdiff_t>(count));
      return;
    case 2:
      bytes.insert(place, count, static_cast<unsigned char>(engine()));
      return;
    case 3:
      *place = static_cast<unsigned char>(engine());
      return;
    default:
      *place = static_cast<unsigned char>(*place ^ 1u << below(8, engine));
  }
}

}  // namespace

Bytes mutated(const Bytes& bytes, const Bytes& other_bytes, Engine& engine) {
  SafetensorsFile file = SafetensorsFile::of(bytes);
  const SafetensorsFile other = SafetensorsFile::of(other_bytes);
  switch (below(16, engine)) {
    case 0: {
      Bytes changed = bytes;
      mutate_bytes(changed, engine);
      return changed;
    }
    case 1:
      file.data = other.data;
      break;
    case 2:
      mutate_bytes(file.data, engine);
      break;
    case 3:
    case 4:
      file.header = mutated_json(file.header, other.header, engine);
      break;
    case 5:
    case 6:
    case 7:
      set_number(file, engine);
      break;
    case 8:
    case 9:
      resize_tensor(file, engine);
      break;
    default:
      mutate_document(file, other, engine);
  }
  return file.bytes();
}

}  // namespace finn::fuzz
