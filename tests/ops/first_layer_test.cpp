#include "ops/first_layer.hpp"

#include <string>

#include "core/jet.hpp"
#include "ops/activation.hpp"
#include "ops/seed.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/naive_affine.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

// Direction j moves feature in - 1 - j at the rate 0.5 + j.
template <class T>
Seed<T> seed_of(const core::Jet<T>& x, int directions) {
  Seed<T> seed;
  seed.x = x;
  seed.directions = directions;
  for (int j = 0; j < directions; ++j) {
    seed.feature[static_cast<std::size_t>(j)] = x.features - 1 - j;
    seed.rate[static_cast<std::size_t>(j)] = static_cast<T>(0.5 + j);
  }
  return seed;
}

Features naive_seed(const Features& x, int directions) {
  Features u;
  for (const NestedDual& value : x) u.emplace_back(directions, value[0]);
  for (std::size_t j = 0; j < static_cast<std::size_t>(directions); ++j) {
    u[x.size() - 1 - j][std::size_t{1} << j] = 0.5L + static_cast<Real>(j);
  }
  return u;
}

void expect_first_layer(int directions, int in, int out) {
  SCOPED_TRACE(std::to_string(directions) + " of " + std::to_string(in) + " directions");
  const int order = directions < 2 ? 2 : directions;
  test::expect_operation(
      {{{0, in}}, (in + 1) * out, out > 3 || directions > 5 ? 1 : 4},
      [=](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        return first_layer(tape, seed_of(operands[0], directions),
                           test::layer_of(in, out, parameters), sigma<T>(order));
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        Features y;
        const Features u = naive_seed(sample[0], directions);
        for (const NestedDual& z : test::naive_affine(u, out, parameters)) {
          y.push_back(composed(test::naive_sigma_derivatives(order, directions + 1, z[0]), z));
        }
        return y;
      });
}

TEST(FirstLayer, isADenseLayerOfTheSeededInput) {
  for (int directions = 0; directions <= 5; ++directions) {
    expect_first_layer(directions, directions + 1, 3);
  }
}

TEST(FirstLayer, takesDirectionsInEveryVariable) { expect_first_layer(3, 3, 17); }

TEST(FirstLayer, inEightDirections) { expect_first_layer(8, 8, 1); }

TEST(Expand, makesJetsOfASeed) {
  test::expect_operation(
      {{{0, 3}}},
      [](auto& tape, const auto& operands, auto) { return expand(tape, seed_of(operands[0], 2)); },
      [](const test::Sample& sample, const std::vector<Real>&) {
        return naive_seed(sample[0], 2);
      });
}

}  // namespace
}  // namespace finn::ops
