#include "ops/sum.hpp"

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::Operand;
using test::Real;

Features naive_combination(Real p, const Features& a, Real q, const Features& b) {
  Features y;
  for (std::size_t j = 0; j < a.size(); ++j) y.push_back(p * a[j] + q * b[j]);
  return y;
}

// The naive reference of p a + q b, for two operands.
auto naive_of_two(Real p, Real q) {
  return [=](const test::Sample& sample, const std::vector<Real>&) {
    return naive_combination(p, sample[0], q, sample[1]);
  };
}

constexpr Operand kOperands[] = {{0, 1}, {0, 5}, {1, 2}, {3, 3}, {8, 1}};

TEST(Sum, addsJets) {
  for (const Operand& x : kOperands) {
    test::expect_operation(
        {{x, x}}, [](auto& tape, const auto& x2, auto) { return add(tape, x2[0], x2[1]); },
        naive_of_two(1, 1));
  }
}

TEST(Sum, subtractsJets) {
  for (const Operand& x : kOperands) {
    test::expect_operation(
        {{x, x}}, [](auto& tape, const auto& x2, auto) { return subtract(tape, x2[0], x2[1]); },
        naive_of_two(1, -1));
  }
}

TEST(Sum, combinesJetsWithFixedFactors) {
  for (const Operand& x : kOperands) {
    test::expect_operation(
        {{x, x}},
        [](auto& tape, const auto& x2, auto) {
          using T = std::remove_pointer_t<decltype(x2[0].value)>;
          return combination(tape, T(-2.5), x2[0], T(0.75), x2[1]);
        },
        naive_of_two(-2.5L, 0.75L));
  }
}

TEST(Sum, addsAJetToItself) {
  test::expect_operation(
      {{{2, 3}}}, [](auto& tape, const auto& x, auto) { return add(tape, x[0], x[0]); },
      [](const test::Sample& sample, const std::vector<Real>&) {
        return naive_combination(1, sample[0], 1, sample[0]);
      });
}

}  // namespace
}  // namespace finn::ops
