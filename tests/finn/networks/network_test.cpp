#include "finn/networks/network.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(Network, isOfTheKindThatItsShapeNames) {
  NetworkShape shape = test::settings_of(2).network;
  EXPECT_NE(Network(shape).get<Mlp>(), nullptr);
  EXPECT_EQ(Network(shape).get<Mixture>(), nullptr);
  EXPECT_EQ(Network(shape).parameter_count(), Mlp(shape).parameter_count());
  shape.kind = NetworkKind::mixture;
  EXPECT_EQ(Network(shape).get<Mlp>(), nullptr);
  EXPECT_NE(Network(shape).get<Mixture>(), nullptr);
  EXPECT_EQ(Network(shape).parameter_count(), Mixture(shape).parameter_count());
  EXPECT_EQ(Network(shape).shape(), shape);
}

TEST(Network, makesJetsForTheMlpAlone) {
  NetworkShape shape = test::settings_of(3).network;
  EXPECT_EQ(Network(shape).jet_variables(2), 2);
  shape.kind = NetworkKind::mixture;
  EXPECT_EQ(Network(shape).jet_variables(2), 0);
}

TEST(TakeParameters, refusesMoreThanTheLimit) {
  std::int64_t total = 5;
  EXPECT_EQ(take_parameters(7, total), 5);
  EXPECT_EQ(total, 12);
  EXPECT_THROW(take_parameters(kMaxParameters - 11, total), core::Error);
  EXPECT_EQ(take_parameters(kMaxParameters - 12, total), 12);
}

}  // namespace
}  // namespace finn::net
