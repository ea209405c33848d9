// The box of an integral: what is refused, and what lies beyond the limits of a model.
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

TEST(IntegralBox, isRefusedWhereItIsNone) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  const finn_model* m = model.get();
  finn_workspace* w = workspace.get();
  const double low[] = {-0.5, 0}, high[] = {0.5, 0.25}, low_nan[] = {-0.5, kNaN};
  const double high_nan[] = {kNaN, 0.25}, reversed[] = {0.5, -0.25};
  const double low_infinite[] = {-kInfinity, 0}, high_infinite[] = {0.5, kInfinity};
  double value = 0, number = 0, estimate = 0;
  const auto query = [&](const double* lower, const double* upper, finn_error* e) {
    return finn_integral(m, w, FINN_LIMITS_X, lower, upper, &value, &number, &estimate, 1, e);
  };
  const BadCall calls[] = {
      {"model NULL", FINN_ERROR_NULL, "model",
       [&](auto* e) {
         return finn_integral(nullptr, w, FINN_LIMITS_X, low, high, &value, &number, &estimate, 1,
                              e);
       }},
      {"workspace NULL", FINN_ERROR_NULL, "workspace",
       [&](auto* e) {
         return finn_integral(m, nullptr, FINN_LIMITS_X, low, high, &value, &number, &estimate, 1,
                              e);
       }},
      {"value NULL", FINN_ERROR_NULL, "value",
       [&](auto* e) {
         return finn_integral(m, w, FINN_LIMITS_X, low, high, nullptr, &number, &estimate, 1, e);
       }},
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
  expect_refused({"unknown limits", FINN_ERROR_ARGUMENT, "limits", [&](auto* e) {
                    return finn_integral(m, w, static_cast<finn_limits>(2), low, high, &value,
                                         &number, &estimate, 1, e);
                  }});
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

TEST(IntegralBox, isRefusedBeyondTheBoxOfUOfADomain) {
  const DomainHandle half_line = make_domain([](finn_domain** domain, finn_error* e) {
    return finn_domain_half_line(0, FINN_UPWARD, 1, FINN_TAIL_EXPONENTIAL, domain, e);
  });
  const ModelHandle model = model_on(half_line.get());
  const WorkspaceHandle workspace = make_workspace();
  for (const auto& limits : {std::pair{0.0, 5.0}, {-0.1, 1.0}, {2.0, 3.0}}) {
    const double low = limits.first, high = limits.second;
    double value = 0;
    expect_refused({"finn_integral", FINN_ERROR_ARGUMENT, "FINN_LIMITS_X", [&](auto* e) {
                      return finn_integral(model.get(), workspace.get(), FINN_LIMITS_U, &low, &high,
                                           &value, nullptr, nullptr, 1, e);
                    }});
    const char* name = low < 0 || low > 1 ? "lower" : "upper";
    expect_refused({"finn_conditional_integral", FINN_ERROR_ARGUMENT, name, [&](auto* e) {
                      return finn_conditional_integral(model.get(), workspace.get(), FINN_LIMITS_U,
                                                       &low, &high, nullptr, 1, &value, nullptr,
                                                       nullptr, 1, e);
                    }});
  }
  EXPECT_NEAR(integral(model.get(), workspace.get(), {-1e-13}, {1 + 1e-13}, FINN_LIMITS_U).value[0],
              1, 1e-12);
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
  const auto over = [&](const std::vector<double>& low, const std::vector<double>& high) {
    return integral(model.get(), workspace.get(), low, high, FINN_LIMITS_U).value[0];
  };
  EXPECT_NEAR(over({0, 0, -7}, {1, 6, 2.5}), over({0, 0, 2}, {1, 6, 2.5}), 1e-12);
  expect_refused({"a share of 2", FINN_ERROR_ARGUMENT, "upper", [&](auto* e) {
                    const double low[] = {0, 0, 2}, high[] = {2, 6, 3};
                    double value = 0;
                    return finn_integral(model.get(), workspace.get(), FINN_LIMITS_U, low, high,
                                         &value, nullptr, nullptr, 1, e);
                  }});
}

}  // namespace
}  // namespace finn::test
