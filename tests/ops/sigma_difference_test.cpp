#include "ops/sigma_difference.hpp"

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

// sigma_1(b) - sigma_1(a) = (erfc(-b) - erfc(-a)) / 2, on the side where both are small.
Real naive_difference(Real a, Real b) {
  if (a + b > 0) return naive_difference(-b, -a);
  return (std::erfc(-b) - std::erfc(-a)) / 2;
}

TEST(SigmaDifference, isThatOfSigmaOneAtTheLimits) {
  test::expect_operation(
      {{{0, 5, 0.1, 2}, {0, 5, -3, 3}}},
      [](auto& tape, const auto& operands, auto parameters) {
        using T = std::remove_pointer_t<decltype(parameters.adjoint)>;
        return sigma_difference(tape, operands[0], operands[1], {T(-0.75), T(1.5), T(2.25)});
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t k = 0; k < 5; ++k) {
          const Real slope = sample[0][k][0], bias = sample[1][k][0];
          y.push_back(NestedDual(0, naive_difference(-0.75L * slope + bias, 1.5L * slope + bias)));
        }
        return y;
      });
}

template <class T>
T difference_of(T slope, T bias) {
  core::Tape<T> tape;
  tape.begin(1, core::Mode::evaluate);
  const core::Jet<T> slopes = tape.value(1), biases = tape.value(1);
  std::fill_n(slopes.value, slopes.lanes, slope);
  std::fill_n(biases.value, biases.lanes, bias);
  return sigma_difference(tape, slopes, biases, {T(-0.5), T(0.5), T(1)}).value[0];
}

template <class T>
void expect_full_accuracy() {
  for (const T bias : {T(-6), T(-1), T(0), T(0.5), T(3), T(8)}) {
    for (const T slope : {T(1e-6), T(1e-3), T(0.1), T(1), T(4)}) {
      const Real a = -0.5L * slope + bias, b = 0.5L * slope + bias;
      // Between neighbours erfc itself loses digits: the slope is as good there.
      const Real expected =
          slope < T(1e-2) ? slope * std::exp(-Real(bias) * bias) / std::sqrt(std::acos(Real(-1)))
                          : naive_difference(a, b);
      const Real tolerance = slope < T(1e-2) ? 1e-4L : sizeof(T) == 4 ? 1e-5L : 1e-13L;
      EXPECT_NEAR(static_cast<double>(difference_of(slope, bias) / expected), 1.0,
                  static_cast<double>(tolerance))
          << "slope " << slope << ", bias " << bias;
    }
  }
}

TEST(SigmaDifference, losesNothingOnEitherSideAndBetweenNeighbours) {
  expect_full_accuracy<float>();
  expect_full_accuracy<double>();
}

}  // namespace
}  // namespace finn::ops
