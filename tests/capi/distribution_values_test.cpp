// Densities, cdfs and probabilities through finn.h.
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(DistributionValues, ofTheWholeAreFAndIntegralsOfIt) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    ModelSpec spec = small_mlp();
    spec.target = {2};
    spec.precision = precision;
    const ModelHandle model = make_model(spec);
    const DistributionHandle whole = distribution_of(spec);
    const WorkspaceHandle workspace = make_workspace(2);
    const std::vector<double> x = random_points<double>(2, 50, 3);
    const auto f = integrand(model.get(), workspace.get(), x);
    std::vector<double> p(50), log(50);
    require_ok([&](finn_error* e) {
      return finn_distribution_density(whole.get(), workspace.get(), x.data(), 50, p.data(), 50, e);
    });
    require_ok([&](finn_error* e) {
      return finn_distribution_log_density(whole.get(), workspace.get(), x.data(), 50, log.data(),
                                           50, e);
    });
    const double tolerance = precision == FINN_FLOAT64 ? 1e-12 : 1e-4;
    for (std::size_t r = 0; r < 50; ++r) {
      EXPECT_NEAR(2 * p[r] / f[r], 1, tolerance);
      EXPECT_NEAR(log[r], std::log(p[r]), 1e-12);
    }
    const std::vector<double> lower{-0.5, -0.5}, upper{0.25, 0.5}, width{0.75, 1};
    double value = 0, of_width = 0, error = 0;
    require_ok([&](finn_error* e) {
      return finn_distribution_probability(whole.get(), workspace.get(), lower.data(), upper.data(),
                                           nullptr, 1, &value, &error, 1, e);
    });
    require_ok([&](finn_error* e) {
      return finn_distribution_probability_of_width(whole.get(), workspace.get(), lower.data(),
                                                    width.data(), nullptr, 1, &of_width, nullptr, 1,
                                                    e);
    });
    EXPECT_NEAR(value, integral(model.get(), workspace.get(), lower, upper).value[0] / 2, 1e-6);
    EXPECT_NEAR(of_width, value, 1e-14);
    EXPECT_LT(error, 1e-12);
  }
}

TEST(DistributionValues, ofBoxesRefuseWhatIsNoBox) {
  const DistributionHandle given = given_of(distribution_of(small_mixture()), {1});
  const WorkspaceHandle workspace = make_workspace();
  const double lower = -0.5, upper = 0.1, width = 0.6, at = 0.2, bad = NAN, outside = 9;
  double value = 0;
  for (const bool by_width : {false, true}) {
    const auto call = [&](const double* from, const double* to, const double* row,
                          std::int64_t rows, double* into, std::int64_t length) {
      return [=, &given, &workspace](finn_error* e) {
        const auto ask =
            by_width ? finn_distribution_probability_of_width : finn_distribution_probability;
        return ask(given.get(), workspace.get(), from, to, row, rows, into, nullptr, length, e);
      };
    };
    const double* other = by_width ? &width : &upper;
    const char* name = by_width ? "width" : "upper";
    const double reversed = by_width ? -0.1 : -0.6;
    require_ok(call(&lower, other, &at, 1, &value, 1));
    EXPECT_GT(value, 0);
    expect_refused({"NULL", FINN_ERROR_NULL, "lower", call(nullptr, other, &at, 1, &value, 1)});
    expect_refused({"NULL", FINN_ERROR_NULL, name, call(&lower, nullptr, &at, 1, &value, 1)});
    expect_refused({"NULL", FINN_ERROR_NULL, "given", call(&lower, other, nullptr, 1, &value, 1)});
    expect_refused({"NULL", FINN_ERROR_NULL, "value", call(&lower, other, &at, 1, nullptr, 1)});
    expect_refused({"rows", FINN_ERROR_ARGUMENT, "rows", call(&lower, other, &at, -1, &value, 1)});
    expect_refused({"length", FINN_ERROR_SIZE, "length", call(&lower, other, &at, 1, &value, 2)});
    expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "lower", call(&bad, other, &at, 1, &value, 1)});
    expect_refused({"NaN", FINN_ERROR_NOT_FINITE, name, call(&lower, &bad, &at, 1, &value, 1)});
    expect_refused(
        {"NaN", FINN_ERROR_NOT_FINITE, "given", call(&lower, other, &bad, 1, &value, 1)});
    expect_refused(
        {"reversed", FINN_ERROR_ARGUMENT, "reversed", call(&lower, &reversed, &at, 1, &value, 1)});
    expect_refused(
        {"outside", FINN_ERROR_ARGUMENT, "row 0", call(&lower, other, &outside, 1, &value, 1)});
  }
}

}  // namespace
}  // namespace finn::test
