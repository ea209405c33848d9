#include "finn/conditioning/conditioning.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "finn/conditioning/delta.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

ModelSettings conditioned(ModelSettings settings, ConditioningKind kind) {
  settings.network.conditioning.kind = kind;
  settings.network.conditioning.conditions = 2;
  if (kind != ConditioningKind::inputs) settings.network.conditioning.widths = {7};
  settings.conditions = {{0, -1}, {4, 3}};
  return settings;
}

void expect_refused(ModelSettings settings, const std::function<void(ModelSettings&)>& change,
                    const std::string& words, core::Status status = core::Status::ERROR_ARGUMENT) {
  const auto check = [&] { require_valid(settings.network.conditioning, settings.conditions); };
  EXPECT_NO_THROW(check());
  change(settings);
  test::expect_refused(check, words, status);
}

TEST(ValidConditioning, hasAsManyLimitsAsConditions) {
  const ModelSettings given = conditioned(test::settings_of(2), ConditioningKind::film);
  expect_refused(
      given, [](auto& s) { s.conditions.upper.pop_back(); }, "2 and 1 limits given",
      core::Status::ERROR_SIZE);
  expect_refused(
      given, [](auto& s) { s.conditions.lower[1] = 3; }, "[3, 3] of condition 1");
  expect_refused(
      given, [](auto& s) { s.conditions.upper[0] = HUGE_VAL; }, "upper: inf",
      core::Status::ERROR_NOT_FINITE);
  expect_refused(
      given,
      [](auto& s) {
        s.conditions = {{-1.5e308, 0}, {1.5e308, 1}};
      },
      "of condition 0");
}

TEST(ValidConditioning, hasAFormAndItsSizes) {
  const ModelSettings film = conditioned(test::settings_of(2), ConditioningKind::film);
  expect_refused(
      film, [](auto& s) { s.network.conditioning.conditions = 65537; },
      "conditions: 65537 given, 1 .. 65536");
  expect_refused(
      film, [](auto& s) { s.network.conditioning.widths = {0}; }, "widths: 0 given");
  expect_refused(
      film, [](auto& s) { s.network.conditioning.widths.assign(65, 1); },
      "hidden_layers: 65 given");
  expect_refused(
      film, [](auto& s) { s.network.conditioning.kind = ConditioningKind::none; },
      "conditions: 2 given, 0 .. 0");
  expect_refused(
      film, [](auto& s) { s.network.conditioning.kind = ConditioningKind(4); }, "form");
  expect_refused(
      conditioned(test::settings_of(2), ConditioningKind::inputs),
      [](auto& s) { s.network.conditioning.widths = {4}; }, "hidden_layers: 1 given, 0 .. 0");
  EXPECT_NO_THROW(require_valid(ConditioningShape{}, ConditionRange{}));
}

int deltas_of(const ModelSettings& settings) {
  return Conditioning(Network(settings.network), settings.conditions).deltas();
}

// Hidden layers of 6 and 5, one output; 3 components of 2 normals per axis in 2 variables.
TEST(Conditioning, changesWhatItsFormSays) {
  const ModelSettings mlp = test::settings_of(2), mixture = test::mixture_settings_of(2);
  EXPECT_EQ(deltas_of(conditioned(mlp, ConditioningKind::film)), 2 * (6 + 5) + 5);
  EXPECT_EQ(deltas_of(conditioned(mlp, ConditioningKind::inputs)), 6 + 5);
  EXPECT_EQ(deltas_of(conditioned(mlp, ConditioningKind::hypernetwork)),
            Network(mlp.network).parameter_count());
  EXPECT_EQ(deltas_of(conditioned(mixture, ConditioningKind::film)), 2 * 3 * 2 + 3);
  EXPECT_EQ(deltas_of(conditioned(mixture, ConditioningKind::inputs)), 2 * 3 * 2);
  EXPECT_EQ(deltas_of(conditioned(mixture, ConditioningKind::hypernetwork)),
            Network(mixture.network).parameter_count());
}

TEST(Conditioning, itsParametersFollowThoseOfTheNetwork) {
  const ModelSettings settings = conditioned(test::settings_of(2), ConditioningKind::film);
  const Model<double> model(settings);
  const std::int64_t own = (2 + 1) * 7 + (7 + 1) * 27;
  EXPECT_EQ(model.conditioning().parameter_count(), own);
  EXPECT_EQ(model.layout().trained_count(), model.network().parameter_count() + own);
  EXPECT_EQ(model.columns(), 4);
}

TEST(Conditioning, standardisesToUnitVarianceOverTheRange) {
  const ModelSettings settings = conditioned(test::settings_of(2), ConditioningKind::film);
  const Conditioning conditioning(Network(settings.network), settings.conditions);
  EXPECT_DOUBLE_EQ(conditioning.standard(0, 2), 0);
  EXPECT_DOUBLE_EQ(conditioning.standard(1, 3), std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(conditioning.standard(1, -1), -std::sqrt(3.0));
}

// The weights are 1, and so are the parameters.
TEST(Conditioning, scalesRowsOfHiddenLayersAndWeightsOfTheReadOut) {
  const ModelSettings settings = conditioned(test::settings_of(1), ConditioningKind::film);
  const Network network(settings.network);
  const Conditioning conditioning(network, settings.conditions);
  std::vector<double> deltas(static_cast<std::size_t>(conditioning.deltas()), 0.0);
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()), 1.0);
  deltas[1] = std::log(2.0);            // scale of unit 1 of the first layer
  deltas[6 + 2] = 0.5;                  // bias of its unit 2
  deltas[12 + 10 + 4] = std::log(3.0);  // the last weight of the read-out
  const std::vector<double> parameters = weights;
  conditioning.add_deltas(network, deltas.data(), parameters.data(), weights.data());
  std::vector<double> expected(weights.size(), 1.0);
  expected[1] = scale_of(std::log(2.0));
  expected[6 + 2] = 1.5;
  expected[expected.size() - 2] = scale_of(std::log(3.0));
  for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(weights[i], expected[i], 1e-15);
}

// A normal of slope w and centre m: w x - w (m + delta).
TEST(Conditioning, movesTheCentresOfNormals) {
  for (const auto kind : {ConditioningKind::film, ConditioningKind::inputs}) {
    const ModelSettings settings = conditioned(test::mixture_settings_of(1), kind);
    const Network network(settings.network);
    const Conditioning conditioning(network, settings.conditions);
    std::vector<double> deltas(static_cast<std::size_t>(conditioning.deltas()), 0.0);
    std::vector<double> parameters(static_cast<std::size_t>(network.parameter_count()), 3.0);
    std::vector<double> weights = parameters;
    network.map_parameters(parameters.data(), weights.data());
    weights[1] = 4;  // the slope of normal 1, of 6
    deltas[1] = 0.5;
    conditioning.add_deltas(network, deltas.data(), parameters.data(), weights.data());
    EXPECT_EQ(weights[6 + 1], -4 * 3.5);
    EXPECT_EQ(weights[6 + 2], -weights[2] * 3);
  }
}

}  // namespace
}  // namespace finn::net
