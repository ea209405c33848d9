#include "finn/queries/density.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

struct Densities {
  std::vector<double> value, log;
};

Densities find_densities(const Distribution& distribution, const std::vector<double>& x,
                         int threads = 1) {
  Workspace workspace(threads);
  const std::size_t rows = x.size() / static_cast<std::size_t>(distribution.columns());
  Densities found{std::vector<double>(rows), std::vector<double>(rows)};
  density(distribution, workspace, x.data(), static_cast<std::int64_t>(rows), found.value.data(),
          found.log.data());
  return found;
}

// x of uniform u.
std::vector<double> points_of_domain(const Model<double>& model, int count) {
  std::vector<double> rows = test::points_in(model.box(), count);
  for (std::size_t r = 0; r < rows.size(); r += static_cast<std::size_t>(model.variables())) {
    const std::vector<double> u(&rows[r], &rows[r] + model.variables());
    model.region().to_point(u.data(), &rows[r]);
  }
  return rows;
}

void expect_f_over_its_integral(const Model<double>& model, int output) {
  const auto x = points_of_domain(model, 150);
  const auto m = static_cast<std::size_t>(model.outputs()), j = static_cast<std::size_t>(output);
  std::vector<double> f(150 * m), integral(m);
  Workspace workspace(1);
  mixed_partial(model, workspace, all_variables(model.variables()), x.data(), 150, f.data());
  integrate(model, workspace, model.box(), integral.data(), nullptr, nullptr);
  const Densities found = find_densities(Distribution::of(model, output), x);
  for (std::size_t r = 0; r < 150; ++r) {
    EXPECT_NEAR(found.value[r] * integral[j] / f[r * m + j], 1, 1e-12);
    EXPECT_NEAR(found.log[r], std::log(found.value[r]), 1e-13);
  }
}

TEST(Density, isFOverItsIntegral) {
  for (const int n : {1, 2, 3, 4}) {
    for (const test::QueryCase& one : test::query_cases(n)) {
      SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
      expect_f_over_its_integral(test::moved_model(one.settings), one.output);
    }
  }
}

TEST(Density, isFOverItsIntegralOnADiskToo) {
  const double centre[] = {0.5, -1};
  for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(2)}) {
    const Model<double> model =
        test::moved_model(test::on_domain(settings, disk_domain(centre, 2)));
    expect_f_over_its_integral(model, 0);
    const Densities outside = find_densities(Distribution::of(model, 0), {2.6, -1, 0.5, 1.1});
    EXPECT_EQ(outside.value, (std::vector<double>{0, 0}));
    EXPECT_EQ(outside.log, (std::vector<double>{-HUGE_VAL, -HUGE_VAL}));
  }
}

TEST(Density, isTheSameForAnyNumberOfThreadsAndAnyCut) {
  const Model<double> model = test::moved_model(test::shared_out(test::settings_of(3)));
  const Distribution distribution = Distribution::of(model, 1);
  const auto x = points_of_domain(model, 500);
  const Densities one = find_densities(distribution, x);
  EXPECT_EQ(find_densities(distribution, x, 3).value, one.value);
  const std::vector<double> tail(x.begin() + 3 * 77, x.end());
  const Densities rest = find_densities(distribution, tail);
  for (std::size_t r = 0; r < rest.value.size(); ++r) {
    EXPECT_NEAR(rest.value[r] / one.value[r + 77], 1, 1e-14);
  }
}

TEST(Density, isNothingOutside) {
  for (const int n : {1, 2}) {
    for (const ModelSettings& settings : {test::settings_of(n), test::mixture_settings_of(n)}) {
      const Distribution whole = Distribution::of(test::moved_model(settings), 0);
      std::vector<double> x(static_cast<std::size_t>(n), 0.1);
      EXPECT_GT(find_densities(whole, x).value[0], 0);
      for (double& outside : x) {
        outside = 2;
        EXPECT_EQ(find_densities(whole, x).value[0], 0);
        EXPECT_EQ(find_densities(whole, x).log[0], -HUGE_VAL);
        outside = -1.5;
        EXPECT_EQ(find_densities(whole, x).log[0], -HUGE_VAL);
        outside = 0.1;
      }
      const std::vector<double> lower(x.size(), -0.2), upper(x.size(), 0.3);
      const Distribution cut = whole.truncated(lower.data(), upper.data());
      x.back() = 0.31;
      EXPECT_EQ(find_densities(cut, x).value[0], 0);
      EXPECT_GT(find_densities(whole, x).value[0], 0);
    }
  }
  const auto half_line = half_line_domain(-1, false, 2, Tail::rational);
  const Distribution above =
      Distribution::of(test::moved_model(test::on_domain(test::settings_of(1), half_line)), 0);
  EXPECT_EQ(find_densities(above, {-1.1}).value[0], 0);
  EXPECT_EQ(find_densities(above, {-1.1}).log[0], -HUGE_VAL);
  EXPECT_GT(find_densities(above, {1e6}).value[0], 0);
}

}  // namespace
}  // namespace finn::net
