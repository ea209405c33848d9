#include "finn/model/positive_columns.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace finn::net {
namespace {

TEST(PositiveColumns, findsTheFirstThatIsNotAboveZero) {
  const PositiveColumns columns{1, 4};
  const double good[] = {-1, 1, 2, 3, -1}, zero[] = {1, 1, 0, -3, 1}, none[] = {1, NAN, 1, 1, 1};
  EXPECT_EQ(columns.first_bad(good), 4);
  EXPECT_EQ(columns.first_bad(zero), 2);
  EXPECT_EQ(columns.first_bad(none), 1);
}

TEST(PositiveColumns, areNoneByDefault) {
  const float row[] = {-1};
  EXPECT_EQ(PositiveColumns{}.first_bad(row), PositiveColumns{}.end);
}

}  // namespace
}  // namespace finn::net
