// The parameters of a model: how they are laid out, that they come back as they were set, and what
// is refused.
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

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

template <class T>
class BadParameters : public ::testing::Test {
 protected:
  const ModelHandle model_ = make_model({});
  std::vector<T> values_ = parameters_of<T>(model_.get());
  const std::int64_t length_ = finn_model_parameter_count(model_.get());
};
TYPED_TEST_SUITE(BadParameters, Reals);

TYPED_TEST(BadParameters, areNotCopiedOut) {
  const auto get = Api<TypeParam>::get_parameters;
  finn_model* model = this->model_.get();
  TypeParam* values = this->values_.data();
  const std::int64_t length = this->length_;
  const BadCall calls[] = {
      {"model", FINN_ERROR_NULL, "model", [&](auto* e) { return get(nullptr, values, length, e); }},
      {"parameters", FINN_ERROR_NULL, "parameters",
       [&](auto* e) { return get(model, nullptr, length, e); }},
      {"length too small", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return get(model, values, length - 1, e); }},
      {"length too large", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return get(model, values, length + 1, e); }},
      {"length negative", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return get(model, values, -length, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

TYPED_TEST(BadParameters, areNotCopiedIn) {
  const auto set = Api<TypeParam>::set_parameters;
  finn_model* model = this->model_.get();
  const TypeParam* values = this->values_.data();
  const std::int64_t length = this->length_;
  const BadCall calls[] = {
      {"model", FINN_ERROR_NULL, "model", [&](auto* e) { return set(nullptr, values, length, e); }},
      {"parameters", FINN_ERROR_NULL, "parameters",
       [&](auto* e) { return set(model, nullptr, length, e); }},
      {"length too small", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return set(model, values, length - 1, e); }},
      {"length too large", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return set(model, values, length + 1, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

TYPED_TEST(BadParameters, thatAreNotFiniteLeaveTheModelAsItWas) {
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<TypeParam> before = this->values_;
  for (const TypeParam bad : {Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity()}) {
    std::vector<TypeParam> spoiled = before;
    for (TypeParam& value : spoiled) value *= 2;
    spoiled.back() = bad;
    expect_refused({"not finite", FINN_ERROR_NOT_FINITE, "parameters", [&](finn_error* e) {
                      return Api<TypeParam>::set_parameters(this->model_.get(), spoiled.data(),
                                                            this->length_, e);
                    }});
    EXPECT_TRUE(same_bits(parameters_of<TypeParam>(this->model_.get()), before));
  }
}

}  // namespace
}  // namespace finn::test
