// Every network of tests/data/networks.json through finn.h, against 50-digit values.
#include "tests/support/golden.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// A precision and how far, relatively, a result computed in it may be off.
struct Accuracy {
  const char* name;
  finn_precision precision;
  double tolerance;
};

// How the integral is held to 2; none: not at all.
using Held = std::optional<finn_method>;

ModelHandle golden_model(const GoldenNetwork& network, finn_precision precision, Held held) {
  ModelSpec spec;
  spec.variables = network.variables;
  spec.outputs = network.outputs;
  spec.widths = network.widths;
  spec.precision = precision;
  spec.positivity = network.positive ? FINN_POSITIVITY_ABS : FINN_POSITIVITY_NONE;
  spec.activation = network.hidden_tanh ? FINN_ACTIVATION_TANH : FINN_ACTIVATION_SIGMA;
  spec.output_activation = network.last_sigma ? 1 : 0;
  spec.constraint = held ? FINN_CONSTRAINT_EQUAL : FINN_CONSTRAINT_NONE;
  spec.method = held;
  spec.input_scaling = FINN_INPUT_SCALING_NONE;
  spec.target.assign(static_cast<std::size_t>(network.outputs), 2.0);
  spec.lower = network.lower;
  spec.upper = network.upper;
  ModelHandle model = make_model(spec);
  set_parameters(model.get(), network.parameters);
  return model;
}

class Golden : public ::testing::TestWithParam<Accuracy> {
 protected:
  ModelHandle model_of(const GoldenNetwork& network, Held held = {}) const {
    return golden_model(network, GetParam().precision, held);
  }

  // Each value of a positive network is accurate by itself; where values of either sign are summed,
  // the error is measured against the largest of the kind.
  void expect_close(const std::vector<double>& got, const std::vector<long double>& reference,
                    bool each_by_itself) const {
    ASSERT_EQ(got.size(), reference.size());
    long double largest = 0;
    for (const long double value : reference) largest = std::max(largest, std::abs(value));
    for (std::size_t k = 0; k < got.size(); ++k) {
      const long double scale = each_by_itself ? std::abs(reference[k]) : largest;
      EXPECT_LE(std::abs(got[k] - reference[k]), GetParam().tolerance * scale)
          << "entry " << k << ": got " << got[k] << ", reference " << reference[k];
    }
  }

  const std::vector<GoldenNetwork> networks_ = golden_networks();
  WorkspaceHandle workspace_ = make_workspace();
};

TEST_P(Golden, mixedPartialsOfEverySubsetAreThoseOfTheReference) {
  for (const GoldenNetwork& network : networks_) {
    SCOPED_TRACE(network.name());
    const ModelHandle model = model_of(network);
    for (std::uint32_t subset = 0; subset < 1u << network.variables; ++subset) {
      SCOPED_TRACE("subset " + std::to_string(subset));
      std::vector<double> got;
      std::vector<long double> reference;
      for (const GoldenPoint& point : network.points) {
        const auto values = mixed_partial(model.get(), workspace_.get(), subset, point.x);
        got.insert(got.end(), values.begin(), values.end());
        for (const auto& output : point.mixed_partials) reference.push_back(output[subset]);
      }
      expect_close(got, reference, network.positive);
    }
  }
}

TEST_P(Golden, integralOverTheBoxIsThatOfTheReference) {
  for (const GoldenNetwork& network : networks_) {
    SCOPED_TRACE(network.name());
    const ModelHandle model = model_of(network);
    const auto result = integral(model.get(), workspace_.get(), network.lower, network.upper);
    expect_close(result.value, network.box_integral, network.positive);
  }
}

TEST_P(Golden, scaledDensityIsThatOfTheReference) {
  for (const GoldenNetwork& network : networks_) {
    SCOPED_TRACE(network.name());
    const ModelHandle model = model_of(network, FINN_METHOD_SCALE);
    for (const GoldenPoint& point : network.points) {
      const auto f = integrand(model.get(), workspace_.get(), point.x);
      expect_close(f, point.density_scaled_to_2, network.positive);
    }
  }
}

// The two terms of the reference loss, sum_p f_0(x_p)^2 when scaled and I_0^2, are reached apart.
TEST_P(Golden, lossGradientIsThatOfTheReference) {
  for (const GoldenNetwork& network : networks_) {
    SCOPED_TRACE(network.name());
    const auto outputs = static_cast<std::size_t>(network.outputs);
    const ModelHandle plain = model_of(network);
    const ModelHandle scaled = model_of(network, FINN_METHOD_SCALE);
    const ModelHandle shifted = model_of(network, FINN_METHOD_SHIFT);

    std::vector<double> x = network.points[0].x;
    const std::vector<double> first = x;
    x.insert(x.end(), network.points[1].x.begin(), network.points[1].x.end());
    const auto f = integrand(scaled.get(), workspace_.get(), x);
    std::vector<double> adjoint(2 * outputs, 0.0);
    adjoint[0] = 2 * f[0];
    adjoint[outputs] = 2 * f[outputs];
    auto gradient = integrand_vjp(scaled.get(), workspace_.get(), x, adjoint).parameters;

    // The shift is f = f' + (target - I)/volume, so the gradients of f' and f differ by dI/volume.
    std::vector<double> unit(outputs, 0.0);
    unit[0] = 1;
    const auto of_plain = integrand_vjp(plain.get(), workspace_.get(), first, unit).parameters;
    const auto of_shifted = integrand_vjp(shifted.get(), workspace_.get(), first, unit).parameters;
    const double I = integral(plain.get(), workspace_.get(), network.lower, network.upper).value[0];
    const double V = volume(network.lower, network.upper);
    for (std::size_t k = 0; k < gradient.size(); ++k) {
      gradient[k] += 2 * I * V * (of_plain[k] - of_shifted[k]);
    }

    expect_close({f[0] * f[0] + f[outputs] * f[outputs] + I * I}, {network.loss.value}, true);
    gradient.resize(trained_count(scaled.get()));
    expect_close(gradient, network.loss.gradient, false);
  }
}

INSTANTIATE_TEST_SUITE_P(Precision, Golden,
                         ::testing::Values(Accuracy{"float64", FINN_FLOAT64, 1e-11},
                                           Accuracy{"float32", FINN_FLOAT32, 1e-4}),
                         [](const auto& test) { return test.param.name; });

TEST(GoldenIntegral, errorEstimateBoundsTheErrorInDouble) {
  const WorkspaceHandle workspace = make_workspace();
  for (const GoldenNetwork& network : golden_networks()) {
    SCOPED_TRACE(network.name());
    const ModelHandle model = golden_model(network, FINN_FLOAT64, {});
    const auto result = integral(model.get(), workspace.get(), network.lower, network.upper);
    for (std::size_t o = 0; o < result.value.size(); ++o) {
      EXPECT_LE(std::abs(result.value[o] - network.box_integral[o]), result.error_estimate[o]);
      EXPECT_LE(result.error_estimate[o], 1e-10 * std::abs(network.box_integral[o]));
    }
  }
}

}  // namespace
}  // namespace finn::test
