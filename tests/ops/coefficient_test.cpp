#include "ops/coefficient.hpp"

#include <string>

#include "core/subset.hpp"
#include "ops/product.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

void expect_coefficient(int variables, int features, core::Subset subset) {
  SCOPED_TRACE("subset " + std::to_string(subset) + " of " + std::to_string(variables));
  test::expect_operation(
      {{{variables, features}}},
      [=](auto& tape, const auto& x, auto) { return coefficient(tape, x[0], subset); },
      [=](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (const NestedDual& x : sample[0]) y.emplace_back(0, x[subset]);
        return y;
      });
}

TEST(Coefficient, isAnyMixedPartialOfTheJet) {
  for (int variables = 0; variables <= 3; ++variables) {
    for (core::Subset subset = 0; subset <= core::full_subset(variables); ++subset) {
      expect_coefficient(variables, 3, subset);
    }
  }
}

TEST(Coefficient, isTheTopOneOfEightVariables) { expect_coefficient(8, 2, core::full_subset(8)); }

TEST(Coefficient, ofAProductGoesBackToBothFactors) {
  test::expect_operation(
      {{{2, 3}, {2, 3}}},
      [](auto& tape, const auto& x, auto) {
        return coefficient(tape, product(tape, x[0], x[1]), 3);
      },
      [](const test::Sample& x, const std::vector<Real>&) {
        Features y;
        for (std::size_t j = 0; j < 3; ++j) y.emplace_back(0, (x[0][j] * x[1][j])[3]);
        return y;
      });
}

}  // namespace
}  // namespace finn::ops
