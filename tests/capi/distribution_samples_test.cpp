// Quantiles, the Rosenblatt transform and samples through finn.h.
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(DistributionSamples, quantilesAreThoseOfTheCdf) {
  const DistributionHandle first = marginal_of(distribution_of(small_mlp()), {0});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> p{0, 1e-3, 0.5, 0.999, 1};
  std::vector<double> x(5), cdf(5);
  require_ok([&](finn_error* e) {
    return finn_distribution_quantile(first.get(), workspace.get(), p.data(), nullptr, 5, x.data(),
                                      5, e);
  });
  require_ok([&](finn_error* e) {
    return finn_distribution_cdf(first.get(), workspace.get(), x.data(), 5, cdf.data(), 5, e);
  });
  for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(cdf[k], p[k], 1e-14);
  EXPECT_EQ(x.front(), lower_of(1)[0]);
  EXPECT_EQ(x.back(), upper_of(1)[0]);
}

TEST(DistributionSamples, theTransformUndoesItsInverse) {
  const DistributionHandle whole = distribution_of(small_mixture());
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> u{0.2, 0.7, 0.9, 0.1};
  std::vector<double> x(4), again(4);
  require_ok([&](finn_error* e) {
    return finn_distribution_inverse_rosenblatt(whole.get(), workspace.get(), u.data(), nullptr, 2,
                                                x.data(), 4, e);
  });
  require_ok([&](finn_error* e) {
    return finn_distribution_rosenblatt(whole.get(), workspace.get(), x.data(), 2, again.data(), 4,
                                        e);
  });
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(again[k], u[k], 1e-12);
}

TEST(DistributionSamples, probabilitiesLieBetweenZeroAndOne) {
  const DistributionHandle first = marginal_of(distribution_of(small_mixture()), {0});
  const WorkspaceHandle workspace = make_workspace();
  double x = 0;
  for (const auto ask : {finn_distribution_quantile, finn_distribution_inverse_rosenblatt}) {
    const char* name = ask == finn_distribution_quantile ? "p" : "u";
    const auto call = [&](double p, std::int64_t rows, std::int64_t length) {
      return [&, p, rows, length](finn_error* e) {
        return ask(first.get(), workspace.get(), &p, nullptr, rows, &x, length, e);
      };
    };
    require_ok(call(0.5, 1, 1));
    expect_refused({"below", FINN_ERROR_ARGUMENT, name, call(-1e-9, 1, 1)});
    expect_refused({"above", FINN_ERROR_ARGUMENT, name, call(1.1, 1, 1)});
    expect_refused({"NaN", FINN_ERROR_NOT_FINITE, name, call(NAN, 1, 1)});
    expect_refused({"rows", FINN_ERROR_ARGUMENT, "rows", call(0.5, -1, 1)});
    expect_refused({"length", FINN_ERROR_SIZE, "length", call(0.5, 1, 2)});
    expect_refused({"NULL", FINN_ERROR_NULL, name, [&](finn_error* e) {
                      return ask(first.get(), workspace.get(), nullptr, nullptr, 1, &x, 1, e);
                    }});
    const double p = 0.5;
    expect_refused({"NULL", FINN_ERROR_NULL, "x", [&](finn_error* e) {
                      return ask(first.get(), workspace.get(), &p, nullptr, 1, nullptr, 1, e);
                    }});
  }
}

TEST(DistributionSamples, onlyOneVariableHasQuantiles) {
  const DistributionHandle whole = distribution_of(small_mixture());
  const WorkspaceHandle workspace = make_workspace();
  const double p[] = {0.5, 0.5};
  double x[2];
  expect_refused({"two variables", FINN_ERROR_ARGUMENT, "distribution", [&](finn_error* e) {
                    return finn_distribution_quantile(whole.get(), workspace.get(), p, nullptr, 1,
                                                      x, 2, e);
                  }});
}

TEST(DistributionSamples, areTheSameInAnyCalls) {
  const DistributionHandle whole = distribution_of(small_mixture());
  const WorkspaceHandle one = make_workspace(1), three = make_workspace(3);
  std::vector<double> x(400), parts(400);
  const auto draw = [&](const WorkspaceHandle& workspace, std::int64_t first, std::int64_t rows,
                        double* into) {
    require_ok([&](finn_error* e) {
      return finn_distribution_sample(whole.get(), workspace.get(), 7, first, nullptr, rows, into,
                                      2 * rows, e);
    });
  };
  draw(one, 0, 200, x.data());
  draw(three, 0, 130, parts.data());
  draw(three, 130, 70, &parts[260]);
  EXPECT_TRUE(same_bits(x, parts));
}

TEST(DistributionSamples, refuseWhatCannotBeDrawn) {
  const DistributionHandle given = given_of(distribution_of(small_mixture()), {0});
  const WorkspaceHandle workspace = make_workspace();
  const double at = 0.1, outside = 9, bad = NAN;
  double x = 0;
  const auto call = [&](std::int64_t first, const double* row, std::int64_t rows, double* into,
                        std::int64_t length) {
    return [=, &given, &workspace](finn_error* e) {
      return finn_distribution_sample(given.get(), workspace.get(), 1, first, row, rows, into,
                                      length, e);
    };
  };
  require_ok(call(0, &at, 1, &x, 1));
  expect_refused({"first", FINN_ERROR_ARGUMENT, "first", call(-1, &at, 1, &x, 1)});
  expect_refused({"rows", FINN_ERROR_ARGUMENT, "rows", call(0, &at, -1, &x, 1)});
  expect_refused({"length", FINN_ERROR_SIZE, "length", call(0, &at, 1, &x, 2)});
  expect_refused({"given", FINN_ERROR_NULL, "given", call(0, nullptr, 1, &x, 1)});
  expect_refused({"x", FINN_ERROR_NULL, "x", call(0, &at, 1, nullptr, 1)});
  expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "given", call(0, &bad, 1, &x, 1)});
  expect_refused({"outside", FINN_ERROR_ARGUMENT, "row 0", call(0, &outside, 1, &x, 1)});
}

}  // namespace
}  // namespace finn::test
