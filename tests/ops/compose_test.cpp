#include "ops/compose.hpp"

#include "core/subset.hpp"
#include "ops/activation.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Operand;
using test::Real;

// The naive reference of compose, for an activation given by derivatives(count, x).
template <class Derivatives>
auto naive_compose(int variables, Derivatives derivatives) {
  return [=](const test::Sample& sample, const std::vector<Real>&) {
    Features result;
    for (const NestedDual& z : sample[0]) {
      result.push_back(composed(derivatives(variables + 1, z[0]), z));
    }
    return result;
  };
}

// With many variables one lane's gradient takes the reference long enough.
test::OperationCase case_of(const Operand& operand) {
  return {{operand}, 0, operand.variables > 5 ? 1 : 4, operand.variables < 7};
}

void expect_sigma(int order, const Operand& operand) {
  SCOPED_TRACE("sigma_" + std::to_string(order) + " of " + std::to_string(operand.variables));
  test::expect_operation(
      case_of(operand),
      [=](auto& tape, const auto& operands, auto) {
        using T = std::remove_pointer_t<decltype(operands[0].value)>;
        return compose(tape, operands[0], sigma<T>(order));
      },
      naive_compose(operand.variables, [=](int count, Real x) {
        return test::naive_sigma_derivatives(order, count, x);
      }));
}

void expect_tanh(const Operand& operand) {
  SCOPED_TRACE("tanh of " + std::to_string(operand.variables));
  test::expect_operation(
      case_of(operand),
      [](auto& tape, const auto& operands, auto) {
        using T = std::remove_pointer_t<decltype(operands[0].value)>;
        return compose(tape, operands[0], tanh<T>());
      },
      naive_compose(operand.variables, test::naive_tanh_derivatives));
}

TEST(Compose, sigmaOfEveryOrderInUpToThreeVariables) {
  for (int order = 1; order <= core::kMaxVariables; ++order) {
    for (int variables = 0; variables <= 3; ++variables) expect_sigma(order, {variables, 2, -2, 2});
  }
}

TEST(Compose, sigmaOfTheOrderOfFourToSixVariables) {
  for (int variables = 4; variables <= 6; ++variables) {
    expect_sigma(variables, {variables, 1, -2, 2});
  }
}

TEST(Compose, sigmaInSevenVariables) { expect_sigma(7, {7, 1}); }
TEST(Compose, sigmaInEightVariables) { expect_sigma(8, {8, 1}); }

TEST(Compose, tanhInUpToSixVariables) {
  for (int variables = 0; variables <= 6; ++variables) expect_tanh({variables, 1});
}

TEST(Compose, tanhInSevenVariables) { expect_tanh({7, 1}); }
TEST(Compose, tanhInEightVariables) { expect_tanh({8, 1}); }

}  // namespace
}  // namespace finn::ops
