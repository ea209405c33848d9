#include "ops/rows.hpp"

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

TEST(Flip, changesTheSignOfSomeFeatures) {
  test::expect_operation(
      {{{0, 3}}},
      [](auto& tape, const auto& operands, auto) { return flip(tape, operands[0], 0b101); },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y = sample[0];
        y[0][0] = -y[0][0];
        y[2][0] = -y[2][0];
        return y;
      });
}

TEST(Flip, ofNothingIsItsOperand) {
  core::Tape<double> tape;
  tape.begin(1, core::Mode::record);
  const core::Jet<double> x = tape.value(2);
  EXPECT_EQ(flip(tape, x, 0).value, x.value);
}

TEST(AddRows, addsMultiplesOfPiecesToFeatures) {
  test::expect_operation(
      {{{0, 2}, {0, 1}}},
      [](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        const auto sum = zeros(tape, 4);
        add_rows(tape, T(-1), operands[0], 1, sum);
        add_rows(tape, T(2), operands[1], 2, sum);
        return sum;
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features sum(4, NestedDual(0));
        sum[1][0] = -sample[0][0][0];
        sum[2][0] = -sample[0][1][0] + 2 * sample[1][0][0];
        return sum;
      });
}

}  // namespace
}  // namespace finn::ops
