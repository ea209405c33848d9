#include "core/bytes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"

namespace finn::core {
namespace {

TEST(Bytes, areLeastSignificantFirst) {
  ByteWriter writer;
  writer.number(std::uint32_t{0x01020304});
  writer.number(std::int64_t{-2});
  writer.number(1.0);
  const std::vector<unsigned char> expected = {
      4, 3, 2, 1, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f};
  EXPECT_EQ(writer.bytes(), expected);
}

TEST(Bytes, comeBackAsTheyWere) {
  ByteWriter writer;
  const std::vector<double> doubles = {-0.0, 5e-324, HUGE_VAL};
  const std::vector<float> floats = {1.5f, -2.25f};
  writer.list(doubles);
  writer.numbers(floats.data(), 2);
  writer.number(std::uint8_t{200});
  ByteReader reader("test", writer.bytes().data(), writer.bytes().size());
  const auto back = reader.list<double>("doubles");
  EXPECT_EQ(std::memcmp(back.data(), doubles.data(), 24), 0);
  std::vector<float> rest(2);
  reader.numbers(rest.data(), 2, "floats");
  EXPECT_EQ(rest, floats);
  EXPECT_EQ(reader.number<std::uint8_t>("byte"), 200);
  EXPECT_EQ(reader.left(), 0u);
}

TEST(Bytes, areNeverReadPastTheirEnd) {
  ByteWriter writer;
  writer.list(std::vector<double>(3, 1.0));
  for (std::size_t count = 0; count < writer.bytes().size(); ++count) {
    ByteReader reader("test", writer.bytes().data(), count);
    EXPECT_THROW(reader.list<double>("list"), Error) << count;
  }
}

// 2^61 numbers of 8 bytes are 2^64 bytes, which is 0 in 64 bits.
TEST(Bytes, takeNoCountOnTrust) {
  for (const std::uint64_t count :
       {std::uint64_t{1} << 61, std::uint64_t{1} << 63, ~std::uint64_t{}, std::uint64_t{2}}) {
    ByteWriter writer;
    writer.number(count);
    writer.number(1.0);
    ByteReader reader("test", writer.bytes().data(), writer.bytes().size());
    try {
      reader.list<double>("list");
      FAIL() << count;
    } catch (const Error& error) {
      EXPECT_EQ(error.status(), Status::ERROR_FORMAT);
      EXPECT_NE(std::string(error.what()).find("test: list"), std::string::npos) << error.what();
    }
  }
}

// The check value of the catalogue of CRC algorithms, for the digits 1 .. 9.
TEST(Crc32, isTheOneOfZlib) {
  const unsigned char digits[] = {'1', '2', '3', '4', '5', '6', '7', '8', '9'};
  EXPECT_EQ(crc32(digits, 9), 0xcbf43926u);
  EXPECT_EQ(crc32(digits, 0), 0u);
}

}  // namespace
}  // namespace finn::core
