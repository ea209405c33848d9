#include "ops/elementwise.hpp"

#include <cmath>

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Operand;
using test::Real;

// The naive reference of a function of the first operand.
template <class Function>
auto naive_map(Function function) {
  return [=](const test::Sample& sample, const std::vector<Real>&) {
    Features y;
    for (const NestedDual& x : sample[0]) y.emplace_back(0, function(x[0]));
    return y;
  };
}

// TEST(Elementwise, name): the operation against `reference` of a long double x in [low, high].
#define FINN_EXPECT_FUNCTION(name, reference, low, high)                       \
  TEST(Elementwise, name) {                                                    \
    test::expect_operation(                                                    \
        {{Operand{0, 3, low, high}}},                                          \
        [](auto& tape, const auto& x, auto) { return ops::name(tape, x[0]); }, \
        naive_map([](Real x) { return reference; }));                          \
  }
FINN_EXPECT_FUNCTION(exp, std::exp(x), -3, 3)
FINN_EXPECT_FUNCTION(log, std::log(x), 0.1, 5)
FINN_EXPECT_FUNCTION(tanh, std::tanh(x), -3, 3)
FINN_EXPECT_FUNCTION(softplus, std::log(1 + std::exp(x)), -5, 5)
FINN_EXPECT_FUNCTION(square, x* x, -3, 3)
FINN_EXPECT_FUNCTION(sqrt, std::sqrt(x), 0.1, 5)
FINN_EXPECT_FUNCTION(abs, x < 0 ? -x : x, -3, 3)
#undef FINN_EXPECT_FUNCTION

TEST(Elementwise, divide) {
  for (const double sign : {-1.0, 1.0}) {
    test::expect_operation(
        {{{0, 3}, {0, 3, sign * 2 - 1, sign * 2 + 1}}},
        [](auto& tape, const auto& x, auto) { return divide(tape, x[0], x[1]); },
        [](const test::Sample& sample, const std::vector<Real>&) {
          Features y;
          for (std::size_t j = 0; j < 3; ++j) y.push_back(sample[0][j] / sample[1][j]);
          return y;
        });
  }
}

TEST(Elementwise, divideOfAValueByItselfHasNoGradient) {
  test::expect_operation(
      {{{0, 2, 1, 2}}}, [](auto& tape, const auto& x, auto) { return divide(tape, x[0], x[0]); },
      naive_map([](Real x) { return x / x; }));
}

// log(exp(x) + ...) and the like: operands used twice, intermediate values with adjoints.
TEST(Elementwise, chainsGoBackThroughEveryUseOfAValue) {
  test::expect_operation(
      {{{0, 2, 0.5, 2}}},
      [](auto& tape, const auto& x, auto) {
        const auto root = ops::sqrt(tape, x[0]);
        return divide(tape, ops::log(tape, root), ops::exp(tape, divide(tape, x[0], root)));
      },
      naive_map([](Real x) { return std::log(x) / 2 * std::exp(-std::sqrt(x)); }));
}

}  // namespace
}  // namespace finn::ops
