#include "finn/model/model_settings.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::kInfinity;

void expect_refused(ModelSettings settings, const std::function<void(ModelSettings&)>& change,
                    const std::string& words, core::Status status = core::Status::ERROR_ARGUMENT) {
  EXPECT_NO_THROW(require_valid(settings));
  change(settings);
  test::expect_refused([&] { require_valid(settings); }, words, status);
}

ModelSettings conditioned() {
  ModelSettings settings = test::settings_of(2);
  settings.network.conditioning = {ConditioningKind::film, 1, {4}, false};
  settings.conditions = {{0}, {2}};
  return settings;
}

// The integral over a part of the first variable, and all of the second.
ModelSettings with_linear_constraint() {
  ModelSettings settings = test::signed_settings_of(2);
  LinearConstraint linear;
  linear.box = settings.box;
  linear.box.upper[0] = 0;
  linear.box.lower[1] = -kInfinity;
  linear.box.upper[1] = kInfinity;
  linear.values = {1};
  settings.constraint = {};
  settings.constraint.kind = ConstraintKind::projection;
  settings.constraint.linear = {linear};
  return settings;
}

TEST(ModelSettings, haveValidParts) {
  const ModelSettings settings = conditioned();
  expect_refused(
      settings, [](auto& s) { s.network.outputs = 0; }, "outputs: 0 given");
  expect_refused(
      settings, [](auto& s) { s.box.upper[1] = s.box.lower[1]; }, "of variable 1");
  expect_refused(
      settings, [](auto& s) { s.conditions.lower[0] = 2; }, "of condition 0");
  expect_refused(
      settings, [](auto& s) { s.constraint.target.clear(); }, "target", core::Status::ERROR_SIZE);
}

TEST(ModelSettings, haveAsManyVariablesInEveryPart) {
  expect_refused(
      test::settings_of(2), [](auto& s) { s.box = test::skew_box(3); },
      "domain: 3 variables given, the 2 of the network", core::Status::ERROR_SIZE);
  expect_refused(
      with_linear_constraint(), [](auto& s) { s.constraint.linear[0].box = test::skew_box(3); },
      "constraint: 3 variables given, the 2 of the domain", core::Status::ERROR_SIZE);
}

TEST(ModelSettings, haveTargetsAboveZeroWhereAPositiveNetworkIsScaled) {
  expect_refused(
      test::settings_of(2), [](auto& s) { s.constraint.target = {0}; },
      "its target is 0 for output 0");
  const auto between = [](double lower) {
    ModelSettings settings = test::settings_of(2);
    settings.constraint.bound = Bound::between;
    settings.constraint.lower_target = {lower};
    return settings;
  };
  EXPECT_NO_THROW(require_valid(between(0)));
  test::expect_refused([&] { require_valid(between(-1)); }, "its lower is -1 for output 0");
  ModelSettings shifted = test::settings_of(2);
  shifted.constraint.kind = ConstraintKind::shift;
  shifted.constraint.target = {-1};
  EXPECT_NO_THROW(require_valid(shifted));
  ModelSettings free = test::signed_settings_of(2);
  free.constraint.kind = ConstraintKind::scale;
  free.constraint.target = {-1};
  EXPECT_NO_THROW(require_valid(free));
}

TEST(ModelSettings, scaleSmoothlyWithAPositiveNetworkAlone) {
  ModelSettings settings = test::settings_of(2);
  settings.constraint.bound = Bound::at_most;
  settings.constraint.transition = Transition::smooth;
  expect_refused(
      settings,
      [](auto& s) {
        s.network.positivity = ops::Positivity::none;
        s.network.activation = ActivationKind::tanh;
      },
      "FINN_TRANSITION_SMOOTH with FINN_METHOD_SCALE");
}

TEST(ModelSettings, normaliseEachRowByOneIntegralThatIsNotLearned) {
  expect_refused(
      conditioned(), [](auto& s) { s.constraint = with_linear_constraint().constraint; },
      "several integrals at once given with conditions");
  expect_refused(
      conditioned(), [](auto& s) { s.constraint.transition = Transition::learned; },
      "a learned integral given with conditions");
}

TEST(ModelSettings, haveLinearConstraintsOnPartsOfTheDomain) {
  expect_refused(
      with_linear_constraint(), [](auto& s) { s.constraint.linear[0].box.lower[0] = -1.5; },
      "constraint: [-1.5, 0] of variable 0 given for integral 0, a part of the domain, [-1, 0.5]");
  expect_refused(
      with_linear_constraint(),
      [](auto& s) {
        s.constraint.linear[0].box.lower[0] = s.constraint.linear[0].box.upper[0] = 1;
      },
      "lower < upper");
}

template <class T>
void expect_same_settings(const ModelSettings& settings) {
  const ModelSettings found = settings_of(Model<T>(settings));
  EXPECT_EQ(found.network, settings.network);
  EXPECT_EQ(found.box.variables, settings.box.variables);
  EXPECT_EQ(found.box.lower, settings.box.lower);
  EXPECT_EQ(found.box.upper, settings.box.upper);
  EXPECT_EQ(found.domain, settings.domain);
  EXPECT_EQ(found.standard_coordinates, settings.standard_coordinates);
  EXPECT_EQ(found.conditions.lower, settings.conditions.lower);
  EXPECT_EQ(found.conditions.upper, settings.conditions.upper);
  EXPECT_EQ(found.constraint.kind, settings.constraint.kind);
  EXPECT_EQ(found.constraint.bound, settings.constraint.bound);
  EXPECT_EQ(found.constraint.transition, settings.constraint.transition);
  EXPECT_EQ(found.constraint.target, settings.constraint.target);
  EXPECT_EQ(found.constraint.uniform_share, settings.constraint.uniform_share);
  ASSERT_EQ(found.constraint.linear.size(), settings.constraint.linear.size());
  for (std::size_t k = 0; k < found.constraint.linear.size(); ++k) {
    EXPECT_EQ(found.constraint.linear[k].box.lower, settings.constraint.linear[k].box.lower);
    EXPECT_EQ(found.constraint.linear[k].values, settings.constraint.linear[k].values);
  }
}

TEST(ModelSettings, canBeAskedBackFromTheModel) {
  ModelSettings on_domain = test::mixture_settings_of(2, 2);
  on_domain.domain = box_domain(on_domain.box);
  on_domain.standard_coordinates = false;
  on_domain.constraint.uniform_share = 0.25;
  for (const ModelSettings& settings : {conditioned(), with_linear_constraint(), on_domain}) {
    expect_same_settings<double>(settings);
    expect_same_settings<float>(settings);
  }
}

// Infinite limits of a linear constraint stand for those of the domain.
TEST(ModelSettings, meanTheLimitsOfTheDomainByInfiniteOnes) {
  const ModelSettings infinite = with_linear_constraint();
  ModelSettings finite = infinite;
  finite.constraint.linear[0].box.lower[1] = finite.box.lower[1];
  finite.constraint.linear[0].box.upper[1] = finite.box.upper[1];
  const auto a = test::model_of<double>(infinite), b = test::model_of<double>(finite);
  EXPECT_EQ(a.normalisation().coefficients, b.normalisation().coefficients);
}

}  // namespace
}  // namespace finn::net
