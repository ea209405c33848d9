// Integrals with a target or bounds through finn.h: every method, bound and transition, on both
// sides of each bound; integrals that are learned; integrals that cannot be normalised.
#include <algorithm>
#include <cmath>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::test {
namespace {

double softplus(double t) { return std::max(t, 0.0) + std::log1p(std::exp(-std::fabs(t))); }
double sigmoid(double t) { return 1 / (1 + std::exp(-t)); }

// J of docs/CONSTRAINTS.md, row by row; a target, or one bound alone, is upper.
double expected_integral(const ConstraintCase& c, double I, double tau, double lower,
                         double upper) {
  const bool scales = c.method == FINN_METHOD_SCALE;
  const double width = upper - lower;
  if (c.transition == FINN_TRANSITION_CLIP) {
    if (c.bounds == Bounds::kAtMost) return std::min(I, upper);
    if (c.bounds == Bounds::kAtLeast) return std::max(I, upper);
    return c.bounds == Bounds::kBetween ? std::clamp(I, lower, upper) : upper;
  }
  if (c.transition == FINN_TRANSITION_SMOOTH) {
    if (scales && c.bounds == Bounds::kAtMost) return upper * I / (upper + I);
    if (scales && c.bounds == Bounds::kAtLeast) return upper + I;
    if (scales) return lower + width * I / (width + I);
    if (c.bounds == Bounds::kAtMost) return upper - softplus(upper - I);
    if (c.bounds == Bounds::kAtLeast) return upper + softplus(I - upper);
    return lower + width * sigmoid(4 * (I - 0.5 * (lower + upper)) / width);
  }
  if (c.bounds == Bounds::kBetween) return lower + width * sigmoid(tau);
  if (c.bounds == Bounds::kAtLeast) return upper + softplus(tau);
  if (c.bounds == Bounds::kAtMost) {
    return scales ? upper * sigmoid(tau) : upper - softplus(-tau);
  }
  return scales ? upper * std::exp(tau) : upper + tau;
}

// A model whose network has its integral above, within or below [lower, upper].
struct Placed {
  ModelHandle model;
  std::vector<double> network;  // its integrals by itself
  std::vector<double> lower, upper, tau;
};

class BoundedIntegral : public ::testing::Test {
 protected:
  IntegralResult over_domain(const finn_model* model) {
    return integral(model, workspace_.get(), lower_of(2), upper_of(2));
  }

