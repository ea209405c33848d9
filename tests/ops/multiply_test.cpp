#include "ops/multiply.hpp"

#include "ops/rows.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::Real;

TEST(Multiply, multipliesFeatureByFeature) {
  test::expect_operation(
      {{{0, 3}, {0, 3}}},
      [](auto& tape, const auto& operands, auto) {
        return multiply(tape, operands[0], operands[1]);
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t k = 0; k < 3; ++k) y.push_back(sample[0][k] * sample[1][k]);
        return y;
      });
}

TEST(Multiply, squaresAValueWithBothAdjoints) {
  test::expect_operation(
      {{{0, 3}}},
      [](auto& tape, const auto& operands, auto) {
        return multiply(tape, operands[0], operands[0]);
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t k = 0; k < 3; ++k) y.push_back(sample[0][k] * sample[0][k]);
        return y;
      });
}

// The features around a slice keep their adjoints.
TEST(Multiply, keepsToASlice) {
  test::expect_operation(
      {{{0, 5}, {0, 3}}},
      [](auto& tape, const auto& operands, auto) {
        return multiply(tape, slice(operands[0], 1, 1), slice(operands[1], 2, 1));
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        return Features{sample[0][1] * sample[1][2]};
      });
}

}  // namespace
}  // namespace finn::ops
