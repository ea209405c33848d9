// Gradients of distributions through finn.h: the shapes, and what is refused. The numbers are
// tested in tests/finn/queries.
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/refusal_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::test {
namespace {

using AtPoints = finn_status (*)(const finn_distribution*, finn_workspace*, const double*,
                                 std::int64_t, double*, std::int64_t, finn_error*);

class DistributionGradients : public ::testing::Test {
 protected:
  std::vector<double> asked(AtPoints ask, const DistributionHandle& of,
                            const std::vector<double>& x, std::size_t width) {
    const std::int64_t rows = length_of(x) / finn_distribution_columns(of.get());
    std::vector<double> values(static_cast<std::size_t>(rows) * width);
    require_ok([&](finn_error* e) {
      return ask(of.get(), workspace_.get(), x.data(), rows, values.data(), length_of(values), e);
    });
    return values;
  }
  // gradient [rows][columns] of value [rows].
  void expect_gradient(AtPoints gradient, AtPoints value, const DistributionHandle& of,
                       const std::vector<double>& x) {
    const auto columns = static_cast<std::size_t>(finn_distribution_columns(of.get()));
    const std::vector<double> exact = asked(gradient, of, x, columns);
    for (std::size_t column = 0; column < columns; ++column) {
      const auto reference = central_differences(1e-4, [&](double offset) {
        std::vector<double> moved = x;
        for (std::size_t at = column; at < x.size(); at += columns) moved[at] += offset;
        return asked(value, of, moved, 1);
      });
      for (std::size_t row = 0; row < reference.size(); ++row) {
        EXPECT_NEAR(exact[row * columns + column], reference[row],
                    1e-7 * (1 + std::abs(reference[row])));
      }
    }
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(DistributionGradients, areThoseOfWhatTheyAreNamedAfter) {
  ModelSpec conditioned = small_mlp();
  conditioned.conditioning = FINN_CONDITIONING_FILM;
  conditioned.conditions = 1;
  conditioned.condition_lower = {0};
  conditioned.condition_upper = {1};
  for (const ModelSpec& spec : {small_mlp(), small_mixture(), conditioned}) {
    const DistributionHandle whole = distribution_of(spec);
    std::vector<double> x{0.1, 0.2, -0.4, 0.3};
    if (spec.conditions > 0) x = {0.1, 0.2, 0.5, -0.4, 0.3, 0.25};
    for (const DistributionHandle& of : {given_of(whole, {1}), marginal_of(whole, {1, 0})}) {
      expect_gradient(finn_distribution_log_density_gradient, finn_distribution_log_density, of, x);
      expect_gradient(finn_distribution_cdf_gradient, finn_distribution_cdf, of, x);
    }
  }
}

TEST_F(DistributionGradients, ofBoxesAreMassesOfTheirSides) {
  const DistributionHandle of = given_of(distribution_of(small_mixture()), {1});
  const std::vector<double> lower{-0.5}, upper{0.25}, given{0.1};
  double by_lower = 0, by_upper = 0, by_given = 0;
  require_ok([&](finn_error* e) {
    return finn_distribution_probability_gradient(of.get(), workspace_.get(), lower.data(),
                                                  upper.data(), given.data(), 1, &by_lower,
                                                  &by_upper, 1, &by_given, 1, e);
  });
  const auto density = asked(finn_distribution_density, of, {-0.5, 0.1, 0.25, 0.1}, 1);
  EXPECT_NEAR(by_lower, -density[0], 1e-13);
  EXPECT_NEAR(by_upper, density[1], 1e-13);
  const auto reference = central_differences(1e-4, [&](double offset) {
    const double moved = given[0] + offset;
    std::vector<double> value(1);
    require_ok([&](finn_error* e) {
      return finn_distribution_probability(of.get(), workspace_.get(), lower.data(), upper.data(),
                                           &moved, 1, value.data(), nullptr, 1, e);
    });
    return value;
  });
  EXPECT_NEAR(by_given, reference[0], 1e-9);
}

TEST_F(DistributionGradients, ofTheTransformHaveTheDensityAsDeterminant) {
  const DistributionHandle of = distribution_of(small_mlp());
  const std::vector<double> x{0.1, 0.2};
  double jacobian[4], inverse[4];
  require_ok([&](finn_error* e) {
    return finn_distribution_rosenblatt_jacobian(of.get(), workspace_.get(), x.data(), 1, jacobian,
                                                 4, inverse, 4, e);
  });
  EXPECT_NEAR(jacobian[0] * jacobian[3], asked(finn_distribution_density, of, x, 1)[0], 1e-12);
  EXPECT_EQ(jacobian[1], 0);
  EXPECT_NEAR(inverse[2] * jacobian[0] + inverse[3] * jacobian[2], 0, 1e-12);
  EXPECT_NEAR(inverse[3] * jacobian[3], 1, 1e-14);
}

TEST_F(DistributionGradients, refuseWrongArrays) {
  const DistributionHandle of = given_of(distribution_of(small_mixture()), {1});
  const double x[] = {0.1, 0.2}, bad[] = {NAN, 0.2}, lower = -0.5, upper = 0.5;
  double values[4];
  for (const AtPoints ask :
       {finn_distribution_log_density_gradient, finn_distribution_cdf_gradient}) {
    const auto call = [&](const double* at, double* into, std::int64_t length) {
      return [=, this, &of](finn_error* e) {
        return ask(of.get(), workspace_.get(), at, 1, into, length, e);
      };
    };
    require_ok(call(x, values, 2));
    expect_refused({"NULL", FINN_ERROR_NULL, "gradient", call(x, nullptr, 2)});
    expect_refused({"NULL", FINN_ERROR_NULL, "x", call(nullptr, values, 2)});
    expect_refused({"length", FINN_ERROR_SIZE, "length", call(x, values, 1)});
    expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "x", call(bad, values, 2)});
  }
  const auto box = [&](const double* from, const double* to, const double* given,
                       std::int64_t limits, std::int64_t columns) {
    return [=, this, &of, &values](finn_error* e) {
      return finn_distribution_probability_gradient(of.get(), workspace_.get(), from, to, given, 1,
                                                    values, values + 1, limits, values + 2, columns,
                                                    e);
    };
  };
  require_ok(box(&lower, &upper, x, 1, 1));
  expect_refused({"NULL", FINN_ERROR_NULL, "upper", box(&lower, nullptr, x, 1, 1)});
  expect_refused({"NULL", FINN_ERROR_NULL, "given", box(&lower, &upper, nullptr, 1, 1)});
  expect_refused({"reversed", FINN_ERROR_ARGUMENT, "lower", box(&upper, &lower, x, 1, 1)});
  expect_refused({"length", FINN_ERROR_SIZE, "limit_length", box(&lower, &upper, x, 2, 1)});
  expect_refused({"length", FINN_ERROR_SIZE, "given_length", box(&lower, &upper, x, 1, 2)});
  const auto transform = [&](std::int64_t jacobian, std::int64_t inverse) {
    return [=, this, &of, &x, &values](finn_error* e) {
      return finn_distribution_rosenblatt_jacobian(of.get(), workspace_.get(), x, 1, values,
                                                   jacobian, values + 2, inverse, e);
    };
  };
  require_ok(transform(2, 1));
  expect_refused({"length", FINN_ERROR_SIZE, "jacobian_length", transform(1, 1)});
  expect_refused({"length", FINN_ERROR_SIZE, "inverse_length", transform(2, 2)});
}

// On a disk there is a density, and so its gradient, but no cdf.
TEST_F(DistributionGradients, onADiskAreThoseOfTheDensityAlone) {
  const DomainHandle disk = unit_disk();
  const DistributionHandle of = distribution_of(spec_on(disk.get()));
  const double x[] = {0.1, 0.2};
  double values[4];
  require_ok([&](finn_error* e) {
    return finn_distribution_log_density_gradient(of.get(), workspace_.get(), x, 1, values, 2, e);
  });
  expect_refused({"cdf", FINN_ERROR_ARGUMENT, "cdf", [&](finn_error* e) {
                    return finn_distribution_cdf_gradient(of.get(), workspace_.get(), x, 1, values,
                                                          2, e);
                  }});
  expect_refused({"transform", FINN_ERROR_ARGUMENT, "rosenblatt", [&](finn_error* e) {
                    return finn_distribution_rosenblatt_jacobian(of.get(), workspace_.get(), x, 1,
                                                                 values, 4, nullptr, 0, e);
                  }});
}

}  // namespace
}  // namespace finn::test
