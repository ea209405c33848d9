// Moments, expectations, entropy, levels and modes through finn.h.
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

std::int32_t first_variable(const double* x, std::int64_t count, double* values, void*) {
  for (std::int64_t r = 0; r < count; ++r) values[r] = x[2 * r];
  return 0;
}

TEST(DistributionSummary, expectationsAgreeWithMoments) {
  const DistributionHandle whole = distribution_of(small_mixture());
  const WorkspaceHandle workspace = make_workspace();
  double mean[2], covariance[4], value = 0, error = 0;
  require_ok([&](finn_error* e) {
    return finn_distribution_moments(whole.get(), workspace.get(), nullptr, 1, mean, nullptr, 2,
                                     covariance, nullptr, 4, e);
  });
  require_ok([&](finn_error* e) {
    return finn_distribution_expectation(whole.get(), workspace.get(), &first_variable, nullptr,
                                         nullptr, 4000, 1, &value, &error, 1, e);
  });
  EXPECT_NEAR(value, mean[0], 4 * error);
  EXPECT_NEAR(error, std::sqrt(covariance[0] / 4000), 0.1 * error);
}

TEST(DistributionSummary, ofACallbackThatFailsIsItsFailure) {
  const DistributionHandle whole = distribution_of(small_mixture());
  const WorkspaceHandle workspace = make_workspace();
  double value = 0;
  const auto call = [&](finn_expectation_callback callback, std::int64_t samples, double* into,
                        std::int64_t length) {
    return [=, &whole, &workspace](finn_error* e) {
      return finn_distribution_expectation(whole.get(), workspace.get(), callback, nullptr, nullptr,
                                           samples, 1, into, nullptr, length, e);
    };
  };
  const finn_expectation_callback fails = [](const double*, std::int64_t, double*, void*) {
    return std::int32_t{3};
  };
  const finn_expectation_callback infinite = [](const double*, std::int64_t count, double* values,
                                                void*) {
    for (std::int64_t r = 0; r < count; ++r) values[r] = HUGE_VAL;
    return std::int32_t{0};
  };
  expect_refused({"fails", FINN_ERROR_CALLBACK, "callback", call(fails, 10, &value, 1)});
  expect_refused({"infinite", FINN_ERROR_NOT_FINITE, "value", call(infinite, 10, &value, 1)});
  expect_refused({"NULL", FINN_ERROR_NULL, "callback", call(nullptr, 10, &value, 1)});
  expect_refused({"value", FINN_ERROR_NULL, "value", call(&first_variable, 10, nullptr, 1)});
  expect_refused({"samples", FINN_ERROR_ARGUMENT, "samples", call(&first_variable, 1, &value, 1)});
  expect_refused({"length", FINN_ERROR_ARGUMENT, "length", call(&first_variable, 10, &value, 0)});
}

TEST(DistributionSummary, modesAndLevelsAreDensities) {
  const DistributionHandle whole = distribution_of(small_mixture());
  const WorkspaceHandle workspace = make_workspace();
  double x[2], log = 0, again = 0, level = 0, entropy = 0, error = 0;
  require_ok([&](finn_error* e) {
    return finn_distribution_mode(whole.get(), workspace.get(), nullptr, 100, 1, x, 2, &log, e);
  });
  require_ok([&](finn_error* e) {
    return finn_distribution_log_density(whole.get(), workspace.get(), x, 1, &again, 1, e);
  });
  EXPECT_NEAR(log, again, 1e-13);
  require_ok([&](finn_error* e) {
    return finn_distribution_density_level(whole.get(), workspace.get(), nullptr, 0.5, 500, 1,
                                           &level, &error, e);
  });
  EXPECT_LT(level, std::exp(log));
  EXPECT_GT(error, 0);
  require_ok([&](finn_error* e) {
    return finn_distribution_entropy(whole.get(), workspace.get(), nullptr, 500, 1, &entropy,
                                     nullptr, e);
  });
  EXPECT_GT(entropy, -log);
}

TEST(DistributionSummary, refusesWhatIsNoQuestion) {
  const DistributionHandle given = given_of(distribution_of(small_mixture()), {0});
  const WorkspaceHandle workspace = make_workspace();
  const finn_distribution* d = given.get();
  finn_workspace* w = workspace.get();
  const double at = 0.1, outside = 9;
  double x = 0;
  const auto moments = [&](const double* row, std::int64_t rows) {
    return [=, &x](finn_error* e) {
      return finn_distribution_moments(d, w, row, rows, &x, nullptr, rows, nullptr, nullptr, 0, e);
    };
  };
  expect_refused({"mean", FINN_ERROR_SIZE, "mean_length", [&](finn_error* e) {
                    return finn_distribution_moments(d, w, &at, 1, &x, nullptr, 2, nullptr, nullptr,
                                                     0, e);
                  }});
  expect_refused({"covariance", FINN_ERROR_SIZE, "covariance_length", [&](finn_error* e) {
                    return finn_distribution_moments(d, w, &at, 1, nullptr, nullptr, 0, nullptr, &x,
                                                     2, e);
                  }});
  require_ok(moments(&at, 1));
  expect_refused({"given", FINN_ERROR_NULL, "given", moments(nullptr, 1)});
  expect_refused({"rows", FINN_ERROR_ARGUMENT, "rows", moments(&at, -1)});
  expect_refused({"outside", FINN_ERROR_ARGUMENT, "row 0", moments(&outside, 1)});
  for (const double share : {0.0, 1.0, -0.5, 2.0}) {
    expect_refused({"share", FINN_ERROR_ARGUMENT, "probability", [&](finn_error* e) {
                      return finn_distribution_density_level(d, w, &at, share, 10, 1, &x, nullptr,
                                                             e);
                    }});
  }
  const auto mode = [&](std::int64_t samples, double* into, std::int64_t length) {
    return [=, &at](finn_error* e) {
      return finn_distribution_mode(d, w, &at, samples, 1, into, length, nullptr, e);
    };
  };
  require_ok(mode(10, &x, 1));
  expect_refused({"x", FINN_ERROR_NULL, "x", mode(10, nullptr, 1)});
  expect_refused({"length", FINN_ERROR_SIZE, "length", mode(10, &x, 2)});
  expect_refused({"samples", FINN_ERROR_ARGUMENT, "samples", mode(1, &x, 1)});
  expect_refused({"value", FINN_ERROR_NULL, "value", [&](finn_error* e) {
                    return finn_distribution_entropy(d, w, &at, 10, 1, nullptr, nullptr, e);
                  }});
  expect_refused({"level", FINN_ERROR_NULL, "level", [&](finn_error* e) {
                    return finn_distribution_density_level(d, w, &at, 0.5, 10, 1, nullptr, nullptr,
                                                           e);
                  }});
}

}  // namespace
}  // namespace finn::test
