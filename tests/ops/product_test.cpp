#include "ops/product.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::Real;

Features naive_product(const Features& a, const Features& b) {
  Features y;
  for (std::size_t j = 0; j < a.size(); ++j) y.push_back(a[j] * b[j]);
  return y;
}

void expect_product(int variables, int features) {
  SCOPED_TRACE(std::to_string(variables) + " variables");
  test::expect_operation(
      {{{variables, features}, {variables, features}}, 0, variables > 6 ? 1 : 4},
      [](auto& tape, const auto& operands, auto) {
        return product(tape, operands[0], operands[1]);
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        return naive_product(sample[0], sample[1]);
      });
}

TEST(Product, ofJetsInUpToSixVariables) {
  for (int variables = 0; variables <= 6; ++variables) expect_product(variables, 2);
}

TEST(Product, ofJetsInSevenAndEightVariables) {
  expect_product(7, 1);
  expect_product(8, 1);
}

TEST(Product, ofAJetWithItself) {
  for (int variables = 0; variables <= 3; ++variables) {
    test::expect_operation(
        {{{variables, 3}}},
        [](auto& tape, const auto& operands, auto) {
          return product(tape, operands[0], operands[0]);
        },
        [](const test::Sample& sample, const std::vector<Real>&) {
          return naive_product(sample[0], sample[0]);
        });
  }
}

TEST(Product, ofThreeJetsGoesBackThroughTheIntermediateOne) {
  test::expect_operation(
      {{{2, 2}, {2, 2}, {2, 2}}},
      [](auto& tape, const auto& x, auto) {
        return product(tape, product(tape, x[0], x[1]), x[2]);
      },
      [](const test::Sample& x, const std::vector<Real>&) {
        return naive_product(naive_product(x[0], x[1]), x[2]);
      });
}

}  // namespace
}  // namespace finn::ops
