// finn_integral: exact by construction, and honest about its rounding.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// Every kind of model whose integral is fixed.
std::vector<ModelSpec> constrained_models() {
  std::vector<ModelSpec> specs;
  for (int n = 1; n <= 4; ++n) {
    for (const finn_positivity positivity : kEveryPositivity) {
      specs.push_back({.variables = n, .outputs = 2, .positivity = positivity});
      specs.back().target = {1, 2.5};
    }
  }
  specs.push_back({.precision = FINN_FLOAT32});
  specs.push_back({.input_scaling = FINN_INPUT_SCALING_NONE});
  specs.push_back({.uniform_share = 0.3});
  specs.push_back({.method = FINN_METHOD_SHIFT});
  specs.push_back({.output_activation = 1});
  return specs;
}

std::string name_of(const ModelSpec& spec) {
  return "n=" + std::to_string(spec.variables) +
         " positivity=" + std::to_string(spec.positivity.value_or(FINN_POSITIVITY_ABS));
}

class Integral : public ::testing::Test {
 protected:
  IntegralResult over_domain(const finn_model* model) {
    const int n = finn_model_variables(model);
    return integral(model, workspace_.get(), lower_of(n), upper_of(n));
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(Integral, isEqualToTheTargetOverTheDomain) {
  for (const ModelSpec& spec : constrained_models()) {
    SCOPED_TRACE(name_of(spec));
    const auto result = over_domain(make_model(spec).get());
    for (std::size_t o = 0; o < result.value.size(); ++o) {
      const double target = spec.target_used()[o];
      EXPECT_NEAR(result.value[o], target, 1e-12 * target);
    }
  }
}

TEST_F(Integral, keepsTheTargetWhateverTheParameters) {
  const ModelHandle model = make_model({.variables = 3, .target = {4}});
  auto parameters = parameters_of<double>(model.get());
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto noise = random_numbers<double>(parameters.size(), 0.5, 1.5, seed);
    for (std::size_t k = 0; k < parameters.size(); ++k) parameters[k] *= noise[k];
    set_parameters(model.get(), parameters);
    EXPECT_NEAR(over_domain(model.get()).value[0], 4.0, 4e-12);
  }
}

TEST_F(Integral, hasAConditionNumberOfAtLeastOne) {
  for (const ModelSpec& spec : constrained_models()) {
    SCOPED_TRACE(name_of(spec));
    for (const double number : over_domain(make_model(spec).get()).condition_number) {
      EXPECT_GE(number, 1.0);
      EXPECT_LT(number, 1e6);
    }
  }
}

TEST_F(Integral, hasAnErrorEstimateThatBoundsTheError) {
  for (const ModelSpec& spec : constrained_models()) {
    SCOPED_TRACE(name_of(spec));
    const auto result = over_domain(make_model(spec).get());
    for (std::size_t o = 0; o < result.value.size(); ++o) {
      const double target = spec.target_used()[o];
      EXPECT_GT(result.error_estimate[o], 0.0);
      EXPECT_LE(std::abs(result.value[o] - target), result.error_estimate[o]);
    }
  }
}

TEST_F(Integral, isAdditiveOverASplitBox) {
  for (const ModelSpec& spec : constrained_models()) {
    SCOPED_TRACE(name_of(spec));
    const ModelHandle model = make_model(spec);
    const auto lower = lower_of(spec.variables), upper = upper_of(spec.variables);
    const auto whole = integral(model.get(), workspace_.get(), lower, upper);
    for (std::size_t i = 0; i < lower.size(); ++i) {
      auto middle_up = upper, middle_low = lower;
      middle_up[i] = middle_low[i] = 0.3 * lower[i] + 0.7 * upper[i];
      const auto left = integral(model.get(), workspace_.get(), lower, middle_up);
      const auto right = integral(model.get(), workspace_.get(), middle_low, upper);
      for (std::size_t o = 0; o < whole.value.size(); ++o) {
        EXPECT_NEAR(left.value[o] + right.value[o], whole.value[o], 1e-11);
        EXPECT_GT(std::abs(left.value[o]), 1e-6);
      }
    }
  }
}

TEST_F(Integral, isTheAlternatingSumOfTheAntiderivative) {
  for (const ModelSpec& spec : constrained_models()) {
    if (spec.precision == FINN_FLOAT32) continue;  // its F is float, its integral is double
    SCOPED_TRACE(name_of(spec));
    const ModelHandle model = make_model(spec);
    const auto n = static_cast<std::size_t>(spec.variables);
    const auto lower = random_numbers<double>(n, -0.9, -0.3, 1);
    const auto upper = random_numbers<double>(n, 0.2, 0.4, 2);
    const auto result = integral(model.get(), workspace_.get(), lower, upper);
    std::vector<double> sum(result.value.size()), size(result.value.size());
    for (std::uint32_t corner = 0; corner < 1u << n; ++corner) {
      std::vector<double> x = lower;
      double sign = 1;
      for (std::size_t i = 0; i < n; ++i) {
        if ((corner >> i & 1u) != 0)
          x[i] = upper[i];
        else
          sign = -sign;
      }
      const auto F = mixed_partial(model.get(), workspace_.get(), 0, x);
      for (std::size_t o = 0; o < F.size(); ++o) {
        sum[o] += sign * F[o];
        size[o] += std::abs(F[o]);
      }
    }
    for (std::size_t o = 0; o < sum.size(); ++o) {
      EXPECT_NEAR(result.value[o], sum[o], 1e-14 * size[o]);
    }
  }
}

// Simpson's rule knows nothing of F.
TEST_F(Integral, agreesWithQuadratureOfTheIntegrand) {
  constexpr std::size_t kIntervals = 200;
  for (const ModelSpec& spec : constrained_models()) {
    if (spec.variables != 1) continue;
    SCOPED_TRACE(name_of(spec));
    const ModelHandle model = make_model(spec);
    const double a = -0.8, b = 0.4, h = (b - a) / kIntervals;
    std::vector<double> x;
    for (std::size_t k = 0; k <= kIntervals; ++k) x.push_back(a + h * static_cast<double>(k));
    const auto f = integrand(model.get(), workspace_.get(), x);
    const auto result = integral(model.get(), workspace_.get(), {a}, {b});
    for (std::size_t o = 0; o < 2; ++o) {
      double sum = 0;
      for (std::size_t k = 0; k <= kIntervals; ++k) {
        const double weight = k == 0 || k == kIntervals ? 1 : k % 2 == 1 ? 4 : 2;
        sum += weight * h / 3 * f[2 * k + o];
      }
      EXPECT_NEAR(result.value[o], sum, 1e-7);
    }
  }
}

// The marginal over variable 0 is d_0 F differenced in variable 1.
TEST_F(Integral, ofOneVariableIsAMarginal) {
  constexpr std::size_t kIntervals = 200;
  for (const finn_method method : {FINN_METHOD_SCALE, FINN_METHOD_SHIFT}) {
    const ModelHandle model = make_model({.method = method});
    const double a = lower_of(2)[1], b = upper_of(2)[1], h = (b - a) / kIntervals;
    std::vector<double> x;
    for (std::size_t k = 0; k <= kIntervals; ++k) {
      x.insert(x.end(), {0.1, a + h * static_cast<double>(k)});
    }
    const auto f = integrand(model.get(), workspace_.get(), x);
    double sum = 0;
    for (std::size_t k = 0; k <= kIntervals; ++k) {
      sum += (k == 0 || k == kIntervals ? 1 : k % 2 == 1 ? 4 : 2) * h / 3 * f[k];
    }
    const std::vector<double> ends{0.1, a, 0.1, b};
    const auto partial = mixed_partial(model.get(), workspace_.get(), 1, ends);
    EXPECT_NEAR(partial[1] - partial[0], sum, 1e-7);
  }
}

TEST_F(Integral, ofADegenerateBoxIsZeroWithAnInfiniteConditionNumber) {
  for (int n = 1; n <= 4; ++n) {
    const ModelHandle model = make_model({.variables = n});
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
      SCOPED_TRACE("n=" + std::to_string(n) + " flat in " + std::to_string(i));
      auto upper = upper_of(n);
      upper[i] = lower_of(n)[i];
      const auto result = integral(model.get(), workspace_.get(), lower_of(n), upper);
      EXPECT_EQ(result.value[0], 0.0);
      EXPECT_EQ(result.condition_number[0], std::numeric_limits<double>::infinity());
    }
  }
}

TEST_F(Integral, doesWithoutConditionNumberAndEstimate) {
  const ModelHandle model = make_model({});
  const auto lower = lower_of(2), upper = upper_of(2);
  double value = 0;
  require_ok([&](finn_error* e) {
    return finn_integral(model.get(), workspace_.get(), FINN_LIMITS_X, lower.data(), upper.data(),
                         &value, nullptr, nullptr, 1, e);
  });
  EXPECT_EQ(value, over_domain(model.get()).value[0]);
}

}  // namespace
}  // namespace finn::test
