#include "ops/groups.hpp"

#include <cmath>

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

TEST(SumGroups, sumsTheMembersOfEachGroup) {
  test::expect_operation(
      {{{0, 6}}},
      [](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        return sum_groups(tape, operands[0], 3, T(-2));
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        const Features& x = sample[0];
        return Features{Real(-2) * (x[0] + x[1] + x[2]), Real(-2) * (x[3] + x[4] + x[5])};
      });
}

TEST(GroupShares, areTheSoftmaxOfEachGroup) {
  test::expect_operation(
      {{{0, 6, -3, 3}}},
      [](auto& tape, const auto& operands, auto) { return group_shares(tape, operands[0], 3); },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t k = 0; k < 6; ++k) {
          Real sum = 0;
          for (std::size_t other = k / 3 * 3; other < k / 3 * 3 + 3; ++other) {
            sum += std::exp(sample[0][other][0]);
          }
          y.push_back(NestedDual(0, std::exp(sample[0][k][0]) / sum));
        }
        return y;
      });
}

TEST(GroupShares, ofLargeNumbersAreFinite) {
  core::Tape<float> tape;
  tape.begin(1, core::Mode::evaluate);
  const core::Jet<float> x = tape.value(2);
  std::fill_n(x.row(0, 0), x.lanes, 1e30f);
  std::fill_n(x.row(0, 1), x.lanes, -1e30f);
  const core::Jet<float> y = group_shares(tape, x, 2);
  EXPECT_EQ(y.row(0, 0)[0], 1.0f);
  EXPECT_EQ(y.row(0, 1)[0], 0.0f);
}

}  // namespace
}  // namespace finn::ops
