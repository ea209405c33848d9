#include "finn/data/interval_row.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "finn/data/check_row.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

using core::Status;
constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

std::pair<Status, std::string> refusal(const Region& region, const std::vector<double>& lower,
                                       const std::vector<double>& upper) {
  try {
    IntervalReader(region).require(lower.data(), upper.data(), {"rows", "row", 4});
    return {Status::OK, ""};
  } catch (const core::Error& error) {
    return {error.status(), error.what()};
  }
}

TEST(IntervalRow, isRefusedWhereItsEndsAreNone) {
  const Box box = test::box_of({0, -1}, {10, 1});
  const Region region{box, nullptr};
  EXPECT_EQ(refusal(region, {1, -kUnbounded}, {2, kUnbounded}).first, Status::OK);
  EXPECT_EQ(refusal(region, {-3, 0.5}, {2, 7}).first, Status::OK);
  EXPECT_EQ(refusal(region, {10, -1}, {10, -1}).first, Status::OK);
  const struct {
    std::vector<double> lower, upper;
    Status status;
    std::string message;
  } cases[] = {
      {{kNoNumber, 0},
       {1, 0},
       Status::ERROR_NOT_FINITE,
       "rows: row 4, column 0: the ends nan and 1 given, numbers expected"},
      {{1, 0},
       {2, kNoNumber},
       Status::ERROR_NOT_FINITE,
       "rows: row 4, column 1: the ends 0 and nan given, numbers expected"},
      {{2, 0},
       {1.5, 0},
       Status::ERROR_ARGUMENT,
       "rows: row 4, column 0: an interval from 2 to 1.5 given, which ends below its beginning"},
      {{kUnbounded, 0},
       {kUnbounded, 0},
       Status::ERROR_NOT_FINITE,
       "rows: row 4, column 0: both ends inf given, a finite one expected"},
      {{1, 1.5},
       {2, 1.5},
       Status::ERROR_ARGUMENT,
       "rows: row 4, column 1: 1.5 lies outside the domain, -1 .. 1 expected"},
      {{11, 0},
       {kUnbounded, 0},
       Status::ERROR_ARGUMENT,
       "rows: row 4, column 0: the interval from 11 to inf has no part in the domain, 0 .. 10"},
  };
  for (const auto& c : cases) {
    const auto [status, message] = refusal(region, c.lower, c.upper);
    EXPECT_EQ(status, c.status) << c.message;
    EXPECT_EQ(message, c.message);
  }
}

TEST(IntervalRow, hasAtMostSixIntervals) {
  const Box box = test::box_of(std::vector<double>(8, 0), std::vector<double>(8, 1));
  const Region region{box, nullptr};
  const std::vector<double> lower(8, 0.25);
  std::vector<double> upper(8, 0.5);
  upper[0] = upper[5] = 0.25;
  EXPECT_EQ(refusal(region, lower, upper).first, Status::OK);
  upper[5] = 0.5;
  const auto [status, message] = refusal(region, lower, upper);
  EXPECT_EQ(status, Status::ERROR_ARGUMENT);
  EXPECT_EQ(message, "rows: row 4, column 0 .. 7: 7 intervals given, at most 6 expected");
}

TEST(IntervalRow, onAMapOfSeveralVariablesIsAPoint) {
  const double centre[] = {0, 0};
  const DomainPointer disk = polar_domain(centre, 1);
  const Region region{disk->box(), disk.get()};
  EXPECT_EQ(refusal(region, {0.5, 0.5}, {0.5, 0.5}).first, Status::OK);
  EXPECT_EQ(refusal(region, {0.5, 0.5}, {0.6, 0.5}).second,
            "rows: row 4, column 0: an interval given on a polar, whose map does not take one "
            "variable at a time: equal ends expected");
  EXPECT_EQ(refusal(region, {0.8, 0.8}, {0.8, 0.8}).second,
            "rows: row 4, column 0 .. 1: x = (0.8, 0.8) lies outside the domain");
}

// On half-lines up and down: u of what is cut off, in order, and the weight of what is known.
TEST(IntervalRow, isReadInTheBoxOfADomain) {
  const DomainPointer up = half_line_domain(1, false, 2, Tail::exponential);
  const DomainPointer down = half_line_domain(1, true, 2, Tail::exponential);
  const DomainPointer both = product_domain({up, down});
  const Region region{both->box(), both.get()};
  const IntervalReader reader(region);
  const double lower[] = {2, -kUnbounded}, upper[] = {2, -3};
  reader.require(lower, upper, {"rows", "row", 0});
  const IntervalRow row = reader.read(lower, upper);
  EXPECT_EQ(row.points, 1U);
  double x[] = {2, -3}, u[2];
  both->locate(x, u);
  EXPECT_EQ(row.lower[0], u[0]);
  const bool falls = u[1] < 0.5 * (both->box().lower[1] + both->box().upper[1]);
  EXPECT_TRUE(row.lower[1] == u[1] || row.upper[1] == u[1]);
  EXPECT_EQ(row.lower[1] == both->box().lower[1], row.upper[1] == u[1]) << falls;
  double first[1];
  EXPECT_NEAR(row.log_weight, up->locate(x, first), 1e-13);
  const double known[] = {2, -3};
  EXPECT_NEAR(reader.read(known, known).log_weight, both->locate(x, u), 1e-13);
}

TEST(IntervalRow, hasAPointThatStandsForIt) {
  const DomainPointer line = line_domain(0, 1, Tail::gaussian);
  const DomainPointer half = half_line_domain(0, false, 1, Tail::exponential);
  const DomainPointer both = product_domain({line, half, box_domain(test::box_of({0}, {10}))});
  const Region region{both->box(), both.get()};
  const IntervalReader reader(region);
  const auto point = [&](std::vector<double> lower, const std::vector<double>& upper) {
    reader.require(lower.data(), upper.data(), {"rows", "row", 0});
    reader.stand_in(lower.data(), upper.data(), lower.data());
    EXPECT_TRUE(region.contains(lower.data()));
    return lower;
  };
  EXPECT_EQ(point({1, 2, 3}, {1, 3, 4}), (std::vector<double>{1, 2.5, 3.5}));
  EXPECT_EQ(point({1, 2, 3}, {kUnbounded, kUnbounded, kUnbounded}), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(point({-kUnbounded, -kUnbounded, -kUnbounded}, {1, 2, 3}),
            (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(point({-1, -4, -2}, {1, 2, 4}), (std::vector<double>{0, 1, 2}));
  const std::vector<double> nothing =
      point({-kUnbounded, -kUnbounded, -kUnbounded}, {kUnbounded, kUnbounded, kUnbounded});
  double u[3];
  both->locate(nothing.data(), u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(u[i], 0.5 * (both->box().lower[i] + both->box().upper[i]), 1e-12) << i;
  }
}

}  // namespace
}  // namespace finn::net
