#include "ops/affine.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"
#include "tests/support/naive_affine.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Real;

void expect_affine(int variables, int in, int out) {
  SCOPED_TRACE(std::to_string(out) + " x " + std::to_string(in));
  test::expect_operation(
      {{{variables, in}}, (in + 1) * out},
      [=](auto& tape, const auto& operands, auto parameters) {
        return affine(tape, operands[0], test::layer_of(in, out, parameters));
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        return test::naive_affine(sample[0], out, parameters);
      });
}

// Shapes that leave every remainder of the kernels' blocks of rows and columns.
TEST(Affine, multipliesMatricesOfEveryRemainder) {
  for (int size = 1; size <= 9; ++size) {
    expect_affine(1, size, 3);
    expect_affine(1, 2, size);
  }
}

TEST(Affine, multipliesLargerMatrices) {
  expect_affine(0, 5, 7);
  expect_affine(1, 9, 13);
  expect_affine(0, 31, 33);
}

TEST(Affine, actsOnEveryCoefficient) {
  for (int variables = 0; variables <= 5; ++variables) expect_affine(variables, 3, 2);
}

TEST(Affine, withoutABiasLeavesTheBiasAdjointAlone) {
  test::expect_operation(
      {{{1, 3}}, 4 * 2},
      [](auto& tape, const auto& operands, auto parameters) {
        auto layer = test::layer_of(3, 2, parameters);
        layer.bias = nullptr;
        layer.bias_adjoint = nullptr;
        return affine(tape, operands[0], layer);
      },
      [](const test::Sample& sample, std::vector<Real> parameters) {
        std::fill(parameters.begin() + 6, parameters.end(), Real(0));
        return test::naive_affine(sample[0], 2, parameters);
      });
}

TEST(Affine, actsOnEightVariables) { expect_affine(8, 1, 1); }

}  // namespace
}  // namespace finn::ops
