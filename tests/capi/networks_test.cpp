// What networks of every form can do in a model: queries, gradients, also in more variables than
// jets have room for, and parameters that begin at data.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// A model of the given variables on a box of its own.
struct Spec : ModelSpec {
  explicit Spec(finn_network_form form, int n) {
    network = form;
    variables = n;
    widths = {32, 32};
    for (int i = 0; i < n; ++i) {
      lower.push_back(-1.0 - 0.05 * i);
      upper.push_back(0.5 + 0.03 * i);
    }
    seed = 0;
  }

  std::vector<double> points(std::size_t rows, std::uint64_t draw) const {
    std::vector<double> x = random_numbers<double>(rows * lower.size(), 0, 1, draw);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const std::size_t i = k % lower.size();
      x[k] = lower[i] + (upper[i] - lower[i]) * x[k];
    }
    return x;
  }
};

// One thing that a network of a form may be told; the name is for messages.
struct Variant {
  const char* name;
  finn_network_form form;
  void (*set)(Spec&);
};
const Variant kVariants[] = {
    {"orthants", FINN_NETWORK_MLP, [](Spec& s) { s.orthants = 3; }},
    {"skip", FINN_NETWORK_MLP, [](Spec& s) { s.skip = 1; }},
    {"softplus", FINN_NETWORK_MLP,
     [](Spec& s) {
       s.positivity = FINN_POSITIVITY_NONE;
       s.activation = FINN_ACTIVATION_SOFTPLUS;
     }},
    {"sine", FINN_NETWORK_MLP,
     [](Spec& s) {
       s.positivity = FINN_POSITIVITY_NONE;
       s.activation = FINN_ACTIVATION_SINE;
     }},
    {"mixture", FINN_NETWORK_MIXTURE, [](Spec& s) { s.components = 8; }},
    {"mixture without shares", FINN_NETWORK_MIXTURE, [](Spec& s) { s.normals_per_axis = 1; }},
};

TEST(Networks, holdTheIntegralAndAddUp) {
  const WorkspaceHandle workspace = make_workspace();
  for (const Variant& variant : kVariants) {
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      Spec spec(variant.form, 3);
      variant.set(spec);
      spec.precision = precision;
      spec.target = {2.5};
      const ModelHandle model = make_model(spec);
      const auto over = [&](const std::vector<double>& lower, const std::vector<double>& upper) {
        return integral(model.get(), workspace.get(), lower, upper).value[0];
      };
      EXPECT_NEAR(over(spec.lower, spec.upper), 2.5, 1e-12) << variant.name;
      std::vector<double> middle = spec.upper;
      middle[1] = 0.1;
      std::vector<double> start = spec.lower;
      start[1] = 0.1;
      EXPECT_NEAR(over(spec.lower, middle) + over(start, spec.upper), 2.5, 1e-11) << variant.name;
    }
  }
}

// The midpoint rule on f, which knows nothing of F.
TEST(Networks, haveTheIntegralOfTheirIntegrand) {
  const WorkspaceHandle workspace = make_workspace();
  for (const Variant& variant : kVariants) {
    Spec spec(variant.form, 2);
    variant.set(spec);
    const ModelHandle model = make_model(spec);
    constexpr int kSide = 300;
    std::vector<double> x;
    for (int p = 0; p < kSide * kSide; ++p) {
      x.push_back(spec.lower[0] + (p % kSide + 0.5) / kSide * (spec.upper[0] - spec.lower[0]));
      x.push_back(spec.lower[1] + (p / kSide + 0.5) / kSide * (spec.upper[1] - spec.lower[1]));
    }
    double sum = 0;
    for (const double f : integrand(model.get(), workspace.get(), x)) sum += f;
    EXPECT_NEAR(sum * volume(spec.lower, spec.upper) / (kSide * kSide), 1, 1e-3) << variant.name;
  }
}

// dLoss/dx and dLoss/dparameters along one direction, against a central difference.
void expect_vjp_of_differences(const Spec& spec) {
  const WorkspaceHandle workspace = make_workspace();
  const ModelHandle model = make_model(spec);
  std::vector<double> x = spec.points(7, 3);
  const std::vector<double> weights(7 * static_cast<std::size_t>(spec.outputs), 0.7);
  const Adjoints<double> vjp = integrand_vjp(model.get(), workspace.get(), x, weights);
  const auto loss = [&] {
    double sum = 0;
    for (const double f : integrand(model.get(), workspace.get(), x)) sum += 0.7 * f;
    return sum;
  };
  const double h = 1e-6;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double at = x[k];
    x[k] = at + h;
    const double above = loss();
    x[k] = at - h;
    const double difference = (above - loss()) / (2 * h);
    x[k] = at;
    EXPECT_NEAR(vjp.x[k], difference, 1e-6 * (1 + std::fabs(difference))) << "x " << k;
  }
  const std::vector<double> parameters = parameters_of<double>(model.get());
  const auto direction = random_numbers<double>(parameters.size(), -1, 1, 4);
  const auto moved = [&](double step) {
    std::vector<double> values = parameters;
    for (std::size_t i = 0; i < trained_count(model.get()); ++i) values[i] += step * direction[i];
    set_parameters(model.get(), values);
    return loss();
  };
  double expected = 0;
  for (std::size_t i = 0; i < trained_count(model.get()); ++i)
    expected += direction[i] * vjp.parameters[i];
  const double difference = (moved(h) - moved(-h)) / (2 * h);
  EXPECT_NEAR(expected, difference, 1e-5 * (1 + std::fabs(difference)));
}

