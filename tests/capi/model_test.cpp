// Models: shape, seed, parameters, clones.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(ModelOptions, defaultsAreThoseOfTheHeader) {
  finn_model_options options;
  ASSERT_EQ(finn_model_options_init(&options), FINN_OK);
  EXPECT_EQ(options.struct_size, sizeof options);
  EXPECT_EQ(options.outputs, 1);
  EXPECT_EQ(options.lower, nullptr);
  EXPECT_EQ(options.upper, nullptr);
  EXPECT_EQ(options.widths, nullptr);
  EXPECT_EQ(options.precision, FINN_FLOAT64);
  EXPECT_EQ(options.positivity, FINN_POSITIVITY_AUTO);
  EXPECT_EQ(options.head, FINN_HEAD_AUTO);
  EXPECT_EQ(options.activation, FINN_ACTIVATION_AUTO);
  EXPECT_EQ(options.last_layer, FINN_LAST_LAYER_LINEAR);
  EXPECT_EQ(options.constraint, FINN_CONSTRAINT_AUTO);
  EXPECT_EQ(options.target, nullptr);
  EXPECT_EQ(options.uniform_share, 0.0);
  EXPECT_EQ(options.coordinates, FINN_COORDINATES_STANDARD);
  EXPECT_EQ(options.reserved, 0);
  EXPECT_EQ(options.seed, 0u);
}

TEST(ModelOptions, withoutWidthsMakeTwoHiddenLayersOf32) {
  const double lower[] = {0, 0, 0}, upper[] = {1, 1, 1};
  finn_model_options options;
  finn_model_options_init(&options);
  options.head = FINN_NETWORK_MLP;
  options.variables = 3;
  options.outputs = 2;
  options.lower = lower;
  options.upper = upper;
  options.hidden_layers = 17;  // ignored
  finn_model* made = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &made, e); });
  const ModelHandle model(made);
  EXPECT_EQ(finn_model_parameter_count(made), 32 * 3 + 32 + 32 * 32 + 32 + 2 * 32 + 2);
}

TEST(Model, knowsItsShape) {
  const ModelHandle model = make_model({.variables = 3, .outputs = 2, .widths = {5, 4}});
  EXPECT_EQ(finn_model_variables(model.get()), 3);
  EXPECT_EQ(finn_model_outputs(model.get()), 2);
  EXPECT_EQ(finn_model_parameter_count(model.get()), 5 * 3 + 5 + 4 * 5 + 4 + 2 * 4 + 2);
}

TEST(Model, existsForEveryNumberOfVariables) {
  const WorkspaceHandle workspace = make_workspace();
  for (int n = 1; n <= FINN_MAX_VARIABLES; ++n) {
    SCOPED_TRACE(n);
    const ModelHandle model = make_model({.variables = n, .widths = {4, 3}});
    const auto result = integral(model.get(), workspace.get(), lower_of(n), upper_of(n));
    EXPECT_NEAR(result.value[0], 1.0, 1e-9);
    EXPECT_GT(integrand(model.get(), workspace.get(), random_points<double>(n, 1, 3))[0], 0.0);
  }
}

TEST(Model, ofTheSameSeedHasTheSameParameters) {
  const ModelHandle a = make_model({.seed = 11});
  const ModelHandle b = make_model({.seed = 11});
  EXPECT_TRUE(same_bits(parameters_of<double>(a.get()), parameters_of<double>(b.get())));
}

TEST(Model, ofAnotherSeedHasOtherParameters) {
  const ModelHandle a = make_model({.seed = 11});
  const ModelHandle b = make_model({.seed = 12});
  EXPECT_FALSE(same_bits(parameters_of<double>(a.get()), parameters_of<double>(b.get())));
}

TEST(Model, copiesTheArraysOfItsOptions) {
  std::vector<double> lower{-1, -1}, upper{1, 1}, epsilon{3};
  std::vector<std::int32_t> widths{4, 4};
  finn_model_options options;
  finn_model_options_init(&options);
  options.variables = 2;
  options.lower = lower.data();
  options.upper = upper.data();
  options.target = epsilon.data();
  options.widths = widths.data();
  options.hidden_layers = 2;
  finn_model* made = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &made, e); });
  const ModelHandle model(made);
  for (auto* array : {&lower, &upper, &epsilon}) {
    std::fill(array->begin(), array->end(), std::numeric_limits<double>::quiet_NaN());
  }
  std::fill(widths.begin(), widths.end(), -1);
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_NEAR(integral(made, workspace.get(), {-1, -1}, {1, 1}).value[0], 3.0, 3e-12);
}

TEST(ModelClone, hasTheSameParametersAndTheSameIntegrand) {
  const ModelHandle model = make_model({});
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  const ModelHandle clone(copy);
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<double>(2, 20, 1);
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), parameters_of<double>(copy)));
  EXPECT_TRUE(
      same_bits(integrand(model.get(), workspace.get(), x), integrand(copy, workspace.get(), x)));
}

TEST(ModelClone, isIndependentOfTheOriginal) {
  ModelHandle model = make_model({});
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  const ModelHandle clone(copy);
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<double>(2, 20, 1);
  const auto before = integrand(copy, workspace.get(), x);
  auto parameters = parameters_of<double>(model.get());
  for (double& parameter : parameters) parameter *= 1.5;
  set_parameters(model.get(), parameters);
  EXPECT_FALSE(same_bits(integrand(model.get(), workspace.get(), x), before));
  model.reset();
  EXPECT_TRUE(same_bits(integrand(copy, workspace.get(), x), before));
}

