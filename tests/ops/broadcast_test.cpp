#include "ops/broadcast.hpp"

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

template <class T>
ParameterBlock<T> block_of(const test::Parameters<T>& parameters, int count) {
  return {parameters.value, parameters.adjoint, count};
}

TEST(Broadcast, isTheSameInEveryLaneAndItsAdjointTheSumOverThem) {
  test::expect_operation(
      {{}, 3},
      [](auto& tape, const auto&, auto parameters) {
        return broadcast(tape, block_of(parameters, 3));
      },
      [](const test::Sample&, const std::vector<Real>& parameters) {
        Features y;
        for (const Real parameter : parameters) y.push_back(NestedDual(0, parameter));
        return y;
      });
}

TEST(Move, addsWhatEveryLaneHas) {
  test::expect_operation(
      {{{0, 3}}, 3},
      [](auto& tape, const auto& operands, auto parameters) {
        return add_offset(tape, operands[0], block_of(parameters, 3));
      },
      [](const test::Sample& sample, const std::vector<Real>& parameters) {
        Features y = sample[0];
        for (std::size_t k = 0; k < y.size(); ++k) y[k][0] += parameters[k];
        return y;
      });
}

}  // namespace
}  // namespace finn::ops