TEST(Networks, haveTheGradientsOfDifferences) {
  for (const Variant& variant : kVariants) {
    SCOPED_TRACE(variant.name);
    Spec spec(variant.form, 3);
    variant.set(spec);
    expect_vjp_of_differences(spec);
  }
}

TEST(Networks, thatAreMixturesHaveTheGradientsOfDifferencesInManyVariables) {
  Spec spec(FINN_NETWORK_MIXTURE, 16);
  spec.components = 4;
  spec.outputs = 2;
  expect_vjp_of_differences(spec);
}

TEST(Networks, thatAreMixturesAnswerEveryQueryInThirtyTwoVariables) {
  const WorkspaceHandle workspace = make_workspace();
  Spec spec(FINN_NETWORK_MIXTURE, 32);
  spec.components = 3;
  const ModelHandle model = make_model(spec);
  const auto whole = integral(model.get(), workspace.get(), spec.lower, spec.upper);
  EXPECT_NEAR(whole.value[0], 1, 1e-12);
  EXPECT_EQ(whole.condition_number[0], 1);
  const std::vector<double> x = spec.points(50, 5);
  const auto f = integrand(model.get(), workspace.get(), x);
  EXPECT_EQ(mixed_partial(model.get(), workspace.get(), 0xffffffffu, x), f);
  for (const double value : f) EXPECT_GE(value, 0);
  // A partial over one variable is the difference quotient of F.
  const double h = 1e-6;
  std::vector<double> above = x, below = x;
  for (std::size_t row = 0; row < 50; ++row) {
    above[row * 32 + 31] += h;
    below[row * 32 + 31] -= h;
  }
  const auto partial = mixed_partial(model.get(), workspace.get(), 0x80000000u, x);
  const auto upper = mixed_partial(model.get(), workspace.get(), 0, above);
  const auto lower = mixed_partial(model.get(), workspace.get(), 0, below);
  for (std::size_t row = 0; row < 50; ++row) {
    const double quotient = (upper[row] - lower[row]) / (2 * h);
    EXPECT_NEAR(partial[row], quotient, 1e-6 * std::fabs(quotient) + 1e-9 * upper[row]);
  }
}

TEST(InitialiseFromData, movesTheComponentsToTheData) {
  const WorkspaceHandle workspace = make_workspace();
  const Spec spec(FINN_NETWORK_MIXTURE, 4);
  const ModelHandle model = make_model(spec);
  std::vector<double> x = spec.points(300, 6);
  for (std::size_t k = 0; k < x.size(); ++k) {
    x[k] = spec.lower[k % 4] + 0.2 * (x[k] - spec.lower[k % 4]);
  }
  const auto mean_log = [&] {
    double sum = 0;
    for (const double f : integrand(model.get(), workspace.get(), x)) sum += std::log(f);
    return sum / 300;
  };
  const double before = mean_log();
  require_ok([&](finn_error* e) {
    return finn_model_initialise_from_data(model.get(), x.data(), 300, 1, e);
  });
  EXPECT_GT(mean_log(), before + 2);
  EXPECT_NEAR(integral(model.get(), workspace.get(), spec.lower, spec.upper).value[0], 1, 1e-12);
}

TEST(InitialiseFromData, refusesBadData) {
  const Spec spec(FINN_NETWORK_MIXTURE, 2);
  const ModelHandle model = make_model(spec);
  const std::vector<double> before = parameters_of<double>(model.get());
  std::vector<double> x = spec.points(3, 7);
  const auto call = [&](finn_model* m, const double* rows, std::int64_t count) {
    return [=](finn_error* e) { return finn_model_initialise_from_data(m, rows, count, 0, e); };
  };
  expect_refused({"model", FINN_ERROR_NULL, "model", call(nullptr, x.data(), 3)});
  expect_refused({"x", FINN_ERROR_NULL, "x", call(model.get(), nullptr, 3)});
  expect_refused({"no rows", FINN_ERROR_ARGUMENT, "rows", call(model.get(), x.data(), 0)});
  x[3] = 17;
  expect_refused({"outside", FINN_ERROR_ARGUMENT, "x", call(model.get(), x.data(), 3)});
  x[3] = std::nan("");
  expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "x", call(model.get(), x.data(), 3)});
  EXPECT_EQ(parameters_of<double>(model.get()), before);
}

}  // namespace
}  // namespace finn::test
