#include "ops/normalise.hpp"

#include <string>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tape.hpp"
#include "ops/kernels/dispatch.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/instruction_sets.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

// y of one sample; scale(j) and coefficient(j, k) are numbers.
template <class Scale, class Coefficient>
Features normalised(const Features& p, const Features* h, Scale&& scale,
                    Coefficient&& coefficient) {
  Features y;
  for (std::size_t j = 0; j < p.size(); ++j) {
    y.push_back(scale(j) * p[j]);
    for (std::size_t k = 0; h != nullptr && k < h->size(); ++k) {
      y[j] = y[j] + coefficient(j, k) * (*h)[k];
    }
  }
  return y;
}

std::vector<test::Operand> operands_of(int outputs, int functions) {
  std::vector<test::Operand> operands{{0, outputs}};
  if (functions > 0) operands.push_back({0, functions});
  return operands;
}

// Parameters are the scales, then the coefficients.
void expect_normalise(int outputs, int functions) {
  SCOPED_TRACE(std::to_string(outputs) + " outputs, " + std::to_string(functions) + " functions");
  test::expect_operation(
      {operands_of(outputs, functions), outputs * (1 + functions)},
      [=](auto& tape, const auto& operands, auto p) {
        using T = std::remove_pointer_t<decltype(p.adjoint)>;
        const NormaliserParameters<T> parameters{
            p.value, p.value + outputs, p.adjoint,
            p.adjoint == nullptr ? nullptr : p.adjoint + outputs};
        return normalise(tape, operands[0], functions > 0 ? operands[1] : core::Jet<T>{},
                         parameters);
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        return normalised(
            sample[0], functions > 0 ? &sample[1] : nullptr,
            [&](std::size_t j) { return parameters[j]; },
            [&](std::size_t j, std::size_t k) {
              return parameters[sample[0].size() + j * sample[1].size() + k];
            });
      });
}

// Operands are p, h, the scales and the coefficients, or p and the scales.
void expect_normalise_lanes(int outputs, int functions) {
  SCOPED_TRACE(std::to_string(outputs) + " outputs, " + std::to_string(functions) + " functions");
  std::vector<test::Operand> operands = operands_of(outputs, functions);
  const std::size_t scales = operands.size();
  operands.push_back({0, outputs});
  if (functions > 0) operands.push_back({0, outputs * functions});
  test::expect_operation(
      {operands},
      [=](auto& tape, const auto& jets, auto) {
        const std::remove_cvref_t<decltype(jets[0])> none;
        const bool has = functions > 0;
        return normalise_lanes(tape, jets[0], has ? jets[1] : none, jets[scales],
                               has ? jets[3] : none);
      },
      [=](const test::Sample& sample, const std::vector<Real>&) {
        return normalised(
            sample[0], functions > 0 ? &sample[1] : nullptr,
            [&](std::size_t j) { return sample[scales][j][0]; },
            [&](std::size_t j, std::size_t k) { return sample[3][j * sample[1].size() + k][0]; });
      });
}

TEST(Normalise, scalesAndAddsFunctionsByParametersOfAllSamples) {
  expect_normalise(1, 0);
  expect_normalise(3, 0);
  expect_normalise(1, 1);
  expect_normalise(2, 5);
}

TEST(Normalise, scalesAndAddsFunctionsByParametersOfEveryLane) {
  expect_normalise_lanes(1, 0);
  expect_normalise_lanes(3, 0);
  expect_normalise_lanes(1, 1);
  expect_normalise_lanes(2, 5);
}

// y of one output and one function where every lane has the numbers p, s, lambda and h.
template <class T>
T normalised_number(bool of_lanes, T p, T s, T lambda, T h, int samples) {
  core::Tape<T> tape;
  tape.begin(samples, core::Mode::evaluate);
  auto row = [&](T number) {
    const core::Jet<T> jet = tape.value(1);
    std::fill_n(jet.value, jet.size(), number);
    return jet;
  };
  const core::Jet<T> partial = row(p), function = row(h);
  const core::Jet<T> y =
      of_lanes ? normalise_lanes(tape, partial, function, row(s), row(lambda))
               : normalise(tape, partial, function, NormaliserParameters<T>{&s, &lambda});
  return y.value[samples - 1];
}

TEST(Normalise, roundsTheSameWhereverItsParametersComeFrom) {
  core::Random random(3);
  for (int i = 0; i < 1000; ++i) {
    double n[4];
    for (double& number : n) number = random.uniform(-1, 1);
    for (const int samples : {1, 7}) {
      EXPECT_EQ(normalised_number(true, n[0], n[1], n[2], n[3], samples),
                normalised_number(false, n[0], n[1], n[2], n[3], samples));
    }
  }
}

TEST(Normalise, addsTheFunctionInOneRoundingWhereTheInstructionSetHasOne) {
  const double small = 0x1p-30;
  const double y = normalised_number(false, 1.0, -1.0, 1 + small, 1 - small, 5);
  EXPECT_EQ(y, active_instruction_set().fused ? -0x1p-60 : 0.0);
}

TEST(Normalise, sumsAdjointsOfParametersOverSamplesAndNotOverPadding) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::record);
  const core::Jet<double> p = tape.value(1), h = tape.value(1);
  std::fill_n(p.value, p.size(), 2.0);
  std::fill_n(h.value, h.size(), 3.0);
  const double scale = 5, coefficient = 7;
  double scale_adjoint = 0, coefficient_adjoint = 0;
  const auto y = normalise(
      tape, p, h,
      NormaliserParameters<double>{&scale, &coefficient, &scale_adjoint, &coefficient_adjoint});
  std::fill_n(y.adjoint, y.size(), 1.0);
  tape.sweep();
  EXPECT_EQ(scale_adjoint, 3 * 2);
  EXPECT_EQ(coefficient_adjoint, 3 * 3);
}

TEST(Normalise, leavesParametersAloneWhoseAdjointsNobodyAsksFor) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::record);
  const core::Jet<double> p = tape.value(1), h = tape.value(1);
  std::fill_n(p.value, p.size(), 2.0);
  std::fill_n(h.value, h.size(), 3.0);
  const double scale = 5, coefficient = 7;
  const auto y = normalise(tape, p, h, NormaliserParameters<double>{&scale, &coefficient});
  y.adjoint[0] = 1;
  tape.sweep();
  EXPECT_EQ(y.value[0], 31);
  EXPECT_EQ(p.adjoint[0], 5);
  EXPECT_EQ(h.adjoint[0], 7);
}

}  // namespace
}  // namespace finn::ops
