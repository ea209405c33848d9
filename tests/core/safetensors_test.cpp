#include "core/safetensors.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace finn::core {
namespace {

TEST(Safetensors, nameTypesAsTheFormatDoes) {
  EXPECT_STREQ(type_name(tensor_type<unsigned char>()), "U8");
  EXPECT_STREQ(type_name(tensor_type<float>()), "F32");
  EXPECT_STREQ(type_name(tensor_type<double>()), "F64");
  EXPECT_STREQ(type_name(tensor_type<std::int64_t>()), "I64");
  EXPECT_STREQ(type_name(tensor_type<std::uint64_t>()), "U64");
  EXPECT_EQ(type_size(TensorType::U8), 1u);
  EXPECT_EQ(type_size(TensorType::F32), 4u);
  for (const TensorType wide : {TensorType::F64, TensorType::I64, TensorType::U64}) {
    EXPECT_EQ(type_size(wide), 8u);
  }
}

TEST(Safetensors, sayTheirShape) {
  EXPECT_EQ(type_and_shape(TensorType::F32, {}), "F32 []");
  EXPECT_EQ(type_and_shape(TensorType::U64, {2, 0, 3}), "U64 [2,0,3]");
}

// The three extents are a known attack: their product is 4 in 64 bits.
TEST(Safetensors, countTheirBytesWithoutOverflow) {
  std::size_t bytes = 0;
  EXPECT_TRUE(tensor_bytes(TensorType::F64, {}, bytes));
  EXPECT_EQ(bytes, 8u);
  EXPECT_TRUE(tensor_bytes(TensorType::F32, {2, 3}, bytes));
  EXPECT_EQ(bytes, 24u);
  EXPECT_TRUE(tensor_bytes(TensorType::U8, {0, std::int64_t{1} << 62}, bytes));
  EXPECT_EQ(bytes, 0u);
  for (const TensorShape& shape :
       {TensorShape{4194305, 4194305, 211106198978564}, TensorShape{std::int64_t{1} << 61},
        TensorShape{std::int64_t{1} << 32, std::int64_t{1} << 32}, TensorShape{-1},
        TensorShape{-1, -1}, TensorShape{std::int64_t{1} << 62, std::int64_t{1} << 62, 0}}) {
    EXPECT_FALSE(tensor_bytes(TensorType::F64, shape, bytes)) << type_and_shape({}, shape);
  }
}

}  // namespace
}  // namespace finn::core
