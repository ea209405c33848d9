#include "ops/product_parameters.hpp"

#include <gtest/gtest.h>

namespace finn::ops {
namespace {

ProductParameters<double> terms_of_four_normals(int terms) {
  ProductParameters<double> parameters;
  parameters.terms = terms;
  parameters.normals = 4;
  return parameters;
}

// A term of two axes takes 2 (4 + 2) 32 numbers of 8 bytes, 3 KiB.
TermBlocks<double> blocks_of(int terms, bool recording) {
  return {terms_of_four_normals(terms), 2, false, 32, recording};
}

TEST(TermBlocks, areOneWhereAllValuesFitIntoTheCache) {
  const TermBlocks<double> blocks = blocks_of(85, true);
  EXPECT_EQ(blocks.block, 85);
  EXPECT_EQ(blocks.kept, 85);
  EXPECT_TRUE(blocks.keeps);
}

TEST(TermBlocks, areAllKeptForASweepUpToSomeMegabytes) {
  const TermBlocks<double> blocks = blocks_of(1000, true);
  EXPECT_EQ(blocks.block, 85);
  EXPECT_EQ(blocks.kept, 12 * 85);
  EXPECT_TRUE(blocks.keeps);
  EXPECT_FALSE(blocks_of(2000, true).keeps);
  EXPECT_EQ(blocks_of(2000, true).kept, 85);
}

TEST(TermBlocks, areOneAtATimeWithoutASweep) {
  EXPECT_FALSE(blocks_of(1000, false).keeps);
  EXPECT_EQ(blocks_of(1000, false).kept, 85);
}

TEST(TermBlocks, haveATermAtLeast) {
  const TermBlocks<double> blocks(terms_of_four_normals(3), 64, true, 256, true);
  EXPECT_EQ(blocks.block, 1);
  EXPECT_TRUE(blocks.keeps);
}

}  // namespace
}  // namespace finn::ops
