#include "ops/affine.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

// Naive reference: parameters are the weights [out][in], then the biases [out].
Features naive_affine(const Features& x, int out, const std::vector<Real>& parameters) {
  const std::size_t in = x.size();
  Features z;
  for (std::size_t o = 0; o < static_cast<std::size_t>(out); ++o) {
    z.push_back(Real(0) * x[0]);
    z[o][0] = parameters[static_cast<std::size_t>(out) * in + o];
    for (std::size_t i = 0; i < in; ++i) {
      for (std::size_t s = 0; s < x[i].size(); ++s) z[o][s] += parameters[o * in + i] * x[i][s];
    }
  }
  return z;
}

void expect_affine(int variables, int in, int out) {
  SCOPED_TRACE(std::to_string(out) + " x " + std::to_string(in));
  test::expect_operation(
      {{{variables, in}}, (in + 1) * out},
      [=](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        const int bias = in * out;
        const Layer<T> layer{in,
                             out,
                             parameters.value,
                             parameters.value + bias,
                             parameters.adjoint,
                             parameters.adjoint + bias};
        return affine(tape, operands[0], layer);
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        return naive_affine(sample[0], out, parameters);
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

TEST(Affine, actsOnEightVariables) { expect_affine(8, 1, 1); }

}  // namespace
}  // namespace finn::ops
