#include "finn/constraints/normaliser.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/constraints/affine_normaliser.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/corner_sum.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// A model with two outputs in two variables under each constraint.
std::vector<ModelSettings> constrained() {
  std::vector<ModelSettings> cases(5, test::settings_of(2, 2));
  cases[1].constraint.uniform_share = 0.3;
  cases[2] = test::signed_settings_of(2, 2);
  cases[3] = test::signed_settings_of(2, 2);
  cases[3].constraint.kind = ConstraintKind::projection;
  const Box box = cases[3].box;
  cases[3].constraint.linear = {{box, {}, {1, 2}}, {box, {1, 0}, {0.2, -0.5}}};
  cases[4].constraint.kind = ConstraintKind::none;
  return cases;
}

// Every function of a normaliser is the derivative of its antiderivative, and its integral over a
// box is the difference of that over the corners.
TEST(Normaliser, hasFunctionsWhoseIntegralsAreThoseOfTheirAntiderivatives) {
  for (const ModelSettings& settings : constrained()) {
    const auto normaliser = make_normaliser(settings.constraint, settings.box);
    const auto count = static_cast<std::size_t>(normaliser->functions());
    Box box = settings.box;
    box.lower[0] += 0.3;
    box.upper[1] -= 0.2;
    for (std::size_t k = 0; k < count; ++k) {
      std::vector<double> lambda(count), values(count);
      lambda[k] = 1;
      const auto F = [&](Subset v) {
        double x[2];
        box.corner(v, x);
        normaliser->partials(0, x, values.data());
        return values[k];
      };
      const double sum = difference_over_corners(2, Subset{0}, F, std::minus<>());
      EXPECT_NEAR(normaliser->integral(lambda.data(), box), sum, 1e-12);
      Box wider = box, side = box;
      wider.upper[0] += 1e-5;
      side.lower[0] = box.upper[0];
      const double difference =
          normaliser->integral(lambda.data(), wider) - normaliser->integral(lambda.data(), box);
      EXPECT_NEAR(normaliser->integral(lambda.data(), side, 0b01), difference / 1e-5, 1e-4);
      const double x[] = {0.1, -0.2};
      const auto at = [&](VariableSet subset, double dx) {
        const double point[] = {x[0] + dx, x[1]};
        normaliser->partials(subset, point, values.data());
        return values[k];
      };
      EXPECT_NEAR(at(0b11, 0), (at(0b10, 1e-5) - at(0b10, -1e-5)) / 2e-5, 1e-8);
      double slopes[2] = {};
      normaliser->add_slopes(0b11, x, lambda.data(), slopes);
      EXPECT_NEAR(slopes[0], (at(0b11, 1e-5) - at(0b11, -1e-5)) / 2e-5, 1e-8);
      double of_subset[2] = {};
      normaliser->add_slopes(0b10, x, lambda.data(), of_subset);
      EXPECT_NEAR(of_subset[0], at(0b11, 0), 1e-14);
      const auto second = [&](double dx) {
        const double point[] = {x[0] + dx, x[1]};
        normaliser->partials(Orders(0b11).and_once(0), point, values.data());
        return values[k];
      };
      EXPECT_NEAR(second(0), slopes[0], 1e-14);
      double third[2] = {};
      normaliser->add_slopes(Orders(0b11).and_once(0), x, lambda.data(), third);
      EXPECT_NEAR(third[0], (second(1e-5) - second(-1e-5)) / 2e-5, 1e-8);
    }
  }
}

TEST(Normaliser, givesTheIntegralThatIsAskedFor) {
  for (const ModelSettings& settings : constrained()) {
    if (settings.constraint.kind == ConstraintKind::none) continue;
    const Model<double> model = test::model_of<double>(settings);
    EXPECT_NEAR(model.domain_integral(0).value, 1, 1e-13);
  }
}

TEST(Normaliser, isTheIdentityWithoutAConstraintAlone) {
  for (const ModelSettings& settings : constrained()) {
    const auto normaliser = make_normaliser(settings.constraint, settings.box);
    EXPECT_EQ(normaliser->is_identity(), settings.constraint.kind == ConstraintKind::none);
  }
}

TEST(Normaliser, addsTheConstantFunctionInAsManyVariablesAsTheMixtureTakes) {
  Constraint constraint;
  constraint.kind = ConstraintKind::shift;
  Box box;
  box.variables = kMaxBoxVariables;
  box.upper.fill(2);
  const auto normaliser = make_normaliser(constraint, box);
  std::vector<double> x(kMaxBoxVariables, 1.5);
  double value = 0;
  normaliser->partials(all_variables(kMaxBoxVariables), x.data(), &value);
  EXPECT_EQ(value, std::ldexp(1.0, -kMaxBoxVariables));
  normaliser->partials(all_variables(kMaxBoxVariables) ^ 1, x.data(), &value);
  EXPECT_EQ(value, std::ldexp(1.5, -kMaxBoxVariables));
  const double lambda = 1;
  EXPECT_EQ(normaliser->integral(&lambda, box), 1);
}

TEST(Projection, hasNoFormForSamplesOneByOne) {
  const ModelSettings settings = constrained()[3];
  const auto normaliser = make_normaliser(settings.constraint, settings.box);
  EXPECT_FALSE(normaliser->has_lane_form());
  EXPECT_THROW(normaliser->lane_map(0, {1, 1, 0}, 1), core::Error);
}

}  // namespace
}  // namespace finn::net
