// f(x | c) through finn.h: the integral for every condition, gradients, positivity, bits, training.
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

class Conditioning : public ::testing::Test {
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

// That an integral is what the bound of the options says.
void expect_bound(const ConditionedOptions& options, double integral, double epsilon) {
  constexpr double rounding = 1e-12;
  switch (options.bound) {
    case FINN_BOUND_AT_MOST:
      EXPECT_LE(integral, epsilon + rounding);
      break;
    case FINN_BOUND_AT_LEAST:
      EXPECT_GE(integral, epsilon - rounding);
      break;
    case FINN_BOUND_BETWEEN:
      EXPECT_GE(integral, options.limits[0] - rounding);
      EXPECT_LE(integral, options.limits[1] + rounding);
      break;
    default:
      EXPECT_NEAR(integral, epsilon, rounding);
  }
}

TEST_F(Conditioning, theIntegralIsFixedForEveryCondition) {
  for (const int n : {1, 2, 3}) {
    for_each_conditioned_case(n, [&](const ConditionedOptions& options, const ModelHandle& model) {
      constexpr std::int64_t count = 50;
      const auto given = options.given(count);
      const auto value =
          integral_given(model.get(), workspace_.get(), options.low, options.high, given, count);
      if (options.constraint == FINN_CONSTRAINT_NONE) return;
      const std::size_t m = static_cast<std::size_t>(options.outputs);
      for (std::size_t k = 0; k < value.size(); ++k) {
        const std::size_t row = k / m;
        const std::size_t width = given.size() / count;
        const double epsilon =
            options.sample_epsilon == 1 ? given[(row + 1) * width - m + k % m] : 1.0;
        expect_bound(options, value[k], epsilon);
      }
    });
  }
}

TEST_F(Conditioning, gradientsReachParametersPointsConditionsAndEpsilon) {
  for (const int n : {1, 2, 3}) {
    for_each_conditioned_case(n, [&](const ConditionedOptions& options, const ModelHandle& model) {
      const auto rows = options.rows(5, 8);  // none at the kink of a hard bound
      const auto weights =
          random_numbers<double>(5 * static_cast<std::size_t>(options.outputs), -1, 1, 9);
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
      for (std::size_t k = 0; k < parameters.size(); k += n == 1 ? 1 : 7) {
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

TEST_F(Conditioning, aPartialDifferencedOverTheRestIsAMarginalOfTheSameCondition) {
  for_each_conditioned_case(2, [&](const ConditionedOptions& options, const ModelHandle& model) {
    const auto given = options.given(1);
    const std::size_t m = static_cast<std::size_t>(options.outputs);
    const auto at = [&](std::uint32_t subset, double x0, double x1) {
      std::vector<double> row{x0, x1};
      row.insert(row.end(), given.begin(), given.end());
      return mixed_partial(model.get(), workspace_.get(), subset, row);
    };
    const auto sum =
        integral_given(model.get(), workspace_.get(), {-0.7, -0.5}, {0.2, 0.6}, given, 1);
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
    ConditionedOptions options(3);
    one.choose(options);
    if (options.positivity == FINN_POSITIVITY_NONE) continue;
    if (options.constraint == FINN_CONSTRAINT_SHIFT) continue;
    options.precision = sizeof(T) == 4 ? FINN_FLOAT32 : FINN_FLOAT64;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      options.seed = seed;
      const ModelHandle model = create_moved(options, 0.5);
      const auto f = integrand(model.get(), workspace, options.rows<T>(500, seed));
      EXPECT_GE(*std::min_element(f.begin(), f.end()), T(0));
    }
  }
}

TEST_F(Conditioning, aPositiveModelIsPositiveUnderEveryCondition) {
  expect_positive<double>(workspace_.get());
  expect_positive<float>(workspace_.get());
}

TEST_F(Conditioning, theBitsAreThoseOfEveryNumberOfThreads) {
  const WorkspaceHandle many = make_workspace(3);
  for_each_conditioned_case(2, [&](const ConditionedOptions& options, const ModelHandle& model) {
    const auto rows = options.rows(301);
    const auto weights =
        random_numbers<double>(301 * static_cast<std::size_t>(options.outputs), -1, 1, 9);
    const auto one = integrand_vjp(model.get(), workspace_.get(), rows, weights);
    const auto other = integrand_vjp(model.get(), many.get(), rows, weights);
    EXPECT_TRUE(same_bits(one.f, other.f));
    EXPECT_TRUE(same_bits(one.x, other.x));
    EXPECT_TRUE(same_bits(one.parameters, other.parameters));
  });
}

// A disk of radius 2 about (0, 0.5), in place of the box.
struct DiskOptions : ConditionedOptions {
  DomainHandle disk;

  DiskOptions() {
    const double centre[] = {0, 0.5};
    finn_domain* made = nullptr;
    require_ok([&](finn_error* e) { return finn_domain_disk(centre, 2, &made, e); });
    disk.reset(made);
    domain = made;
    lower = upper = nullptr;
  }
};

TEST_F(Conditioning, gradientsGoThroughADomain) {
  for (const bool is_mlp : {false, true}) {
    DiskOptions options;
    is_mlp ? options.use_mlp() : options.use_product();
    options.sample_epsilon = 1;
    const ModelHandle model = create_moved(options);
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
    const auto whole =
        integral_given(model.get(), workspace_.get(), {0, 0}, {1, angle}, {0.4, 2, 1.5}, 1);
    EXPECT_NEAR(whole[0], 1.5, 1e-12);
  }
}

TEST_F(Conditioning, aPointOutsideADomainHasDensityZeroAndNoGradient) {
  DiskOptions options;
  const ModelHandle model = create_moved(options);
  const std::vector<double> rows{3, 0, 0.4, 2};
  const auto adjoints = integrand_vjp(model.get(), workspace_.get(), rows, {1});
  EXPECT_EQ(adjoints.f[0], 0.0);
  EXPECT_EQ(largest(adjoints.x), 0.0);
}

// More variables than jets have room for.
TEST_F(Conditioning, ofTheProductTakesManyVariables) {
  for (const finn_conditioning form :
       {FINN_CONDITIONING_MODULATION, FINN_CONDITIONING_HYPERNETWORK}) {
    ConditionedOptions options(12);
    options.use_product();
    options.use_form(form);
    const ModelHandle model = create_moved(options);
    const auto value = integral_given(model.get(), workspace_.get(), options.low, options.high,
                                      options.given(3), 3);
    for (const double integral : value) EXPECT_NEAR(integral, 1, 1e-12);
    const auto rows = options.rows(2);
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
TEST_F(Conditioning, aFreshModelDoesNotDependOnConditionsYet) {
  for (const ConditionedCase& one : conditioned_cases()) {
    SCOPED_TRACE(one.name);
    ConditionedOptions options(2);
    one.choose(options);
    if (options.sample_epsilon == 1) continue;
    const ModelHandle model = create(options);
    auto rows = options.rows(1);
    const auto before = f_of(model, rows);
    rows[2] += 0.5;
    rows[3] -= 0.5;
    EXPECT_TRUE(same_bits(f_of(model, rows), before));
  }
}

}  // namespace
}  // namespace finn::test
