// Bounds on the integral through finn.h: every kind, bound and approach, on both sides of each
// bound; integrals that are learned; integrals that cannot be normalised.
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

// J of docs/CONSTRAINTS.md, row by row; lower and upper are lower_epsilon and epsilon.
double expected_integral(const ConstraintCase& c, double I, double tau, double lower,
                         double upper) {
  const bool scales = c.kind == FINN_CONSTRAINT_SCALE;
  const double width = upper - lower;
  if (c.approach == FINN_APPROACH_HARD) {
    if (c.bound == FINN_BOUND_AT_MOST) return std::min(I, upper);
    if (c.bound == FINN_BOUND_AT_LEAST) return std::max(I, upper);
    return c.bound == FINN_BOUND_BETWEEN ? std::clamp(I, lower, upper) : upper;
  }
  if (c.approach == FINN_APPROACH_SMOOTH) {
    if (scales && c.bound == FINN_BOUND_AT_MOST) return upper * I / (upper + I);
    if (scales && c.bound == FINN_BOUND_AT_LEAST) return upper + I;
    if (scales) return lower + width * I / (width + I);
    if (c.bound == FINN_BOUND_AT_MOST) return upper - softplus(upper - I);
    if (c.bound == FINN_BOUND_AT_LEAST) return upper + softplus(I - upper);
    return lower + width * sigmoid(4 * (I - 0.5 * (lower + upper)) / width);
  }
  if (c.bound == FINN_BOUND_BETWEEN) return lower + width * sigmoid(tau);
  if (c.bound == FINN_BOUND_AT_LEAST) return upper + softplus(tau);
  if (c.bound == FINN_BOUND_AT_MOST) {
    return scales ? upper * sigmoid(tau) : upper - softplus(-tau);
  }
  return scales ? upper * std::exp(tau) : upper + tau;
}

// A model whose network has its integral above, within and below [lower_epsilon, epsilon].
struct Placed {
  ModelHandle model;
  std::vector<double> network;  // its integrals by itself
  std::vector<double> lower, upper, tau;
};

class Bounds : public ::testing::Test {
 protected:
  IntegralResult over_domain(const finn_model* model) {
    return integral(model, workspace_.get(), lower_of(2), upper_of(2));
  }

  Placed place(const ConstraintCase& c, double distance, std::uint64_t seed = 3) {
    ConstraintOptions options(c.head);
    options.seed = seed;
    options.positivity = c.positivity;
    options.constraint = FINN_CONSTRAINT_NONE;
    Placed placed;
    placed.network = over_domain(make_model(options).get()).value;
    for (std::size_t j = 0; j < 2; ++j) {
      const double I = placed.network[j];
      const double size = std::max(std::fabs(I), 0.2);
      options.integrals[j] = I + (distance + 0.25) * size;
      options.lower_integrals[j] = I + (distance - 0.25) * size;
      if (c.learned() && c.kind == FINN_CONSTRAINT_SCALE && options.integrals[j] <= 0) {
        options.integrals[j] += 2 * size;
      }
    }
    c.choose(options);
    if (c.kind == FINN_CONSTRAINT_SCALE) options.uniform_share = 0.2;
    placed.model = make_model(options);
    placed.lower = options.lower_integrals;
    placed.upper = options.integrals;
    placed.tau = {0, 0};
    if (!c.learned()) return placed;
    placed.tau = {0.3, -0.4};
    auto parameters = parameters_of<double>(placed.model.get());
    std::copy(placed.tau.begin(), placed.tau.end(), parameters.end() - 2);
    set_parameters(placed.model.get(), parameters);
    return placed;
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

constexpr double kDistances[] = {-0.5, 0, 0.5};

// What the integral of a scaled network may err by: its condition in roundoffs; a shifted one by
// that of the network's integral itself.
TEST_F(Bounds, giveTheIntegralThatTheTableSays) {
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
              (c.kind == FINN_CONSTRAINT_SCALE ? std::max(1.0, std::fabs(J / I)) : 1.0);
          worst = std::max(worst, std::fabs(result.value[j] - J) / unit);
          EXPECT_NEAR(result.value[j], J, 8 * unit);
        }
      }
    }
  }
  RecordProperty("worst_in_kappa_1e15", std::to_string(worst));
}

TEST_F(Bounds, holdForTheCubatureOfTheIntegrand) {
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

TEST_F(Bounds, areFollowedByTheAntiderivative) {
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
TEST_F(Bounds, haveGradientsThroughTheirIntegral) {
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
      for (std::size_t k = 0; k < parameters.size(); ++k) {
        const double near = loss(k, h) - loss(k, -h);
        const double far = loss(k, 2 * h) - loss(k, -2 * h);
        EXPECT_NEAR(adjoint[k], (8 * near - far) / (12 * h), 1e-6 * size) << "parameter " << k;
      }
    }
  }
}

