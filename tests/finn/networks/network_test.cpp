#include "finn/networks/network.hpp"

#include <gtest/gtest.h>

#include "finn/networks/mixture.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/network_shape.hpp"
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

}  // namespace
}  // namespace finn::net
