#include "finn/model/positive_columns.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(PositiveColumns, areThoseFromTheFirstUpToTheEnd) {
  const PositiveColumns columns{1, 3};
  EXPECT_FALSE(columns.contains(0));
  EXPECT_TRUE(columns.contains(1));
  EXPECT_TRUE(columns.contains(2));
  EXPECT_FALSE(columns.contains(3));
}

TEST(PositiveColumns, areNoneByDefault) { EXPECT_FALSE(PositiveColumns{}.contains(0)); }

}  // namespace
}  // namespace finn::net