template <class T>
class Parameters : public ::testing::Test {};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(Parameters, Reals);

// Only a double model read through float arrays loses digits; these values have none to lose.
TYPED_TEST(Parameters, comeBackAsTheyWereSet) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model = make_model({.precision = precision});
    const auto count = static_cast<std::size_t>(finn_model_parameter_count(model.get()));
    std::vector<TypeParam> values = random_numbers<TypeParam>(count, -2, 2, 5);
    for (TypeParam& value : values) value = static_cast<TypeParam>(static_cast<float>(value));
    set_parameters(model.get(), values);
    EXPECT_TRUE(same_bits(parameters_of<TypeParam>(model.get()), values));
  }
}

TEST(ParametersOfADoubleModel, keepEveryBitInDoubleAndAreRoundedToFloat) {
  const ModelHandle model = make_model({});
  const auto count = static_cast<std::size_t>(finn_model_parameter_count(model.get()));
  const auto values = random_numbers<double>(count, -2, 2, 5);
  set_parameters(model.get(), values);
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), values));
  const auto rounded = parameters_of<float>(model.get());
  for (std::size_t k = 0; k < count; ++k) EXPECT_EQ(rounded[k], static_cast<float>(values[k]));
}

TEST(ParametersOfAFloatModel, areRoundedWhenTheyAreSet) {
  const ModelHandle model = make_model({.precision = FINN_FLOAT32});
  const auto count = static_cast<std::size_t>(finn_model_parameter_count(model.get()));
  const auto values = random_numbers<double>(count, -2, 2, 5);
  set_parameters(model.get(), values);
  const auto stored = parameters_of<double>(model.get());
  for (std::size_t k = 0; k < count; ++k) {
    EXPECT_EQ(stored[k], static_cast<double>(static_cast<float>(values[k])));
  }
}

TEST(Parameters, areLaidOutWeightsThenBiasesLayerByLayer) {
  // One neuron: F = v sigma_1(w x + b) + c, so f = v w sigma_0(w x + b).
  const ModelHandle model = make_model({.variables = 1,
                                        .widths = {1},
                                        .constraint = FINN_CONSTRAINT_NONE,
                                        .input_scaling = FINN_INPUT_SCALING_NONE});
  set_parameters<double>(model.get(), {0.75, -0.25, -2.0, 5.0});
  const WorkspaceHandle workspace = make_workspace();
  const double z = 0.75 * 0.5 - 0.25;
  const double sigma_0 = std::exp(-z * z) / std::sqrt(std::acos(-1.0));
  const std::vector<double> x{0.5};
  EXPECT_NEAR(integrand(model.get(), workspace.get(), x)[0], 2.0 * 0.75 * sigma_0, 1e-14);
  const double sigma_1 = 0.5 * std::erfc(-z);
  EXPECT_NEAR(mixed_partial(model.get(), workspace.get(), 0, x)[0], 2.0 * sigma_1 + 5.0, 1e-14);
}

// |w|, log(1 + exp w), w^2 and exp w, seen through one weight.
TEST(Positivity, mapsTheWeightsAsTheHeaderSays) {
  const double w = -0.75;
  const std::vector<std::pair<finn_positivity, double>> table{
      {FINN_POSITIVITY_NONE, w},
      {FINN_POSITIVITY_ABS, 0.75},
      {FINN_POSITIVITY_SOFTPLUS, std::log1p(std::exp(w))},
      {FINN_POSITIVITY_SQUARE, w * w},
      {FINN_POSITIVITY_EXP, std::exp(w)}};
  const WorkspaceHandle workspace = make_workspace();
  for (const auto& [positivity, weight] : table) {
    SCOPED_TRACE(positivity);
    const ModelHandle model = make_model({.variables = 1,
                                          .widths = {1},
                                          .positivity = positivity,
                                          .activation = FINN_ACTIVATION_SIGMA,
                                          .constraint = FINN_CONSTRAINT_NONE,
                                          .input_scaling = FINN_INPUT_SCALING_NONE});
    set_parameters<double>(model.get(), {w, 0.0, w, 0.0});
    const std::vector<double> origin{0.0};
    const double f = weight * weight / std::sqrt(std::acos(-1.0));
    EXPECT_NEAR(integrand(model.get(), workspace.get(), origin)[0], f, 1e-15);
  }
}

TEST(Model, withoutAnyIntegralCannotBeScaled) {
  const ModelHandle model = make_model({.method = FINN_METHOD_SCALE});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> zeros(
      static_cast<std::size_t>(finn_model_parameter_count(model.get())));
  const auto x = random_points<double>(2, 1, 1);
  double f = 0;
  finn_status status = finn_model_set_parameters_f64(
      model.get(), zeros.data(), static_cast<std::int64_t>(zeros.size()), nullptr);
  if (status == FINN_OK) {
    status = finn_integrand_f64(model.get(), workspace.get(), x.data(), 1, &f, nullptr);
  }
  EXPECT_EQ(status, FINN_ERROR_INTEGRAL);
}

}  // namespace
}  // namespace finn::test
