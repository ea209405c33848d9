#include "ops/dense.hpp"

#include <string>

#include "ops/activation.hpp"
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

void expect_dense(int variables, int in, int out) {
  SCOPED_TRACE(std::to_string(out) + " x " + std::to_string(in) + " of " +
               std::to_string(variables));
  const int order = variables < 2 ? 2 : variables;
  // A gradient by differences costs the square of the rows, for every lane that has one.
  const int seeded_lanes = variables > 3 || out > 8 ? 1 : 4;
  test::expect_operation(
      {{{variables, in}}, (in + 1) * out, seeded_lanes},
      [=](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        return dense(tape, operands[0], test::layer_of(in, out, parameters), sigma<T>(order));
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        Features y;
        for (const NestedDual& z : test::naive_affine(sample[0], out, parameters)) {
          y.push_back(composed(test::naive_sigma_derivatives(order, variables + 1, z[0]), z));
        }
        return y;
      });
}

TEST(Dense, isAnActivationOfAnAffineMap) {
  for (int variables = 0; variables <= 4; ++variables) expect_dense(variables, 3, 2);
}

TEST(Dense, composesEveryRowThoughOnlySomeAtATime) {
  expect_dense(1, 2, kDenseRows - 1);
  expect_dense(1, 2, kDenseRows);
  expect_dense(1, 2, 2 * kDenseRows + 1);
}

}  // namespace
}  // namespace finn::ops
