#include "ops/dense_top.hpp"

#include <string>

#include "core/subset.hpp"
#include "ops/activation.hpp"
#include "ops/dense.hpp"
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

void expect_dense_top(int variables, int in, int out) {
  SCOPED_TRACE(std::to_string(out) + " x " + std::to_string(in) + " of " +
               std::to_string(variables));
  test::expect_operation(
      {{{variables, in}},
       (in + 1) * out,
       variables > 3 || out >= kDenseRows ? 1 : 4,
       variables < 8 && out < kDenseRows},
      [=](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        return dense_top(tape, operands[0], test::layer_of(in, out, parameters),
                         sigma<T>(variables));
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        Features y;
        for (const NestedDual& z : test::naive_affine(sample[0], out, parameters)) {
          const auto derivatives = test::naive_sigma_derivatives(variables, variables + 1, z[0]);
          y.emplace_back(0, composed(derivatives, z)[core::full_subset(variables)]);
        }
        return y;
      });
}

TEST(DenseTop, isTheTopCoefficientOfADenseLayer) {
  for (int variables = 1; variables <= 5; ++variables) expect_dense_top(variables, 3, 2);
}

TEST(DenseTop, servesEveryRowThoughOnlySomeAtATime) {
  expect_dense_top(1, 2, kDenseRows - 1);
  expect_dense_top(2, 2, 2 * kDenseRows + 1);
}

TEST(DenseTop, inEightVariables) { expect_dense_top(8, 1, 1); }

}  // namespace
}  // namespace finn::ops
