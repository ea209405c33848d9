#include "finn/constraints/lane_normaliser.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"
#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/constraints/affine_normaliser.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/lane_integral.hpp"
#include "ops/normalise.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::net {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

// A box of volume 2.5.
Box domain() { return test::box_of({0, 1}, {1, 3.5}); }

template <class T>
LaneIntegral<T> integral_of(core::Tape<T>& tape, const core::Jet<T>& value) {
  T* magnitude = tape.scratch(value.size());
  std::fill_n(magnitude, value.size(), T(1));
  return {value, magnitude, 1e-16};
}

// f of two outputs, each with an integral and a target of its own.
template <class T>
core::Jet<T> constrained(core::Tape<T>& tape, const Constraint& constraint,
                         const core::Jet<T>& partial, const core::Jet<T>& integral,
                         const core::Jet<T>& target) {
  const AffineNormaliser normaliser(constraint, domain());
  const core::Jet<T> functions = tape.value(normaliser.functions());
  std::fill_n(functions.value, functions.size(), T(1 / 2.5));
  const auto numbers = lane_normalisation(tape, normaliser, integral_of(tape, integral), target,
                                          constraint.target.data(), 0);
  return ops::normalise_lanes(tape, partial, functions, numbers.scale, numbers.coefficients);
}

// f from f', I and the target.
Real naive(ConstraintKind kind, Real uniform_share, Real partial, Real integral, Real target) {
  if (kind == ConstraintKind::scale) {
    return (1 - uniform_share) * partial * target / integral + uniform_share * target / 2.5L;
  }
  return partial + (target - integral) / 2.5L;
}

void expect_constrained(ConstraintKind kind, double uniform_share) {
  test::expect_operation(
      {{{0, 2}, {0, 2, 0.5, 2}, {0, 2, 0.5, 2}}},
      [=](auto& tape, const auto& operands, auto) {
        Constraint constraint;
        constraint.kind = kind;
        constraint.uniform_share = uniform_share;
        return constrained(tape, constraint, operands[0], operands[1], operands[2]);
      },
      [=](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t j = 0; j < 2; ++j) {
          y.push_back(NestedDual(
              0, naive(kind, uniform_share, sample[0][j][0], sample[1][j][0], sample[2][j][0])));
        }
        return y;
      });
}

TEST(LaneNormaliser, scalesEverySampleByItsOwnIntegralAndTarget) {
  expect_constrained(ConstraintKind::scale, 0);
}

TEST(LaneNormaliser, keepsAUniformShareOfEverySamplesOwnTarget) {
  expect_constrained(ConstraintKind::scale, 0.25);
}

TEST(LaneNormaliser, shiftsEverySampleByItsOwnIntegralAndTarget) {
  expect_constrained(ConstraintKind::shift, 0);
}

TEST(LaneNormaliser, namesTheRowWhoseIntegralVanishes) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::evaluate);
  const core::Jet<double> integral = tape.value(1);
  std::fill_n(integral.value, integral.lanes, 1.0);
  integral.value[2] = 0;
  Constraint constraint;
  constraint.target = {1};
  const AffineNormaliser normaliser(constraint, domain());
  try {
    lane_normalisation(tape, normaliser, integral_of(tape, integral), {}, constraint.target.data(),
                       40);
    FAIL() << "an integral of 0 was scaled";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_INTEGRAL);
    EXPECT_NE(std::string(error.what()).find("row 42"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace finn::net
