// The box of an integral: what is refused, and what lies beyond the limits of a model.
#include <limits>
#include <utility>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(IntegralBox, isRefusedWhereItIsNone) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  const finn_model* m = model.get();
  finn_workspace* w = workspace.get();
  const double low[] = {-0.5, 0}, high[] = {0.5, 0.25}, low_nan[] = {-0.5, kNaN};
  const double high_nan[] = {kNaN, 0.25}, reversed[] = {0.5, -0.25};
  const double low_infinite[] = {-kInfinity, 0}, high_infinite[] = {0.5, kInfinity};
  double value = 0, kappa = 0, estimate = 0;
  const auto query = [&](const double* lower, const double* upper, finn_error* e) {
    return finn_integral(m, w, lower, upper, &value, &kappa, &estimate, e);
  };
  const BadCall calls[] = {
      {"model NULL", FINN_ERROR_NULL, "model",
       [&](auto* e) { return finn_integral(nullptr, w, low, high, &value, &kappa, &estimate, e); }},
      {"workspace NULL", FINN_ERROR_NULL, "workspace",
       [&](auto* e) { return finn_integral(m, nullptr, low, high, &value, &kappa, &estimate, e); }},
      {"value NULL", FINN_ERROR_NULL, "value",
       [&](auto* e) { return finn_integral(m, w, low, high, nullptr, &kappa, &estimate, e); }},
      {"lower NULL", FINN_ERROR_NULL, "lower", [&](auto* e) { return query(nullptr, high, e); }},
      {"upper NULL", FINN_ERROR_NULL, "upper", [&](auto* e) { return query(low, nullptr, e); }},
      {"reversed", FINN_ERROR_ARGUMENT, "upper", [&](auto* e) { return query(low, reversed, e); }},
      {"lower NaN", FINN_ERROR_NOT_FINITE, "lower",
       [&](auto* e) { return query(low_nan, high, e); }},
      {"upper NaN", FINN_ERROR_NOT_FINITE, "upper",
       [&](auto* e) { return query(low, high_nan, e); }},
      {"lower infinite", FINN_ERROR_NOT_FINITE, "lower",
       [&](auto* e) { return query(low_infinite, high, e); }},
      {"upper infinite", FINN_ERROR_NOT_FINITE, "upper",
       [&](auto* e) { return query(low, high_infinite, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  EXPECT_EQ(query(low, high, nullptr), FINN_OK);
}

TEST(IntegralBox, mayGoBeyondTheLimitsOfAModel) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> low = lower_of(2), high = upper_of(2);
  const auto over = [&](double from, double to) {
    return integral(model.get(), workspace.get(), {from, low[1]}, {to, high[1]}).value[0];
  };
  EXPECT_GT(over(low[0] - 1, high[0] + 1), over(low[0], high[0]));
  EXPECT_NEAR(over(low[0] - 1, high[0] + 1),
              over(low[0] - 1, low[0]) + over(low[0], high[0]) + over(high[0], high[0] + 1), 1e-12);
}

// What a user who thinks of x would give: a share of [0, 5] of a half-line would be all of it.
TEST(IntegralBox, isRefusedBeyondTheBoxOfUOfADomain) {
  const DomainHandle half_line = make_domain([](finn_domain** domain, finn_error* e) {
    return finn_domain_half_line(0, 1, 1, FINN_TAIL_EXPONENTIAL, domain, e);
  });
  const ModelHandle model = model_on(half_line.get());
  const WorkspaceHandle workspace = make_workspace();
  for (const auto& limits : {std::pair{0.0, 5.0}, {-0.1, 1.0}, {2.0, 3.0}}) {
    const double low = limits.first, high = limits.second;
    double value = 0;
    expect_refused({"finn_integral", FINN_ERROR_ARGUMENT, "finn_domain_to_box", [&](auto* e) {
                      return finn_integral(model.get(), workspace.get(), &low, &high, &value,
                                           nullptr, nullptr, e);
                    }});
    expect_refused({"finn_integral_given", FINN_ERROR_ARGUMENT, "upper", [&](auto* e) {
                      return finn_integral_given(model.get(), workspace.get(), &low, &high, nullptr,
                                                 1, &value, nullptr, nullptr, e);
                    }});
  }
  EXPECT_NEAR(integral(model.get(), workspace.get(), {-1e-13}, {1 + 1e-13}).value[0], 1, 1e-12);
}

TEST(IntegralBox, mayGoBeyondTheVariablesOfADomainThatAreNotMapped) {
  const DomainHandle slab = make_domain([](finn_domain** domain, finn_error* e) {
    const double lower = 2, upper = 3, centre[] = {0, 0};
    finn_domain *box = nullptr, *disk = nullptr;
    require_ok([&](finn_error* f) { return finn_domain_box(1, &lower, &upper, &box, f); });
    require_ok([&](finn_error* f) { return finn_domain_disk(centre, 1, &disk, f); });
    const DomainHandle box_handle(box), disk_handle(disk);
    const finn_domain* factors[] = {disk, box};
    return finn_domain_product(factors, 2, domain, e);
  });
  const ModelHandle model = model_on(slab.get());
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_NEAR(integral(model.get(), workspace.get(), {0, 0, -7}, {1, 6, 2.5}).value[0],
              integral(model.get(), workspace.get(), {0, 0, 2}, {1, 6, 2.5}).value[0], 1e-12);
  expect_refused({"a share of 2", FINN_ERROR_ARGUMENT, "upper", [&](auto* e) {
                    const double low[] = {0, 0, 2}, high[] = {2, 6, 3};
                    double value = 0;
                    return finn_integral(model.get(), workspace.get(), low, high, &value, nullptr,
                                         nullptr, e);
                  }});
}

}  // namespace
}  // namespace finn::test