  Placed place(const ConstraintCase& c, double distance, std::uint64_t seed = 3) {
    ModelSpec spec = constrained_spec(c.network);
    spec.seed = seed;
    spec.positivity = c.positivity;
    spec.constraint = FINN_CONSTRAINT_NONE;
    Placed placed;
    placed.network = over_domain(make_model(spec).get()).value;
    placed.lower = placed.upper = {0, 0};
    for (std::size_t j = 0; j < 2; ++j) {
      const double I = placed.network[j];
      const double size = std::max(std::fabs(I), 0.2);
      placed.upper[j] = I + (distance + 0.25) * size;
      placed.lower[j] = I + (distance - 0.25) * size;
      if (c.learned() && c.method == FINN_METHOD_SCALE && placed.upper[j] <= 0) {
        placed.upper[j] += 2 * size;
      }
    }
    c.choose(spec, placed.lower, placed.upper);
    if (c.method == FINN_METHOD_SCALE) spec.uniform_share = 0.2;
    placed.model = make_model(spec);
    placed.tau = {0, 0};
    if (!c.learned()) return placed;
    placed.tau = {0.3, -0.4};
    auto parameters = parameters_of<double>(placed.model.get());
    std::copy(
        placed.tau.begin(), placed.tau.end(),
        parameters.begin() + static_cast<std::ptrdiff_t>(trained_count(placed.model.get())) - 2);
    set_parameters(placed.model.get(), parameters);
    return placed;
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

constexpr double kDistances[] = {-0.5, 0, 0.5};

// What the integral of a scaled network may err by: its condition in roundoffs; a shifted one by
// that of the network's integral itself.
TEST_F(BoundedIntegral, giveTheIntegralThatTheTableSays) {
  double worst = 0;
  for (const ConstraintCase& c : constraint_cases()) {
    for (const double distance : kDistances) {
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(c.name() + " at " + std::to_string(distance));
        const Placed placed = place(c, distance, seed);
        const auto result = over_domain(placed.model.get());
        for (std::size_t j = 0; j < 2; ++j) {
          const double I = placed.network[j];
          const double J = expected_integral(c, I, placed.tau[j], placed.lower[j], placed.upper[j]);
          const double unit =
              1e-15 * std::max(result.condition_number[j] * std::fabs(I), std::fabs(J)) *
              (c.method == FINN_METHOD_SCALE ? std::max(1.0, std::fabs(J / I)) : 1.0);
          worst = std::max(worst, std::fabs(result.value[j] - J) / unit);
          EXPECT_NEAR(result.value[j], J, 8 * unit);
        }
      }
    }
  }
  RecordProperty("worst_in_condition_numbers_1e15", std::to_string(worst));
}

TEST_F(BoundedIntegral, holdForTheCubatureOfTheIntegrand) {
  for (const ConstraintCase& c : constraint_cases()) {
    for (const double distance : kDistances) {
      SCOPED_TRACE(c.name() + " at " + std::to_string(distance));
      const Placed placed = place(c, distance);
      std::vector<double> x, weights;
      for_each_node(20, 4, lower_of(2), upper_of(2), [&](const double* point, double weight) {
        x.insert(x.end(), point, point + 2);
        weights.push_back(weight);
      });
      const auto f = integrand(placed.model.get(), workspace_.get(), x);
      for (std::size_t j = 0; j < 2; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * f[2 * k + j];
        const double J = expected_integral(c, placed.network[j], placed.tau[j], placed.lower[j],
                                           placed.upper[j]);
        EXPECT_NEAR(sum, J, 1e-8 * (1 + std::fabs(J)));
      }
    }
  }
}

TEST_F(BoundedIntegral, areFollowedByTheAntiderivative) {
  for (const ConstraintCase& c : constraint_cases()) {
    SCOPED_TRACE(c.name());
    const Placed placed = place(c, -0.5);
    const auto low = lower_of(2), high = upper_of(2);
    const std::vector<double> corners{low[0], low[1],  high[0], low[1],
                                      low[0], high[1], high[0], high[1]};
    const auto F = mixed_partial(placed.model.get(), workspace_.get(), 0, corners);
    for (std::size_t j = 0; j < 2; ++j) {
      const double J =
          expected_integral(c, placed.network[j], placed.tau[j], placed.lower[j], placed.upper[j]);
      EXPECT_NEAR(F[j] - F[2 + j] - F[4 + j] + F[6 + j], J, 1e-12 * (1 + std::fabs(J)));
    }
  }
}

// The slope of a loss that is linear in f by parameter k; its error is of order h^4.
TEST_F(BoundedIntegral, haveGradientsThroughTheirIntegral) {
  constexpr double h = 1e-3;
  const auto x = random_points<double>(2, 4, 4);
  const auto weights = random_numbers<double>(8, -1, 1, 9);
  for (const ConstraintCase& c : constraint_cases()) {
    for (const double distance : kDistances) {
      SCOPED_TRACE(c.name() + " at " + std::to_string(distance));
      const Placed placed = place(c, distance);
      finn_model* model = placed.model.get();
      const auto adjoint = integrand_vjp(model, workspace_.get(), x, weights).parameters;
      const auto parameters = parameters_of<double>(model);
      const auto loss = [&](std::size_t k, double offset) {
        auto moved = parameters;
        moved[k] += offset;
        set_parameters(model, moved);
        const auto f = integrand(model, workspace_.get(), x);
        double sum = 0;
        for (std::size_t i = 0; i < f.size(); ++i) sum += weights[i] * f[i];
        return sum;
      };
      double size = 0;
      for (const double entry : adjoint) size = std::max(size, std::fabs(entry));
      EXPECT_GT(size, 0);
      for (std::size_t k = 0; k < trained_count(model); ++k) {
        const double near = loss(k, h) - loss(k, -h);
        const double far = loss(k, 2 * h) - loss(k, -2 * h);
        EXPECT_NEAR(adjoint[k], (8 * near - far) / (12 * h), 1e-6 * size) << "parameter " << k;
      }
    }
  }
}

TEST_F(BoundedIntegral, holdInFloatAsWell) {
  for (const ConstraintCase& c : constraint_cases()) {
    SCOPED_TRACE(c.name());
    ModelSpec spec = constrained_spec(c.network);
    c.choose(spec);
    const ModelHandle precise = make_model(spec);
    spec.precision = FINN_FLOAT32;
    const ModelHandle coarse = make_model(spec);
    set_parameters(coarse.get(), parameters_of<double>(precise.get()));
    const auto x = random_points<float>(2, 20, 4);
    const auto weights = random_numbers<float>(40, -1, 1, 9);
    const auto narrow = integrand_vjp(coarse.get(), workspace_.get(), x, weights);
    const auto wide =
        integrand_vjp(precise.get(), workspace_.get(), std::vector<double>(x.begin(), x.end()),
                      std::vector<double>(weights.begin(), weights.end()));
    double size = 0, gradient = 0;
    for (const double f : wide.f) size = std::max(size, std::fabs(f));
    for (const double entry : wide.parameters) gradient = std::max(gradient, std::fabs(entry));
    for (std::size_t k = 0; k < wide.f.size(); ++k) {
      EXPECT_NEAR(static_cast<double>(narrow.f[k]), wide.f[k], 1e-4 * size);
    }
    for (std::size_t k = 0; k < wide.parameters.size(); ++k) {
      EXPECT_NEAR(static_cast<double>(narrow.parameters[k]), wide.parameters[k], 1e-3 * gradient);
    }
  }
}

TEST_F(BoundedIntegral, thatAreLearnedAddATauForEachOutputWhichBeginsAtZero) {
  ModelSpec spec = constrained_spec();
  const std::size_t count = trained_count(make_model(spec).get());
  spec.constraint = FINN_CONSTRAINT_LEARNED;
  const ModelHandle model = make_model(spec);
  ASSERT_EQ(trained_count(model.get()), count + 2);
  auto parameters = parameters_of<double>(model.get());
  EXPECT_EQ(parameters[count], 0);
  EXPECT_EQ(parameters[count + 1], 0);
  EXPECT_NEAR(over_domain(model.get()).value[0], spec.target[0], 1e-12);
  parameters[count + 1] = std::log(3.0);
  set_parameters(model.get(), parameters);
  EXPECT_NEAR(over_domain(model.get()).value[0], spec.target[0], 1e-12);
  EXPECT_NEAR(over_domain(model.get()).value[1], 3 * spec.target[1], 1e-12);
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  const ModelHandle owned(copy);
  EXPECT_EQ(parameters_of<double>(copy), parameters);
  EXPECT_EQ(over_domain(copy).value, over_domain(model.get()).value);
  const auto x = random_points<double>(2, 50, 8);
  require_ok(
      [&](finn_error* e) { return finn_model_initialise_from_data(copy, x.data(), 50, 1, e); });
  EXPECT_EQ(parameters_of<double>(copy)[count + 1], 0);
}

// tau so far out that J is no number any more, or no positive one.
TEST_F(BoundedIntegral, thatAreLearnedFailWithAMessageWhereTheyOverflow) {
  ModelSpec spec = constrained_spec();
  spec.constraint = FINN_CONSTRAINT_LEARNED;
  const ModelHandle model = make_model(spec);
  auto parameters = parameters_of<double>(model.get());
  const auto x = random_points<double>(2, 3, 4);
  std::vector<double> f(6);
  const std::size_t last = trained_count(model.get()) - 1;
  parameters[last] = 800;
  set_parameters(model.get(), parameters);
  expect_refused({"tau 800", FINN_ERROR_INTEGRAL, "output 1", [&](finn_error* e) {
                    return finn_integrand_f64(model.get(), workspace_.get(), x.data(), 3, f.data(),
                                              length_of(f), e);
                  }});
  parameters[last] = -700;
  set_parameters(model.get(), parameters);
  for (const double value : integrand(model.get(), workspace_.get(), x)) EXPECT_GT(value, 0);
}

// Zero weights: the network has the integral 0.
TEST_F(BoundedIntegral, areRefusedWhereTheNetworkHasNoIntegralToScale) {
  ModelSpec spec = constrained_spec();
  const auto x = random_points<double>(2, 3, 4);
  std::vector<double> f(6);
  const auto query = [&](const finn_model* model) {
    return [&f, &x, model, this](finn_error* e) {
      return finn_integrand_f64(model, workspace_.get(), x.data(), 3, f.data(), length_of(f), e);
    };
  };
  const auto without_weights = [](const ModelSpec& of) {
    ModelHandle model = make_model(of);
    set_parameters(model.get(), std::vector<double>(parameters_of<double>(model.get()).size()));
    return model;
  };
  const ModelHandle equal = without_weights(spec);
  expect_refused({"equal", FINN_ERROR_INTEGRAL, "output 0", query(equal.get())});
  spec.constraint = FINN_CONSTRAINT_BOUNDED;
  spec.lower_bound = {1.5, 0.75};
  const ModelHandle at_least = without_weights(spec);
  expect_refused({"at least", FINN_ERROR_INTEGRAL, "output 0", query(at_least.get())});
  spec.upper_bound = spec.lower_bound;
  spec.lower_bound = {};
  for (const finn_transition transition : {FINN_TRANSITION_CLIP, FINN_TRANSITION_SMOOTH}) {
    spec.transition = transition;
    const ModelHandle at_most = without_weights(spec);
    EXPECT_EQ(query(at_most.get())(nullptr), FINN_OK);
    EXPECT_EQ(f, std::vector<double>(6));
  }
}

}  // namespace
}  // namespace finn::test
