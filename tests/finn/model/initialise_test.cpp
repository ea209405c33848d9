#include "finn/model/initialise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/shared_weights.hpp"
#include "ops/activation.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> parameters_of(const ModelSettings& settings, std::uint64_t seed) {
  const Model<double> model = test::model_of<double>(settings, seed);
  return {model.parameters(), model.parameters() + model.parameter_count()};
}

TEST(Initialise, drawsTheSameParametersFromTheSameSeed) {
  const ModelSettings settings = test::settings_of(3);
  EXPECT_EQ(parameters_of(settings, 7), parameters_of(settings, 7));
  EXPECT_NE(parameters_of(settings, 7), parameters_of(settings, 8));
}

// Standard deviation over the domain of the first pre-activation of the second layer.
double spread_of_second_layer(ModelSettings settings) {
  const Model<double> model = test::model_of<double>(settings);
  NetworkShape body = settings.network;
  body.widths.pop_back();
  body.outputs = settings.network.widths.back();
  const Network network(body);
  const std::vector<double> x = test::points_in(model.box(), 4096, 99);
  core::Tape<double> tape;
  double sum = 0, squares = 0;
  for (std::int64_t t = 0; t < core::Tiling<double>(4096, 0).count(); ++t) {
    tape.begin(core::kTileLanes<double>, core::Mode::evaluate);
    const double* rows = x.data() + t * core::kTileLanes<double> * model.variables();
    const int n = model.variables();
    const auto input = seed(tape, model.coordinates(), n, 0, rows, n);
    const auto z =
        network.mixed_partial(input, SharedWeights<double>(tape, model.weights(), nullptr));
    for (int lane = 0; lane < z.lanes; ++lane) {
      sum += z.row(0, 0)[lane];
      squares += z.row(0, 0)[lane] * z.row(0, 0)[lane];
    }
  }
  const double mean = sum / 4096;
  return std::sqrt(squares / 4096 - mean * mean);
}

TEST(Initialise, givesPreactivationsUnitSpreadOverTheDomain) {
  for (int variables = 1; variables <= 4; ++variables) {
    EXPECT_NEAR(spread_of_second_layer(test::settings_of(variables)), 1.0, 0.15) << variables;
    EXPECT_NEAR(spread_of_second_layer(test::signed_settings_of(variables)), 1.0, 0.15)
        << variables;
  }
}

TEST(Initialise, isFiniteAndNormalisableUpToEightVariables) {
  for (int variables = 1; variables <= 8; ++variables) {
    ModelSettings settings = test::settings_of(variables);
    settings.network.widths = {4, 4};
    const Model<float> model = test::model_of<float>(settings);
    Workspace workspace(1);
    const std::vector<double> x = test::points_in(model.box(), 50);
    std::vector<double> f(50);
    mixed_partial(model, workspace, core::full_subset(variables), x.data(), 50, f.data());
    for (const double value : f) EXPECT_TRUE(std::isfinite(value) && value >= 0) << variables;
  }
}

TEST(Initialise, givesEveryOptionAFiniteAndNormalisableStart) {
  ModelSettings skipping = test::settings_of(3);
  skipping.network.widths = {8, 8, 8};
  skipping.network.skip_read_out = true;
  ModelSettings orthants = skipping;
  orthants.network.orthants = 8;
  ModelSettings softplus = test::signed_settings_of(3);
  softplus.network.activation = ActivationKind::softplus;
  ModelSettings sine = test::signed_settings_of(3);
  sine.network.activation = ActivationKind::sine;
  for (const ModelSettings& settings :
       {skipping, orthants, softplus, sine, test::mixture_settings_of(3),
        test::mixture_settings_of(16)}) {
    const Model<double> model = test::model_of<double>(settings);
    Workspace workspace(1);
    const std::vector<double> x = test::points_in(model.box(), 50);
    std::vector<double> f(50);
    mixed_partial(model, workspace, all_variables(model.variables()), x.data(), 50, f.data());
    for (const double value : f) EXPECT_TRUE(std::isfinite(value));
    double integral;
    integrate(model, workspace, model.box(), &integral, nullptr, nullptr);
    EXPECT_NEAR(integral, 1, 1e-12);
  }
}

// Where f is after the initialisation: the mean of the log of f at the points, against that of the
// uniform density.
double mean_log_density(const Model<double>& model, const std::vector<double>& x) {
  Workspace workspace(1);
  const auto count = static_cast<std::int64_t>(x.size()) / model.variables();
  std::vector<double> f(static_cast<std::size_t>(count));
  mixed_partial(model, workspace, all_variables(model.variables()), x.data(), count, f.data());
  double sum = 0;
  for (const double value : f) sum += std::log(value * model.box().volume());
  return sum / static_cast<double>(count);
}

TEST(Initialise, putsTheTermsOfAProductWhereTheDataAre) {
  ModelSettings settings = test::mixture_settings_of(3);
  settings.network.components = 16;
  Model<double> model = test::model_of<double>(settings);
  Box corner = model.box();
  for (std::size_t i = 0; i < 3; ++i)
    corner.upper[i] = 0.8 * corner.lower[i] + 0.2 * corner.upper[i];
  for (const std::int64_t count : {200, 2000}) {
    const std::vector<double> x = test::points_in(corner, count);
    CornerScratch scratch;
    initialise(model, 3, scratch, {x.data(), count});
    EXPECT_GT(mean_log_density(model, x), 2.5) << count;
  }
}

TEST(Initialise, takesTheStatisticsOfAnMlpFromDataToo) {
  ModelSettings settings = test::settings_of(2);
  Model<double> model = test::model_of<double>(settings, 5);
  const std::vector<double> uniform = parameters_of(settings, 5);
  const std::vector<double> x = test::points_in(model.box(), 100);
  CornerScratch scratch;
  initialise(model, 5, scratch, {x.data(), 100});
  EXPECT_NE(std::vector<double>(model.parameters(), model.parameters() + model.parameter_count()),
            uniform);
  // One point has no spread; what comes of it must still be finite.
  initialise(model, 5, scratch, {x.data(), 1});
  for (std::int64_t i = 0; i < model.parameter_count(); ++i) {
    EXPECT_TRUE(std::isfinite(model.parameters()[i])) << i;
  }
}

}  // namespace
}  // namespace finn::net
