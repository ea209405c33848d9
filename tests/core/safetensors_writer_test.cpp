#include "core/safetensors_writer.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/safetensors.hpp"

namespace finn::core {
namespace {

template <class T>
using View = std::span<const T>;

std::string header_of(const std::vector<unsigned char>& file) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < 8; ++i) length |= std::uint64_t{file.at(i)} << (8 * i);
  return {file.begin() + 8, file.begin() + 8 + static_cast<std::ptrdiff_t>(length)};
}

TEST(SafetensorsWriter, laysTensorsOutAsTheReferenceDoes) {
  const std::vector<unsigned char> letters = {'a', 'b', 'c'};
  const std::vector<float> floats = {1.5f, -2};
  const std::vector<double> doubles = {0.25};
  const std::vector<std::int64_t> integers = {-1, 2};
  const std::vector<std::uint64_t> naturals = {~std::uint64_t{}};
  SafetensorsWriter writer;
  writer.add_metadata("z", "first \"quoted\"");
  writer.add_metadata("a", "second");
  writer.add("letters", {3}, View<unsigned char>(letters));
  writer.add("floats", {2, 1}, View<float>(floats));
  writer.add("b", {}, View<double>(doubles));
  writer.add("a", {1}, View<double>(doubles));
  writer.add("integers", {2}, View<std::int64_t>(integers));
  writer.add("naturals", {1}, View<std::uint64_t>(naturals));
  writer.add("empty", {0, 5}, View<float>());
  const std::vector<unsigned char> file = writer.bytes();
  std::string header = header_of(file);
  EXPECT_EQ(header.size() % 8, 0u);
  EXPECT_LE(header.size() - 1 - header.find_last_not_of(' '), 7u);
  header.resize(header.find_last_not_of(' ') + 1);
  EXPECT_EQ(header,
            "{\"__metadata__\":{\"z\":\"first \\\"quoted\\\"\",\"a\":\"second\"},"
            "\"naturals\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            "\"integers\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[8,24]},"
            "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[24,32]},"
            "\"b\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[32,40]},"
            "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,5],\"data_offsets\":[40,40]},"
            "\"floats\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[40,48]},"
            "\"letters\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[48,51]}}");
  const std::vector<unsigned char> numbers(file.end() - 51, file.end());
  const std::vector<unsigned char> expected = {
      255, 255, 255, 255, 255,  255,  255, 255, 255,  255,  255, 255, 255, 255,  255,  255, 2,
      0,   0,   0,   0,   0,    0,    0,   0,   0,    0,    0,   0,   0,   0xd0, 0x3f, 0,   0,
      0,   0,   0,   0,   0xd0, 0x3f, 0,   0,   0xc0, 0x3f, 0,   0,   0,   0xc0, 'a',  'b', 'c'};
  EXPECT_EQ(numbers, expected);
}

TEST(SafetensorsWriter, writesAFileOfNothing) {
  const std::vector<unsigned char> file = SafetensorsWriter().bytes();
  EXPECT_EQ(header_of(file), "{}      ");
  EXPECT_EQ(file.size(), 16u);
}

void expect_error(Status status, const std::string& message,
                  const std::function<void(SafetensorsWriter&)>& write) {
  try {
    SafetensorsWriter writer;
    write(writer);
    writer.bytes();
    FAIL() << "no error: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_EQ(error.what(), message);
  }
}

TEST(SafetensorsWriter, refusesWhatNobodyCouldRead) {
  const std::vector<float> two = {1, 2};
  const View<float> values(two);
  expect_error(Status::ERROR_ARGUMENT,
               "tensor \"a\": given a second time or reserved, another name expected",
               [&](SafetensorsWriter& writer) {
                 writer.add("a", {2}, values);
                 writer.add("a", {2}, values);
               });
  expect_error(Status::ERROR_ARGUMENT,
               "tensor \"__metadata__\": given a second time or reserved, another name expected",
               [&](SafetensorsWriter& writer) { writer.add("__metadata__", {2}, values); });
  expect_error(Status::ERROR_ARGUMENT,
               "metadata \"a\": given a second time or reserved, another name expected",
               [](SafetensorsWriter& writer) {
                 writer.add_metadata("a", "1");
                 writer.add_metadata("a", "2");
               });
  for (const TensorShape& shape : {TensorShape{3}, TensorShape{}, TensorShape{-2, -1}}) {
    expect_error(Status::ERROR_SIZE,
                 "tensor \"a\": 2 values given, as many as " +
                     type_and_shape(TensorType::F32, shape) + " has expected",
                 [&](SafetensorsWriter& writer) { writer.add("a", shape, values); });
  }
  expect_error(Status::ERROR_ARGUMENT, "text \"\": byte 0xff at 0 given, UTF-8 expected",
               [&](SafetensorsWriter& writer) { writer.add("\xff", {2}, values); });
  expect_error(Status::ERROR_ARGUMENT, "text \"\": byte 0xff at 0 given, UTF-8 expected",
               [&](SafetensorsWriter& writer) { writer.add_metadata("a", "\xff"); });
}

TEST(SafetensorsWriter, keepsToTheLimitsOfTheReader) {
  expect_error(Status::ERROR_SIZE, "a safetensors file: 1025 tensors given, at most 1024 expected",
               [](SafetensorsWriter& writer) {
                 for (int i = 0; i < 1025; ++i) {
                   writer.add(std::to_string(i), {0}, View<float>());
                 }
               });
  expect_error(Status::ERROR_SIZE, "a safetensors file: 65 metadata given, at most 64 expected",
               [](SafetensorsWriter& writer) {
                 for (int i = 0; i < 65; ++i) writer.add_metadata(std::to_string(i), "");
               });
  expect_error(
      Status::ERROR_SIZE, "a safetensors file: 9 extents of a tensor given, at most 8 expected",
      [](SafetensorsWriter& writer) { writer.add("a", TensorShape(9, 0), View<float>()); });
}

}  // namespace
}  // namespace finn::core
