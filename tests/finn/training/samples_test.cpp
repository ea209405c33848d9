#include "finn/training/samples.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/data/check_row.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(Samples, lieInTheRangesOfTheirColumns) {
  ModelSettings settings = test::settings_of(2);
  settings.network.conditioning = {ConditioningKind::film, 1, {3}, true};
  settings.conditions = {{5}, {9}};
  settings.constraint.target.clear();
  const Model<double> model(settings);
  core::Random random(1);
  std::vector<double> rows(4 * 100);
  draw_samples(model, random, rows);
  for (std::size_t i = 0; i < rows.size(); i += 4) {
    EXPECT_TRUE(settings.box.contains(&rows[i]));
    EXPECT_TRUE(rows[i + 2] >= 5 && rows[i + 2] <= 9);
    EXPECT_EQ(rows[i + 3], 1) << "target";
  }
}

TEST(Samples, areDrawnInTheDomain) {
  const double centre[] = {3, 4};
  ModelSettings settings = test::mixture_settings_of(2);
  settings.domain = polar_domain(centre, 2);
  settings.box = settings.domain->box();
  const Model<double> model(settings);
  core::Random random(1);
  std::vector<double> rows(2 * 100);
  draw_samples(model, random, rows);
  for (std::size_t i = 0; i < rows.size(); i += 2) {
    EXPECT_LE(std::hypot(rows[i] - 3, rows[i + 1] - 4), 2 + 1e-12);
  }
}

TEST(Samples, thatBreakTheRulesNameStepRowAndColumn) {
  std::vector<double> rows = {1, 2, 3, 4};
  EXPECT_NO_THROW(require_samples({2}, rows, "x", 7));
  rows[3] = std::numeric_limits<double>::quiet_NaN();
  try {
    require_samples({2}, rows, "x", 7);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
    EXPECT_STREQ(
        error.what(),
        "x of the sampler in step 7: row 1, column 1: nan given, a finite number expected");
  }
}

TEST(Samples, thatAreNoIntervalsNameStepRowAndColumn) {
  const Box box = test::box_of({0, 0}, {4, 4});
  const Region region{box, nullptr};
  const IntervalReader reader(region);
  const RowRules rules{2, {}, nullptr, -1, 2};
  std::vector<double> x = {1, 2, 3, 4}, y = {2, 2, 3, 4};
  EXPECT_NO_THROW(require_intervals(reader, rules, x, y, "x and y", 7));
  y[2] = 2;
  try {
    require_intervals(reader, rules, x, y, "x and y", 7);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
    EXPECT_STREQ(
        error.what(),
        "x and y of the sampler in step 7: row 1, column 0: an interval from 3 to 2 given, "
        "which ends below its beginning");
  }
}

}  // namespace
}  // namespace finn::net
