#include "finn/domains/orders.hpp"

#include <gtest/gtest.h>

#include "finn/domains/box.hpp"

namespace finn::net {
namespace {

TEST(Orders, ofASubsetAreOnceInEachOfItsVariables) {
  const Orders orders = VariableSet{1} << 63 | VariableSet{0b101};
  EXPECT_EQ(orders[0], 1);
  EXPECT_EQ(orders[1], 0);
  EXPECT_EQ(orders[63], 1);
  EXPECT_EQ(orders.total(), 3);
  EXPECT_EQ(orders.at_least(1), VariableSet{1} << 63 | VariableSet{0b101});
  EXPECT_EQ(orders.at_least(2), VariableSet{0});
}

TEST(Orders, areNoneToBeginWith) { EXPECT_EQ(Orders().total(), 0); }

TEST(Orders, countEveryVariable) {
  Orders orders(0b11);
  orders.set(1, 3);
  const Orders more = orders.and_once(4);
  EXPECT_EQ(more.total(), 5);
  EXPECT_EQ(more.at_least(2), VariableSet{0b10});
  EXPECT_EQ(orders[4], 0);
}

TEST(Orders, withinSomeVariablesForgetTheOthers) {
  const Orders orders = ~VariableSet{0};
  EXPECT_EQ(orders.within(3).at_least(1), VariableSet{0b111});
  EXPECT_EQ(orders.within(64).total(), 64);
}

}  // namespace
}  // namespace finn::net
