#include "finn/networks/integral.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/corner_sum.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/golden.hpp"

namespace finn::net {
namespace {

// The network of a golden case, without constraint and in raw coordinates.
Model<double> golden_model(const test::GoldenNetwork& golden) {
  ModelSettings settings;
  settings.network.variables = golden.variables;
  settings.network.outputs = golden.outputs;
  settings.network.widths.assign(golden.widths.begin(), golden.widths.end());
  settings.network.last_activation = golden.last_sigma;
  if (golden.hidden_tanh) settings.network.activation = ActivationKind::tanh;
  if (!golden.positive) settings.network.positivity = ops::Positivity::none;
  settings.box = test::box_of(golden.lower, golden.upper);
  settings.standard_coordinates = false;
  settings.constraint.kind = ConstraintKind::none;
  Model<double> model(settings);
  std::copy(golden.parameters.begin(), golden.parameters.end(), model.mutable_parameters());
  CornerScratch scratch;
  model.update(scratch);
  return model;
}

TEST(CornerSums, areWithinTheirOwnErrorEstimateOfFiftyDigits) {
  for (const test::GoldenNetwork& golden : test::golden_networks()) {
    SCOPED_TRACE(golden.name());
    const Model<double> model = golden_model(golden);
    CornerScratch scratch;
    std::vector<CornerSum> sums;
    corner_sums(model.antiderivative(), model.box(), scratch, sums);
    for (std::size_t j = 0; j < sums.size(); ++j) {
      const auto reference = static_cast<double>(golden.box_integral[j]);
      EXPECT_LE(std::fabs(sums[j].value - reference), sums[j].error_estimate);
      // An estimate that is far too large would be as useless as one that is too small.
      EXPECT_LE(sums[j].error_estimate, 1e-13 * sums[j].magnitude);
    }
  }
}

TEST(CornerSums, areZeroOverABoxWithoutExtent) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  CornerScratch scratch;
  std::vector<CornerSum> sums;
  corner_sums(model.antiderivative(), test::box_of({0.1, -0.5}, {0.1, 0.5}), scratch, sums);
  EXPECT_EQ(sums[0].value, 0);
  EXPECT_GT(sums[0].magnitude, 0);
}

TEST(CornerSums, useEveryCornerOfEightVariables) {
  ModelSettings settings = test::settings_of(8);
  settings.network.widths = {3};
  const Model<double> model = test::model_of<double>(settings);
  CornerScratch scratch;
  std::vector<CornerSum> whole, left, right;
  Box half = model.box();
  corner_sums(model.antiderivative(), half, scratch, whole);
  const double middle = 0.5 * (half.lower[7] + half.upper[7]);
  half.upper[7] = middle;
  corner_sums(model.antiderivative(), half, scratch, left);
  half.lower[7] = middle;
  half.upper[7] = model.box().upper[7];
  corner_sums(model.antiderivative(), half, scratch, right);
  EXPECT_NEAR(left[0].value + right[0].value, whole[0].value, 3 * whole[0].error_estimate);
  EXPECT_GT(left[0].value, 0);
  EXPECT_GT(right[0].value, 0);
}

TEST(CornerSumAdjoint, agreesWithDifferencesInEveryWeight) {
  const Model<double> model = test::model_of<double>(test::signed_settings_of(3, 2));
  CornerScratch scratch;
  const auto count = static_cast<std::size_t>(model.network().parameter_count());
  std::vector<double> weights(model.weights(), model.weights() + count);
  const Antiderivative F{model.network(), model.coordinates(), weights.data()};
  const double adjoint[] = {0.7, -1.3};
  std::vector<double> gradient(count);
  add_corner_sum_adjoint(F, model.box(), adjoint, scratch, gradient.data());
  std::vector<CornerSum> sums;
  const auto value = [&] {
    corner_sums(F, model.box(), scratch, sums);
    return adjoint[0] * sums[0].value + adjoint[1] * sums[1].value;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const double h = 1e-5;
    const double weight = weights[i];
    weights[i] = weight + h;
    const double above = value();
    weights[i] = weight - h;
    const double below = value();
    weights[i] = weight;
    EXPECT_NEAR(gradient[i], (above - below) / (2 * h), 1e-7) << "weight " << i;
  }
}

}  // namespace
}  // namespace finn::net
