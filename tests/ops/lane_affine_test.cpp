#include "ops/lane_affine.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::Real;

void expect_lane_affine(int variables, int in, int out) {
  SCOPED_TRACE(std::to_string(out) + " x " + std::to_string(in) + " in " +
               std::to_string(variables) + " variables");
  test::expect_operation(
      {{{variables, in}, {0, out * in}}},
      [](auto& tape, const auto& operands, auto) {
        return lane_affine(tape, operands[0], operands[1]);
      },
      [=](const test::Sample& sample, const std::vector<Real>&) {
        Features z;
        for (int o = 0; o < out; ++o) {
          z.push_back(Real(0) * sample[0][0]);
          for (int i = 0; i < in; ++i) {
            const Real weight = sample[1][static_cast<std::size_t>(o * in + i)][0];
            z.back() = z.back() + weight * sample[0][static_cast<std::size_t>(i)];
          }
        }
        return z;
      });
}

TEST(LaneAffine, multipliesByTheMatrixOfEveryLane) {
  expect_lane_affine(0, 1, 1);
  expect_lane_affine(0, 4, 3);
  expect_lane_affine(1, 3, 5);
  expect_lane_affine(3, 2, 2);
}

// More rows than fit in a block of sums, and rows that are left over.
TEST(LaneAffine, goesThroughManyRowsInBlocks) {
  expect_lane_affine(0, 2, 13);
  expect_lane_affine(1, 2, 7);
  expect_lane_affine(2, 3, 5);
}

}  // namespace
}  // namespace finn::ops
