#include "finn/domains/axis_maps.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::net {
namespace {

constexpr double kEndOfAxis = std::numeric_limits<double>::infinity();

TEST(AxisMaps, ofABoxAreTheIdentityWithinIt) {
  const Box box = test::box_of({-1, 2}, {3, 5});
  for (const DomainPointer& domain : {DomainPointer(), box_domain(box)}) {
    const AxisMaps maps(box, domain.get());
    EXPECT_TRUE(maps.separate());
    EXPECT_STREQ(maps.kind(), "box");
    EXPECT_TRUE(maps.is_identity(0));
    EXPECT_FALSE(maps.falls(1));
    EXPECT_EQ(maps.to_box(0, 0.5), 0.5);
    EXPECT_EQ(maps.to_box(0, -kEndOfAxis), -1);
    EXPECT_EQ(maps.to_box(1, 7), 5);
    EXPECT_EQ(maps.to_point(1, 3), 3);
    EXPECT_EQ(maps.limit(0, -1), -1);
    EXPECT_EQ(maps.limit(1, 5), 5);
    EXPECT_TRUE(maps.contains(0, 3));
    EXPECT_FALSE(maps.contains(1, 1.9));
    const double x[] = {0, 3};
    EXPECT_EQ(maps.log_weight(3, x), 0);
  }
}

TEST(AxisMaps, goThereAndBackOnEveryDomain) {
  for (const int n : {1, 3}) {
    for (const auto& [name, domain] : test::mapped_domains(n)) {
      SCOPED_TRACE(name);
      const AxisMaps maps(domain->box(), domain.get());
      EXPECT_TRUE(maps.separate());
      for (int i = 0; i < n; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double lower = domain->box().lower[at], upper = domain->box().upper[at];
        const double a = maps.to_point(i, lower + 0.2 * (upper - lower));
        const double b = maps.to_point(i, lower + 0.7 * (upper - lower));
        EXPECT_NEAR(maps.to_box(i, b), lower + 0.7 * (upper - lower), 1e-14);
        EXPECT_EQ(maps.falls(i), b < a);
        EXPECT_TRUE(maps.contains(i, a));
        EXPECT_EQ(maps.limit(i, maps.to_box(i, a)), maps.to_point(i, maps.to_box(i, a)));
      }
    }
  }
}

TEST(AxisMaps, knowWhichEndIsInfinite) {
  const auto line = line_domain(0, 1, Tail::gaussian);
  const auto down = half_line_domain(1, true, 2, Tail::rational);
  const auto up = half_line_domain(1, false, 2, Tail::exponential);
  const auto product = product_domain({line, down, up, box_domain(test::box_of({0}, {1}))});
  const auto fallen = test::scaled_domain(product, {1, -1, 2, -1});
  const AxisMaps maps(fallen->box(), fallen.get());
  const auto expect_limits = [&](int i, double lower, double upper) {
    EXPECT_DOUBLE_EQ(maps.limit(i, maps.falls(i) ? 1 : 0), lower) << i;
    EXPECT_DOUBLE_EQ(maps.limit(i, maps.falls(i) ? 0 : 1), upper) << i;
  };
  expect_limits(0, -kEndOfAxis, kEndOfAxis);
  expect_limits(1, -0.75, kEndOfAxis);
  expect_limits(2, 2.25, kEndOfAxis);
  expect_limits(3, -0.75, 0.25);
  EXPECT_FALSE(maps.is_identity(0));
  EXPECT_FALSE(maps.contains(1, -0.76));
  EXPECT_EQ(maps.to_box(1, kEndOfAxis), 0);
  EXPECT_EQ(maps.to_box(1, -kEndOfAxis), 1);
}

// The product of the slopes of the axes, by differences.
TEST(AxisMaps, haveTheWeightOfTheVariablesThatAreAskedAlone) {
  for (const auto& [name, domain] : test::mapped_domains(3)) {
    SCOPED_TRACE(name);
    const AxisMaps maps(domain->box(), domain.get());
    std::array<double, 3> u{}, x{};
    for (std::size_t i = 0; i < 3; ++i) {
      const double lower = domain->box().lower[i];
      u[i] = lower + (0.3 + 0.2 * static_cast<double>(i)) * (domain->box().upper[i] - lower);
    }
    domain->to_point(u.data(), x.data());
    for (VariableSet variables = 1; variables < 8; ++variables) {
      double expected = 0;
      for (int i = 0; i < 3; ++i) {
        const double at = x[static_cast<std::size_t>(i)], h = 1e-5;
        if ((variables >> i & 1) == 0) continue;
        expected += std::log(std::fabs(maps.to_box(i, at + h) - maps.to_box(i, at - h)) / (2 * h));
      }
      std::array<double, 3> asked{1e9, 1e9, 1e9};
      for (std::size_t i = 0; i < 3; ++i) {
        if ((variables >> i & 1) != 0) asked[i] = x[i];
      }
      EXPECT_NEAR(maps.log_weight(variables, asked.data()), expected, 1e-8) << variables;
    }
    std::array<double, 3> outside = x;
    outside[1] = 1e3;
    EXPECT_EQ(maps.log_weight(2, outside.data()), Domain::kOutside);
    EXPECT_GT(maps.log_weight(5, outside.data()), Domain::kOutside);
  }
}

TEST(AxisMaps, ofADiskAreNone) {
  const double centre[] = {0, 0};
  const auto disk = disk_domain(centre, 1);
  const AxisMaps maps(disk->box(), disk.get());
  EXPECT_FALSE(maps.separate());
  const double inside[] = {0.1, 0.2}, outside[] = {1, 0.2};
  double u[2];
  EXPECT_NEAR(maps.log_weight(3, inside), disk->locate(inside, u), 1e-15);
  EXPECT_EQ(maps.log_weight(3, outside), Domain::kOutside);
}

TEST(AxisMaps, haveTheSlopesOfDifferencesAndNoneBeyondTheDomain) {
  for (const auto& [name, domain] : test::mapped_domains(3)) {
    const AxisMaps maps(domain->box(), domain.get());
    for (int i = 0; i < 3; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double lower = domain->box().lower[at], upper = domain->box().upper[at];
      const double x = maps.to_point(i, lower + 0.3 * (upper - lower));
      const AxisSlopes slopes = maps.slopes(i, x);
      const auto reference = test::central_differences(1e-4, [&](double offset) {
        return std::vector<double>{maps.to_box(i, x + offset),
                                   std::log(std::fabs(maps.slopes(i, x + offset).u))};
      });
      EXPECT_NEAR(slopes.u, reference[0], 1e-9) << name;
      EXPECT_NEAR(slopes.log_weight, reference[1], 1e-7) << name;
      EXPECT_EQ(maps.slopes(i, kEndOfAxis).u, 0);
    }
  }
  const Box box = test::box_of({-1, 2}, {3, 5});
  const DomainPointer of_box = box_domain(box);
  for (const Domain* domain : {static_cast<const Domain*>(nullptr), of_box.get()}) {
    const AxisMaps maps(box, domain);
    EXPECT_EQ(maps.slopes(0, 0.5).u, 1);
    EXPECT_EQ(maps.slopes(0, 3.5).u, 0);
    EXPECT_EQ(maps.slopes(1, 3).log_weight, 0);
  }
}

}  // namespace
}  // namespace finn::net
