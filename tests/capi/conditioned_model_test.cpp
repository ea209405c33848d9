// f(x | c) through finn.h: the integral for every condition, gradients, positivity, bits.
#include <algorithm>
#include <cmath>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::test {
namespace {

class ConditionedModel : public ::testing::Test {
 protected:
  std::vector<double> f_of(const ModelHandle& model, const std::vector<double>& rows) {
    return integrand(model.get(), workspace_.get(), rows);
  }
  // sum of weights times f.
  double loss(const ModelHandle& model, const std::vector<double>& rows,
              const std::vector<double>& weights) {
    const auto f = f_of(model, rows);
    double sum = 0;
    for (std::size_t k = 0; k < f.size(); ++k) sum += weights[k] * f[k];
    return sum;
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

// Slope of loss(offset) at 0; the error is of order h^4.
template <class Loss>
double slope(Loss&& loss) {
  constexpr double h = 1e-3;
  return (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h);
}

double largest(const std::vector<double>& values) {
  double result = 0;
  for (const double value : values) result = std::max(result, std::abs(value));
  return result;
}

// That an integral is what the constraint of a case says; a target is that of a row, or 1.
void expect_bound(const ConditionedSpec& spec, double integral, double target) {
  constexpr double rounding = 1e-12;
  if (spec.constraint == FINN_CONSTRAINT_BOUNDED) {
    EXPECT_GE(integral, spec.lower_bound[0] - rounding);
    EXPECT_LE(integral, spec.upper_bound[0] + rounding);
  } else if (spec.bound == FINN_BOUND_AT_MOST) {
    EXPECT_LE(integral, target + rounding);
  } else if (spec.bound == FINN_BOUND_AT_LEAST) {
    EXPECT_GE(integral, target - rounding);
  } else {
    EXPECT_NEAR(integral, target, rounding);
  }
}

TEST_F(ConditionedModel, theIntegralIsFixedForEveryCondition) {
  for (const int n : {1, 2, 3}) {
    for_each_conditioned_case(n, [&](const ConditionedSpec& spec, const ModelHandle& model) {
      constexpr std::int64_t count = 50;
      const auto given = spec.given(count);
      const auto value =
          conditional_integral(model.get(), workspace_.get(), spec.lower, spec.upper, given, count);
      if (spec.constraint == FINN_CONSTRAINT_NONE) return;
      const std::size_t m = static_cast<std::size_t>(spec.outputs);
      for (std::size_t k = 0; k < value.size(); ++k) {
        const std::size_t row = k / m;
        const std::size_t width = given.size() / count;
        const double target = spec.has_row_targets() ? given[(row + 1) * width - m + k % m] : 1.0;
        expect_bound(spec, value[k], target);
      }
    });
  }
}

TEST_F(ConditionedModel, gradientsReachParametersPointsConditionsAndTargets) {
  for (const int n : {1, 2, 3}) {
    for_each_conditioned_case(n, [&](const ConditionedSpec& spec, const ModelHandle& model) {
      const auto rows = spec.rows(5, 8);  // none at the kink of a clipped bound
      const auto weights =
          random_numbers<double>(5 * static_cast<std::size_t>(spec.outputs), -1, 1, 9);
      const auto adjoints = integrand_vjp(model.get(), workspace_.get(), rows, weights);
      EXPECT_TRUE(same_bits(adjoints.f, f_of(model, rows)));
      const double row_tolerance = 1e-6 * largest(adjoints.x);
      EXPECT_GT(row_tolerance, 0.0);
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const double reference = slope([&](double offset) {
          auto moved = rows;
          moved[k] += offset;
          return loss(model, moved, weights);
        });
        EXPECT_NEAR(adjoints.x[k], reference, row_tolerance) << "element " << k;
      }
      const auto parameters = parameters_of<double>(model.get());
      const double tolerance = 1e-6 * largest(adjoints.parameters);
      for (std::size_t k = 0; k < trained_count(model.get()); k += n == 1 ? 1 : 7) {
        const double reference = slope([&](double offset) {
          auto moved = parameters;
          moved[k] += offset;
          set_parameters(model.get(), moved);
          return loss(model, rows, weights);
        });
        EXPECT_NEAR(adjoints.parameters[k], reference, tolerance) << "parameter " << k;
      }
      set_parameters(model.get(), parameters);
    });
  }
}

TEST_F(ConditionedModel, aPartialDifferencedOverTheRestIsAMarginalOfTheSameCondition) {
  for_each_conditioned_case(2, [&](const ConditionedSpec& spec, const ModelHandle& model) {
    const auto given = spec.given(1);
    const std::size_t m = static_cast<std::size_t>(spec.outputs);
    const auto at = [&](std::uint64_t subset, double x0, double x1) {
      std::vector<double> row{x0, x1};
      row.insert(row.end(), given.begin(), given.end());
      return mixed_partial(model.get(), workspace_.get(), subset, row);
    };
    const auto sum =
        conditional_integral(model.get(), workspace_.get(), {-0.7, -0.5}, {0.2, 0.6}, given, 1);
    const auto a = at(0, 0.2, 0.6), b = at(0, -0.7, 0.6), c = at(0, 0.2, -0.5),
               d = at(0, -0.7, -0.5);
    std::vector<double> marginal(m);
    for (const QuadratureNode& node : gauss_legendre(40, -0.7, 0.2)) {
      const auto high = at(1, node.at, 0.6), low = at(1, node.at, -0.5);
      for (std::size_t j = 0; j < m; ++j) marginal[j] += node.weight * (high[j] - low[j]);
    }
    for (std::size_t j = 0; j < m; ++j) {
      EXPECT_NEAR(a[j] - b[j] - c[j] + d[j], sum[j], 1e-12);
      EXPECT_NEAR(marginal[j], sum[j], 1e-10);
    }
  });
}

template <class T>
void expect_positive(finn_workspace* workspace) {
  for (const ConditionedCase& one : conditioned_cases()) {
    SCOPED_TRACE(one.name);
    ConditionedSpec spec(3);
    one.choose(spec);
    if (spec.positivity == FINN_POSITIVITY_NONE) continue;
    if (spec.method_used() == FINN_METHOD_SHIFT) continue;
    spec.precision = sizeof(T) == 4 ? FINN_FLOAT32 : FINN_FLOAT64;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      spec.seed = seed;
      const ModelHandle model = make_moved(spec, 0.5);
      const auto f = integrand(model.get(), workspace, spec.rows<T>(500, seed));
      EXPECT_GE(*std::min_element(f.begin(), f.end()), T(0));
    }
  }
}

TEST_F(ConditionedModel, aPositiveModelIsPositiveUnderEveryCondition) {
  expect_positive<double>(workspace_.get());
  expect_positive<float>(workspace_.get());
}

TEST_F(ConditionedModel, theBitsAreThoseOfEveryNumberOfThreads) {
  const WorkspaceHandle many = make_workspace(3);
  for_each_conditioned_case(2, [&](const ConditionedSpec& spec, const ModelHandle& model) {
    const auto rows = spec.rows(301);
    const auto weights =
        random_numbers<double>(301 * static_cast<std::size_t>(spec.outputs), -1, 1, 9);
    const auto one = integrand_vjp(model.get(), workspace_.get(), rows, weights);
    const auto other = integrand_vjp(model.get(), many.get(), rows, weights);
    EXPECT_TRUE(same_bits(one.f, other.f));
    EXPECT_TRUE(same_bits(one.x, other.x));
    EXPECT_TRUE(same_bits(one.parameters, other.parameters));
  });
}

// A disk of radius 2 about (0, 0.5), in place of the box.
struct DiskSpec : ConditionedSpec {
  DomainHandle disk = make_domain([](finn_domain** made, finn_error* e) {
    const double centre[] = {0, 0.5};
    return finn_domain_disk(centre, 2, made, e);
  });

