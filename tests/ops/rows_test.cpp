#include "ops/rows.hpp"

#include "core/jet.hpp"
#include "core/subset.hpp"
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

TEST(AddRows, addsToTheCoefficientOfASubset) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::record);
  const core::Jet<double> part = tape.value(1);
  std::fill_n(part.value, part.size(), 3.0);
  const core::Jet<double> sum = tape.jet(2, 2);
  std::fill_n(sum.value, sum.extent(), 0.0);
  add_rows(tape, 2.0, part, 1, sum, 0b10);
  for (core::Subset s = 0; s < 4; ++s) {
    EXPECT_EQ(sum.row(s, 1)[0], s == 0b10 ? 6 : 0);
    EXPECT_EQ(sum.row(s, 0)[0], 0);
    sum.adjoint_row(s, 1)[0] = 5 + static_cast<double>(s);
  }
  tape.sweep();
  EXPECT_EQ(part.adjoint_row(0, 0)[0], 2 * 7);
}

}  // namespace
}  // namespace finn::ops
