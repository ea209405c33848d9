#include "core/safetensors_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/safetensors.hpp"
#include "core/safetensors_writer.hpp"

namespace finn::core {
namespace {

template <class T>
using View = std::span<const T>;

std::vector<unsigned char> file_of(const std::string& header, std::size_t data) {
  ByteWriter file;
  file.number(static_cast<std::uint64_t>(header.size()));
  file.bytes().insert(file.bytes().end(), header.begin(), header.end());
  file.bytes().resize(file.bytes().size() + data, 1);
  return file.bytes();
}

std::vector<unsigned char> example() {
  static const std::vector<float> floats = {1.5f, -2, NAN};
  static const std::vector<double> doubles = {0.25, -0.0};
  static const std::vector<unsigned char> letters = {'x'};
  SafetensorsWriter writer;
  writer.add_metadata("finn", "{\"a\":[1,2]}");
  writer.add("floats", {3}, View<float>(floats));
  writer.add("doubles", {1, 2}, View<double>(doubles));
  writer.add("letter", {}, View<unsigned char>(letters));
  writer.add("none", {0}, View<double>());
  return writer.bytes();
}

TEST(SafetensorsReader, readsWhatWasWritten) {
  const std::vector<unsigned char> bytes = example();
  const SafetensorsReader file("a file", bytes);
  ASSERT_EQ(file.metadata().size(), 1u);
  EXPECT_EQ(*file.find_metadata("finn"), "{\"a\":[1,2]}");
  EXPECT_EQ(file.find_metadata("other"), nullptr);
  EXPECT_EQ(file.file(), "a file");
  ASSERT_EQ(file.tensors().size(), 4u);
  std::vector<double> doubles(2);
  file.read("doubles", {1, 2}, std::span<double>(doubles));
  EXPECT_EQ(doubles[0], 0.25);
  EXPECT_TRUE(doubles[1] == 0 && std::signbit(doubles[1]));
  std::vector<float> floats(3);
  file.read("floats", {3}, std::span<float>(floats));
  EXPECT_EQ(floats[1], -2);
  EXPECT_TRUE(std::isnan(floats[2]));
  EXPECT_EQ(file.find("letter")->bytes[0], 'x');
  EXPECT_TRUE(file.find("none")->bytes.empty());
  EXPECT_EQ(file.find("nobody"), nullptr);
}

// The bytes of a file that lies at an odd address are copied number by number.
TEST(SafetensorsReader, readsFromAnyAddress) {
  std::vector<unsigned char> bytes = example();
  bytes.insert(bytes.begin(), 0);
  const SafetensorsReader file("a file", std::span(bytes).subspan(1));
  std::vector<double> doubles(2);
  file.read("doubles", {1, 2}, std::span<double>(doubles));
  EXPECT_EQ(doubles[0], 0.25);
}

void expect_error(const std::vector<unsigned char>& bytes, const std::string& message) {
  try {
    const SafetensorsReader file("F", bytes);
    FAIL() << "no error: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FORMAT);
    EXPECT_EQ(error.what(), "F: " + message);
  }
}

std::string entry(const std::string& type, const std::string& shape, const std::string& offsets) {
  return "\"t\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets +
         "}";
}

std::vector<unsigned char> file_of_one(const std::string& type, const std::string& shape,
                                       const std::string& offsets, std::size_t data) {
  return file_of("{" + entry(type, shape, offsets) + "}", data);
}

TEST(SafetensorsReader, takesNoLengthOfTheHeaderOnTrust) {
  expect_error({},
               "the length of the header at byte 0: 1 numbers of 8 bytes expected, 0 bytes left");
  expect_error({1, 2, 3},
               "the length of the header at byte 0: 1 numbers of 8 bytes expected, 3 bytes left");
  expect_error(std::vector<unsigned char>(8, 255),
               "a header of 18446744073709551615 bytes given, at most 0 expected in a file of 8");
  std::vector<unsigned char> bytes = file_of("{}", 1);
  EXPECT_NO_THROW(SafetensorsReader("F", file_of("{}   ", 0)));
  bytes[0] = 4;
  expect_error(bytes, "a header of 4 bytes given, at most 3 expected in a file of 11");
  for (const char* header : {"", " {}", "[]"}) {
    expect_error(file_of(header, 3), "a header that begins with '{' expected at byte 8");
  }
  expect_error(file_of("{}{}", 0), "header: byte 2: '{' given, the end expected");
  std::vector<unsigned char> large(100'000'009, ' ');
  const std::uint64_t length = 100'000'001;
  for (std::size_t i = 0; i < 8; ++i) large[i] = static_cast<unsigned char>(length >> (8 * i));
  expect_error(large,
               "a header of 100000001 bytes given, at most 100000000 expected in a file of "
               "100000009");
}

TEST(SafetensorsReader, takesNoPlaceOnTrust) {
  const std::string rest = " given, as many bytes as it has expected";
  EXPECT_NO_THROW(SafetensorsReader("F", file_of_one("F32", "[2]", "[0,8]", 8)));
  EXPECT_NO_THROW(SafetensorsReader("F", file_of_one("F64", "[]", "[0,8]", 8)));
  expect_error(file_of_one("F32", "[4194305,4194305,211106198978564]", "[0,16]", 16),
               "tensor \"t\": F32 [4194305,4194305,211106198978564] at the bytes 0 to 16" + rest);
  expect_error(file_of_one("F32", "[2]", "[0,4]", 4),
               "tensor \"t\": F32 [2] at the bytes 0 to 4" + rest);
  expect_error(file_of_one("F32", "[1]", "[0,8]", 8),
               "tensor \"t\": F32 [1] at the bytes 0 to 8" + rest);
  expect_error(file_of_one("U8", "[-1]", "[0,0]", 0),
               "tensor \"t\": U8 [-1] at the bytes 0 to 0" + rest);
  for (const char* offsets : {"[8,0]", "[0,16]", "[16,16]", "[18446744073709551608,0]",
                              "[0,18446744073709551615]", "[9,8]"}) {
    const std::string list = offsets;
    const std::size_t comma = list.find(',');
    expect_error(file_of_one("F32", "[2]", list, 8),
                 "tensor \"t\": F32 [2] at the bytes " + list.substr(1, comma - 1) + " to " +
                     list.substr(comma + 1, list.size() - comma - 2) +
                     " given, a part of the 8 bytes behind the header expected");
  }
}

TEST(SafetensorsReader, takesNoOtherTypesAndMembers) {
  const auto error = [](const std::string& tensor, const std::string& message) {
    expect_error(file_of("{\"t\":" + tensor + "}", 0), "header: " + message);
  };
  expect_error(
      file_of_one("BF16", "[1]", "[0,2]", 2),
      "header: byte 14: \"BF16\" given, one of the types U8, F32, F64, I64 and U64 expected");
  error("{}", "the object that ends before byte 7 has no member \"dtype\"");
  error("{\"dtype\":\"U8\"}", "the object that ends before byte 19 has no member \"shape\"");
  error("{\"dtype\":\"U8\",\"shape\":[0]}",
        "the object that ends before byte 31 has no member \"data_offsets\"");
  error("{\"x\":1}", "byte 6: a member \"x\" given, dtype, shape and data_offsets expected");
  error("{\"data_offsets\":[0]}", "byte 22: \"1\" given, 2 data_offsets, begin and end expected");
  error("{\"data_offsets\":[0,0,0]}",
        "byte 26: 3 or more elements of a list given, at most 2 expected");
  error("{\"data_offsets\":[0,-1]}",
        "byte 24: \"-1\" given, an integer of 64 bits, 0 or more expected");
  error("{\"shape\":[1.5]}", "byte 16: '.' given, an integer expected");
  error("{\"shape\":[0,0,0,0,0,0,0,0,0]}",
        "byte 31: 9 or more elements of a list given, at most 8 expected");
  error("3", "byte 5: '3' given, an object expected");
  expect_error(file_of("{\"__metadata__\":{\"a\":1}}", 0),
               "header: byte 21: '1' given, a string expected");
  expect_error(file_of("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0),
               "header: byte 24: a member \"a\" given, each key once expected");
}

std::vector<unsigned char> file_of_two(const std::string& first, const std::string& second,
                                       std::size_t data) {
  const std::string begin = "{\"dtype\":\"U8\",\"shape\":[";
  return file_of("{\"a\":" + begin + first + "]},\"b\":" + begin + second + "]}}", data);
}

TEST(SafetensorsReader, takesNoHolesAndNoOverlaps) {
  EXPECT_NO_THROW(SafetensorsReader(
      "F", file_of_two("2],\"data_offsets\":[1,3", "1],\"data_offsets\":[0,1", 3)));
  EXPECT_NO_THROW(SafetensorsReader(
      "F", file_of_two("2],\"data_offsets\":[0,2", "0],\"data_offsets\":[0,0", 2)));
  const std::string end = " expected: tensors leave no holes and do not overlap";
  expect_error(file_of_two("2],\"data_offsets\":[0,2", "1],\"data_offsets\":[3,4", 4),
               "tensor \"b\": begins at byte 3 behind the header, byte 2" + end);
  expect_error(file_of_two("2],\"data_offsets\":[0,2", "1],\"data_offsets\":[1,2", 2),
               "tensor \"b\": begins at byte 1 behind the header, byte 2" + end);
  expect_error(file_of_two("2],\"data_offsets\":[0,2", "2],\"data_offsets\":[0,2", 2),
               "tensor \"b\": begins at byte 0 behind the header, byte 2" + end);
  expect_error(file_of_two("2],\"data_offsets\":[0,2", "0],\"data_offsets\":[1,1", 2),
               "tensor \"b\": begins at byte 1 behind the header, byte 2" + end);
  expect_error(file_of_two("1],\"data_offsets\":[0,1", "1],\"data_offsets\":[1,2", 5),
               "3 bytes that belong to no tensor given at the end, none expected");
  expect_error(file_of("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"
                       "\"\\u0061\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}",
                       0),
               "header: byte 53: a member \"a\" given, each key once expected");
}

TEST(SafetensorsReader, givesTensorsOfTheTypeAndShapeThatAreAskedForAlone) {
  const std::vector<unsigned char> bytes = example();
  const SafetensorsReader file("F", bytes);
  std::vector<float> three(3);
  const auto error = [&](Status status, const char* name, const TensorShape& shape,
                         std::span<float> values, const std::string& message) {
    try {
      file.read(name, shape, values);
      FAIL() << "no error: " << message;
    } catch (const Error& caught) {
      EXPECT_EQ(caught.status(), status);
      EXPECT_EQ(caught.what(), message);
    }
  };
  error(Status::ERROR_FORMAT, "other", {3}, three,
        "F: tensor \"other\": not there, F32 [3] expected");
  error(Status::ERROR_FORMAT, "floats", {1, 3}, three,
        "F: tensor \"floats\": F32 [3] given, F32 [1,3] expected");
  error(Status::ERROR_FORMAT, "doubles", {1, 2}, three,
        "F: tensor \"doubles\": F64 [1,2] given, F32 [1,2] expected");
  error(Status::ERROR_SIZE, "floats", {3}, std::span(three).first(2),
        "tensor \"floats\": room for 8 bytes given, 12 expected");
}

TEST(SafetensorsReader, holdsTheNumbersOfTensorsAndMetadataToTheirLimits) {
  std::string tensors = "{", metadata = "{\"__metadata__\":{";
  for (int i = 0; i < 1026; ++i) {
    const std::string name = "\"" + std::to_string(i) + "\":", comma = i > 0 ? "," : "";
    tensors += comma + name + "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    metadata += comma + name + "\"\"";
  }
  const auto is_valid = [](const std::string& header) {
    try {
      SafetensorsReader("F", file_of(header, 0));
      return true;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("members of an object given"), std::string::npos)
          << error.what();
      return false;
    }
  };
  EXPECT_FALSE(is_valid(tensors + "}"));
  EXPECT_FALSE(is_valid(metadata + "}}"));
  EXPECT_TRUE(is_valid(tensors.substr(0, tensors.find(",\"1024\"")) + "}"));
  EXPECT_TRUE(is_valid(metadata.substr(0, metadata.find(",\"64\"")) + "}}"));
}

// Whatever a file says, it is refused or every tensor lies within it.
bool is_whole_or_refused(std::span<const unsigned char> bytes) {
  try {
    const SafetensorsReader file("F", bytes);
    for (const SafetensorsReader::Tensor& tensor : file.tensors()) {
      std::size_t expected = 0;
      EXPECT_TRUE(tensor_bytes(tensor.type, tensor.shape, expected));
      EXPECT_EQ(tensor.bytes.size(), expected);
      EXPECT_GE(tensor.bytes.data(), bytes.data());
      EXPECT_LE(tensor.bytes.data() + tensor.bytes.size(), bytes.data() + bytes.size());
    }
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_FORMAT) << error.what();
    return false;
  }
}

TEST(SafetensorsReader, refusesEveryBeginningOfAFileAndEveryLongerOne) {
  std::vector<unsigned char> bytes = example();
  ASSERT_TRUE(is_whole_or_refused(bytes));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const std::vector<unsigned char> beginning(bytes.begin(),
                                               bytes.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_FALSE(is_whole_or_refused(beginning)) << length;
  }
  bytes.push_back(0);
  EXPECT_FALSE(is_whole_or_refused(bytes));
}

// To a byte that differs in one bit, and to those that mean something in a header.
TEST(SafetensorsReader, survivesEveryChangedByte) {
  const std::vector<unsigned char> bytes = example();
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::vector<unsigned char> changed = bytes;
    const auto try_byte = [&](int byte) {
      changed[place] = static_cast<unsigned char>(byte);
      is_whole_or_refused(changed);
    };
    for (int bit = 0; bit < 8; ++bit) try_byte(bytes[place] ^ 1 << bit);
    for (const char byte : std::string_view("\0\xff\"\\{}[],:-09e", 14)) try_byte(byte);
  }
}

}  // namespace
}  // namespace finn::core