TEST_F(Bounds, holdInFloatAsWell) {
  for (const ConstraintCase& c : constraint_cases()) {
    SCOPED_TRACE(c.name());
    ConstraintOptions options(c.head);
    c.choose(options);
    const ModelHandle precise = make_model(options);
    options.precision = FINN_FLOAT32;
    const ModelHandle coarse = make_model(options);
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

TEST_F(Bounds, thatAreLearnedAddATauForEachOutputWhichBeginsAtZero) {
  ConstraintOptions options;
  const std::int64_t count = finn_model_parameter_count(make_model(options).get());
  options.approach = FINN_APPROACH_LEARNED;
  const ModelHandle model = make_model(options);
  ASSERT_EQ(finn_model_parameter_count(model.get()), count + 2);
  auto parameters = parameters_of<double>(model.get());
  EXPECT_EQ(parameters[parameters.size() - 2], 0);
  EXPECT_EQ(parameters[parameters.size() - 1], 0);
  EXPECT_NEAR(over_domain(model.get()).value[0], options.integrals[0], 1e-12);
  parameters.back() = std::log(3.0);
  set_parameters(model.get(), parameters);
  EXPECT_NEAR(over_domain(model.get()).value[0], options.integrals[0], 1e-12);
  EXPECT_NEAR(over_domain(model.get()).value[1], 3 * options.integrals[1], 1e-12);
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  const ModelHandle owned(copy);
  EXPECT_EQ(parameters_of<double>(copy), parameters);
  EXPECT_EQ(over_domain(copy).value, over_domain(model.get()).value);
  const auto x = random_points<double>(2, 50, 8);
  require_ok(
      [&](finn_error* e) { return finn_model_initialise_from_data(copy, x.data(), 50, 1, e); });
  EXPECT_EQ(parameters_of<double>(copy).back(), 0);
}

// tau so far out that J is no number any more, or no positive one.
TEST_F(Bounds, thatAreLearnedFailWithAMessageWhereTheyOverflow) {
  ConstraintOptions options;
  options.approach = FINN_APPROACH_LEARNED;
  const ModelHandle model = make_model(options);
  auto parameters = parameters_of<double>(model.get());
  const auto x = random_points<double>(2, 3, 4);
  std::vector<double> f(6);
  parameters.back() = 800;
  set_parameters(model.get(), parameters);
  expect_refused({"tau 800", FINN_ERROR_INTEGRAL, "output 1", [&](finn_error* e) {
                    return finn_integrand_f64(model.get(), workspace_.get(), x.data(), 3, f.data(),
                                              e);
                  }});
  parameters.back() = -700;
  set_parameters(model.get(), parameters);
  for (const double value : integrand(model.get(), workspace_.get(), x)) EXPECT_GT(value, 0);
}

// Zero weights: the network has the integral 0.
TEST_F(Bounds, areRefusedWhereTheNetworkHasNoIntegralToScale) {
  ConstraintOptions options;
  options.positivity = FINN_POSITIVITY_ABS;
  const auto x = random_points<double>(2, 3, 4);
  std::vector<double> f(6);
  const auto query = [&](const finn_model* model) {
    return [&f, &x, model, this](finn_error* e) {
      return finn_integrand_f64(model, workspace_.get(), x.data(), 3, f.data(), e);
    };
  };
  for (const finn_bound bound : {FINN_BOUND_EQUAL, FINN_BOUND_AT_LEAST}) {
    options.bound = bound;
    const ModelHandle model = make_model(options);
    set_parameters(model.get(), std::vector<double>(parameters_of<double>(model.get()).size()));
    expect_refused(
        {"bound " + std::to_string(bound), FINN_ERROR_INTEGRAL, "output 0", query(model.get())});
  }
  options.bound = FINN_BOUND_AT_MOST;
  for (const finn_approach approach : {FINN_APPROACH_HARD, FINN_APPROACH_SMOOTH}) {
    options.approach = approach;
    const ModelHandle model = make_model(options);
    set_parameters(model.get(), std::vector<double>(parameters_of<double>(model.get()).size()));
    EXPECT_EQ(query(model.get())(nullptr), FINN_OK);
    EXPECT_EQ(f, std::vector<double>(6));
  }
}

}  // namespace
}  // namespace finn::test
