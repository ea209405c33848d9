#include "finn/networks/network_shape.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "ops/positivity.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

TEST(NetworkShape, visitsEveryFieldOnceByTheNameThatTheHeaderGives) {
  std::vector<std::string> names;
  const NetworkShape shape;
  visit_fields(shape, [&](const auto&, const char* name) { names.push_back(name); });
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(names.size(), 17u);
  EXPECT_EQ(names.front(), "network");
  EXPECT_EQ(names.back(), "target_from_row");
}

NetworkShape mixture() {
  NetworkShape shape;
  shape.kind = NetworkKind::mixture;
  shape.variables = 64;
  shape.positivity = ops::Positivity::exp;
  return shape;
}

NetworkShape mlp() {
  NetworkShape shape;
  shape.variables = 8;
  shape.widths = {3, 4};
  return shape;
}

void expect_refused(NetworkShape shape, const std::function<void(NetworkShape&)>& change,
                    const std::string& words) {
  EXPECT_NO_THROW(require_valid(shape));
  change(shape);
  test::expect_refused([&] { require_valid(shape); }, words);
}

TEST(ValidNetworkShape, hasSizesThatThereAre) {
  expect_refused(
      mixture(), [](auto& s) { s.variables = 65; }, "variables: 65 given, 1 .. 64");
  expect_refused(
      mlp(), [](auto& s) { s.variables = 9; }, "variables: 9 given, 1 .. 8");
  expect_refused(
      mlp(), [](auto& s) { s.variables = 0; }, "variables: 0 given");
  expect_refused(
      mlp(), [](auto& s) { s.outputs = 65537; }, "outputs: 65537 given, 1 .. 65536");
  expect_refused(
      mixture(), [](auto& s) { s.components = 0; }, "components: 0 given, 1 .. 65536");
  expect_refused(
      mixture(), [](auto& s) { s.normals_per_axis = 65; }, "normals_per_axis: 65 given, 1 .. 64");
  expect_refused(
      mlp(), [](auto& s) { s.widths.assign(65, 1); }, "hidden_layers: 65 given");
  expect_refused(
      mlp(), [](auto& s) { s.widths[1] = 0; }, "widths: 0 given, 1 .. 65536");
  expect_refused(
      mlp(), [](auto& s) { s.orthants = 257; }, "orthants: 257 given, 1 .. 256");
}

TEST(ValidNetworkShape, hasEnumeratorsThatAreThere) {
  expect_refused(
      mlp(), [](auto& s) { s.kind = static_cast<NetworkKind>(2); }, "form: 2 given");
  expect_refused(
      mlp(), [](auto& s) { s.positivity = static_cast<ops::Positivity>(5); },
      "positivity: 5 given");
  expect_refused(
      mlp(), [](auto& s) { s.activation = static_cast<ActivationKind>(-1); },
      "activation: -1 given");
}

TEST(ValidNetworkShape, isNoneThatWouldNotBePositive) {
  expect_refused(
      mixture(), [](auto& s) { s.positivity = ops::Positivity::none; },
      "FINN_POSITIVITY_NONE given for a mixture");
  expect_refused(
      mlp(), [](auto& s) { s.activation = ActivationKind::sine; }, "given with positivity");
  NetworkShape free = mlp();
  free.positivity = ops::Positivity::none;
  free.activation = ActivationKind::sine;
  expect_refused(
      free, [](auto& s) { s.orthants = 2; }, "orthants: 2 given without positivity");
}

TEST(ValidNetworkShape, hasAnOutputActivationOrASkipReadOut) {
  NetworkShape skip = mlp();
  skip.skip_read_out = true;
  expect_refused(
      skip, [](auto& s) { s.last_activation = true; }, "skip: 1 given");
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
