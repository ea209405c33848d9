// What every function that asks a distribution refuses: the checks of capi/distribution_query.hpp.
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// One call of a function that takes rows x: of one variable with another given.
struct AskedOfRows {
  std::string name;
  std::function<finn_status(const finn_distribution*, finn_workspace*, const double* x,
                            std::int64_t rows, double* values, std::int64_t length, finn_error*)>
      call;
  bool may_be_infinite;
};

std::vector<AskedOfRows> functions_of_rows() {
  return {{"density", finn_distribution_density, false},
          {"log_density", finn_distribution_log_density, false},
          {"cdf", finn_distribution_cdf, true},
          {"survival", finn_distribution_survival, true},
          {"rosenblatt", finn_distribution_rosenblatt, false}};
}

TEST(DistributionQuery, ofRowsRefusesWhatIsNoRow) {
  const DistributionHandle given = given_of(distribution_of(small_mixture()), {1});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x{0.1, 0.2, 0.1, 0.2}, outside{0.1, 0.2, 0.1, 5};
  const std::vector<double> bad{0.1, 0.2, NAN, 0.2}, open{HUGE_VAL, 0.2, 0, 0.2};
  const std::vector<double> bad_given{0.1, 0.2, 0.1, HUGE_VAL};
  std::vector<double> out(2);
  for (const AskedOfRows& asked : functions_of_rows()) {
    SCOPED_TRACE(asked.name);
    const auto call = [&](const std::vector<double>& rows, std::int64_t count,
                          std::int64_t length) {
      return [&, count, length](finn_error* e) {
        return asked.call(given.get(), workspace.get(), rows.data(), count, out.data(), length, e);
      };
    };
    require_ok(call(x, 2, 2));
    expect_refused({"negative rows", FINN_ERROR_ARGUMENT, "rows", call(x, -1, 2)});
    expect_refused({"length", FINN_ERROR_SIZE, "length", call(x, 2, 1)});
    expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "x", call(bad, 2, 2)});
    expect_refused({"given inf", FINN_ERROR_NOT_FINITE, "x", call(bad_given, 2, 2)});
    expect_refused({"outside", FINN_ERROR_ARGUMENT, "row 1", call(outside, 2, 2)});
    if (asked.may_be_infinite) {
      require_ok(call(open, 2, 2));
    } else {
      expect_refused({"infinite", FINN_ERROR_NOT_FINITE, "x", call(open, 2, 2)});
    }
    const auto raw = [&](const finn_distribution* d, finn_workspace* w, const double* rows,
                         double* values) {
      return [&asked, d, w, rows, values](finn_error* e) {
        return asked.call(d, w, rows, 2, values, 2, e);
      };
    };
    finn_workspace* w = workspace.get();
    expect_refused(
        {"NULL", FINN_ERROR_NULL, "distribution", raw(nullptr, w, x.data(), out.data())});
    expect_refused(
        {"NULL", FINN_ERROR_NULL, "workspace", raw(given.get(), nullptr, x.data(), out.data())});
    expect_refused({"NULL", FINN_ERROR_NULL, "x", raw(given.get(), w, nullptr, out.data())});
    EXPECT_EQ(raw(given.get(), w, x.data(), nullptr)(nullptr), FINN_ERROR_NULL);
  }
}

}  // namespace
}  // namespace finn::test
