#include "finn/constraints/lane_constraint.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/expect_operation.hpp"

namespace finn::net {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

constexpr double kVolume = 2.5;

template <class T>
LaneIntegral<T> integral_of(core::Tape<T>& tape, const core::Jet<T>& value) {
  double* magnitude = tape.template array<double>(value.size());
  std::fill_n(magnitude, value.size(), 1.0);
  return {value, magnitude, 1e-16};
}

// y of one output, from f', I and epsilon.
Real naive(ConstraintKind kind, Real partial, Real integral, Real epsilon) {
  if (kind == ConstraintKind::scale) return partial * epsilon / integral;
  return partial + (epsilon - integral) / static_cast<Real>(kVolume);
}

void expect_constrained(ConstraintKind kind) {
  test::expect_operation(
      {{{0, 2}, {0, 2, 0.5, 2}, {0, 2, 0.5, 2}}},
      [=](auto& tape, const auto& operands, auto) {
        Constraint constraint;
        constraint.kind = kind;
        return constrain_lanes(tape, constraint, kVolume, operands[0],
                               integral_of(tape, operands[1]), operands[2], nullptr, 0);
      },
      [=](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t j = 0; j < 2; ++j) {
          y.push_back(
              NestedDual(0, naive(kind, sample[0][j][0], sample[1][j][0], sample[2][j][0])));
        }
        return y;
      });
}

TEST(LaneConstraint, scalesEverySampleByItsOwnIntegralAndEpsilon) {
  expect_constrained(ConstraintKind::scale);
}

TEST(LaneConstraint, shiftsEverySampleByItsOwnIntegralAndEpsilon) {
  expect_constrained(ConstraintKind::shift);
}

TEST(LaneConstraint, namesTheRowWhoseIntegralVanishes) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::evaluate);
  const core::Jet<double> partial = tape.value(1), integral = tape.value(1);
  std::fill_n(partial.value, partial.lanes, 1.0);
  std::fill_n(integral.value, integral.lanes, 1.0);
  integral.value[2] = 0;
  Constraint constraint;
  constraint.epsilon = {1};
  try {
    constrain_lanes(tape, constraint, kVolume, partial, integral_of(tape, integral), {}, nullptr,
                    40);
    FAIL() << "an integral of 0 was scaled";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_INTEGRAL);
    EXPECT_NE(std::string(error.what()).find("row 42"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace finn::net