  DiskSpec() { domain = disk.get(); }
};

TEST_F(ConditionedModel, gradientsGoThroughADomain) {
  for (const bool is_mlp : {false, true}) {
    DiskSpec spec;
    is_mlp ? spec.use_mlp() : spec.use_mixture();
    spec.use_row_targets();
    const ModelHandle model = make_moved(spec);
    const std::vector<double> rows{0.3, 0.9, 0.4, 2, 1.5, -1, 1, 1.2, 3, 0.7};
    const std::vector<double> weights{1, -0.5};
    const auto adjoint = integrand_vjp(model.get(), workspace_.get(), rows, weights).x;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const double reference = slope([&](double offset) {
        auto moved = rows;
        moved[k] += offset;
        return loss(model, moved, weights);
      });
      EXPECT_NEAR(adjoint[k], reference, 1e-6 * largest(adjoint)) << "element " << k;
    }
    const double angle = 2 * std::acos(-1.0);
    const auto whole = conditional_integral(model.get(), workspace_.get(), {0, 0}, {1, angle},
                                            {0.4, 2, 1.5}, 1, FINN_LIMITS_U);
    EXPECT_NEAR(whole[0], 1.5, 1e-12);
  }
}

TEST_F(ConditionedModel, aPointOutsideADomainHasDensityZeroAndNoGradient) {
  DiskSpec spec;
  const ModelHandle model = make_moved(spec);
  const std::vector<double> rows{3, 0, 0.4, 2};
  const auto adjoints = integrand_vjp(model.get(), workspace_.get(), rows, {1});
  EXPECT_EQ(adjoints.f[0], 0.0);
  EXPECT_EQ(largest(adjoints.x), 0.0);
}

// More variables than jets have room for.
TEST_F(ConditionedModel, ofTheMixtureTakesManyVariables) {
  for (const finn_conditioning_form form :
       {FINN_CONDITIONING_FILM, FINN_CONDITIONING_HYPERNETWORK}) {
    ConditionedSpec spec(12);
    spec.use_mixture();
    spec.conditioning = form;
    const ModelHandle model = make_moved(spec);
    const auto value = conditional_integral(model.get(), workspace_.get(), spec.lower, spec.upper,
                                            spec.given(3), 3);
    for (const double integral : value) EXPECT_NEAR(integral, 1, 1e-12);
    const auto rows = spec.rows(2);
    const std::vector<double> weights{1, -0.5};
    const auto adjoint = integrand_vjp(model.get(), workspace_.get(), rows, weights).x;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const double reference = slope([&](double offset) {
        auto moved = rows;
        moved[k] += 0.1 * offset;
        return loss(model, moved, weights);
      });
      EXPECT_NEAR(adjoint[k], 10 * reference, 1e-6 * largest(adjoint)) << "element " << k;
    }
  }
}

// f(x | c) begins as f(x), whatever c.
TEST_F(ConditionedModel, aFreshModelDoesNotDependOnConditionsYet) {
  for (const ConditionedCase& one : conditioned_cases()) {
    SCOPED_TRACE(one.name);
    ConditionedSpec spec(2);
    one.choose(spec);
    if (spec.has_row_targets()) continue;
    const ModelHandle model = make_model(spec);
    auto rows = spec.rows(1);
    const auto before = f_of(model, rows);
    rows[2] += 0.5;
    rows[3] -= 0.5;
    EXPECT_TRUE(same_bits(f_of(model, rows), before));
  }
}

}  // namespace
}  // namespace finn::test
