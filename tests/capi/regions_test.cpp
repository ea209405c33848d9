// The constructors of regions: that each makes the one that it names, and what each refuses, with
// which status and which name.
#include <cmath>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

constexpr double kZeros[9] = {};
constexpr double kOnes[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
constexpr double kNoNumber[9] = {0, kNaN};

TEST(Region, isTheRegionThatTheNameOfItsFunctionSays) {
  for (const Region& region : regions()) {
    SCOPED_TRACE(region.name);
    const DomainHandle domain = make_domain(region.make);
    ASSERT_EQ(finn_domain_variables(domain.get()), static_cast<int>(region.inside.size()));
    std::vector<double> log_weight;
    const std::vector<double> u = to_box(domain.get(), region.inside, &log_weight);
    EXPECT_NEAR(std::exp(log_weight[0]) / region.weight, 1, 1e-11);
    const std::vector<double> x = to_point(domain.get(), u);
    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(x[i], region.inside[i], 1e-12);
    if (region.outside.empty()) continue;
    to_box(domain.get(), region.outside, &log_weight);
    EXPECT_EQ(log_weight[0], -HUGE_VAL);
  }
}

TEST(Region, isRefusedAndNamesTheArgument) {
  using Out = finn_domain**;
  using Error = finn_error*;
  struct Bad {
    const char* what;
    finn_status status;
    const char* name;
    MakeDomain make;
  };
  const std::vector<Bad> calls{
      {"box without variables", FINN_ERROR_ARGUMENT, "variables",
       [](Out d, Error e) { return finn_domain_box(0, kZeros, kOnes, d, e); }},
      {"box with too many variables", FINN_ERROR_ARGUMENT, "variables",
       [](Out d, Error e) { return finn_domain_box(9, kZeros, kOnes, d, e); }},
      {"box without limits", FINN_ERROR_NULL, "lower",
       [](Out d, Error e) { return finn_domain_box(1, nullptr, kOnes, d, e); }},
      {"reversed box", FINN_ERROR_ARGUMENT, "upper",
       [](Out d, Error e) { return finn_domain_box(1, kOnes, kZeros, d, e); }},
      {"open box without variables", FINN_ERROR_ARGUMENT, "variables",
       [](Out d, Error e) { return finn_domain_open_box(0, kZeros, kOnes, d, e); }},
      {"open box with too many variables", FINN_ERROR_ARGUMENT, "variables",
       [](Out d, Error e) {
         return finn_domain_open_box(FINN_MAX_MIXTURE_VARIABLES + 1, kZeros, kOnes, d, e);
       }},
      {"open box without lower", FINN_ERROR_NULL, "lower",
       [](Out d, Error e) { return finn_domain_open_box(1, nullptr, kOnes, d, e); }},
      {"open box without upper", FINN_ERROR_NULL, "upper",
       [](Out d, Error e) { return finn_domain_open_box(1, kZeros, nullptr, d, e); }},
      {"reversed open box", FINN_ERROR_ARGUMENT, "upper",
       [](Out d, Error e) { return finn_domain_open_box(1, kOnes, kZeros, d, e); }},
      {"flat open box", FINN_ERROR_ARGUMENT, "upper",
       [](Out d, Error e) { return finn_domain_open_box(2, kOnes, kOnes, d, e); }},
      {"open box from NaN", FINN_ERROR_NOT_FINITE, "lower",
       [](Out d, Error e) { return finn_domain_open_box(2, kNoNumber, kOnes, d, e); }},
      {"open box up to infinity", FINN_ERROR_NOT_FINITE, "upper",
       [](Out d, Error e) { return finn_domain_open_box(1, kZeros, &kInfinity, d, e); }},
      {"line of scale 0", FINN_ERROR_ARGUMENT, "scale",
       [](Out d, Error e) { return finn_domain_line(0, 0, FINN_TAIL_GAUSSIAN, d, e); }},
      {"line with an unknown tail", FINN_ERROR_ARGUMENT, "tail",
       [](Out d, Error e) { return finn_domain_line(0, 1, static_cast<finn_tail>(3), d, e); }},
      {"line at infinity", FINN_ERROR_NOT_FINITE, "centre",
       [](Out d, Error e) { return finn_domain_line(kInfinity, 1, FINN_TAIL_GAUSSIAN, d, e); }},
      {"half-line with an unknown direction", FINN_ERROR_ARGUMENT, "direction",
       [](Out d, Error e) {
         return finn_domain_half_line(0, static_cast<finn_direction>(2), 1, FINN_TAIL_GAUSSIAN, d,
                                      e);
       }},
      {"half-line with a negative tail", FINN_ERROR_ARGUMENT, "tail",
       [](Out d, Error e) {
         return finn_domain_half_line(0, FINN_DOWNWARD, 1, static_cast<finn_tail>(-1), d, e);
       }},
      {"flat parallelepiped", FINN_ERROR_ARGUMENT, "edges",
       [](Out d, Error e) { return finn_domain_parallelepiped(2, kZeros, kOnes, d, e); }},
      {"parallelepiped with NaN", FINN_ERROR_NOT_FINITE, "edges",
       [](Out d, Error e) { return finn_domain_parallelepiped(2, kZeros, kNoNumber, d, e); }},
      {"affine image of nothing", FINN_ERROR_NULL, "inner",
       [](Out d, Error e) { return finn_domain_affine(nullptr, kOnes, kOnes, d, e); }},
      {"affine image by a singular matrix", FINN_ERROR_ARGUMENT, "matrix",
       [](Out d, Error e) { return finn_domain_affine(unit_disk().get(), kOnes, kOnes, d, e); }},
      {"disk of radius 0", FINN_ERROR_ARGUMENT, "radius",
       [](Out d, Error e) { return finn_domain_disk(kZeros, 0, d, e); }},
      {"disk of radius NaN", FINN_ERROR_NOT_FINITE, "radius",
       [](Out d, Error e) { return finn_domain_disk(kZeros, kNaN, d, e); }},
      {"disk without a centre", FINN_ERROR_NULL, "centre",
       [](Out d, Error e) { return finn_domain_disk(nullptr, 1, d, e); }},
      {"disk about NaN", FINN_ERROR_NOT_FINITE, "centre",
       [](Out d, Error e) { return finn_domain_disk(kNoNumber, 1, d, e); }},
      {"annulus inside out", FINN_ERROR_ARGUMENT, "inner",
       [](Out d, Error e) { return finn_domain_annulus(kZeros, 2, 1, d, e); }},
      {"sector with reversed angles", FINN_ERROR_ARGUMENT, "from",
       [](Out d, Error e) { return finn_domain_sector(kZeros, 0, 1, 1, 0, d, e); }},
      {"ellipse without an axis", FINN_ERROR_ARGUMENT, "semi_axes",
       [](Out d, Error e) { return finn_domain_ellipse(kZeros, kZeros, 0, d, e); }},
      {"polar disk of negative radius", FINN_ERROR_ARGUMENT, "radius",
       [](Out d, Error e) { return finn_domain_polar(kZeros, -1, d, e); }},
      {"ball of radius 0", FINN_ERROR_ARGUMENT, "radius",
       [](Out d, Error e) { return finn_domain_ball(kZeros, 0, d, e); }},
      {"shell inside out", FINN_ERROR_ARGUMENT, "inner",
       [](Out d, Error e) { return finn_domain_shell(kZeros, 1, 1, d, e); }},
      {"cylinder upside down", FINN_ERROR_ARGUMENT, "bottom",
       [](Out d, Error e) { return finn_domain_cylinder(kZeros, 1, 1, 0, d, e); }},
      {"cylinder up to NaN", FINN_ERROR_NOT_FINITE, "top",
       [](Out d, Error e) { return finn_domain_cylinder(kZeros, 1, 1, kNaN, d, e); }},
      {"flat simplex", FINN_ERROR_ARGUMENT, "vertices",
       [](Out d, Error e) { return finn_domain_simplex(2, kOnes, d, e); }},
      {"simplex without vertices", FINN_ERROR_NULL, "vertices",
       [](Out d, Error e) { return finn_domain_simplex(2, nullptr, d, e); }},
      {"polygon of two vertices", FINN_ERROR_ARGUMENT, "count",
       [](Out d, Error e) { return finn_domain_polygon(kZeros, 2, d, e); }},
      {"polygon that bends inwards", FINN_ERROR_ARGUMENT, "vertices",
       [](Out d, Error e) {
         const double dart[] = {0, 0, 2, 0, 0.5, 0.5, 0, 2};
         return finn_domain_polygon(dart, 4, d, e);
       }},
      {"product of nothing", FINN_ERROR_NULL, "factors",
       [](Out d, Error e) { return finn_domain_product(nullptr, 1, d, e); }},
      {"product of NULL", FINN_ERROR_NULL, "factors",
       [](Out d, Error e) {
         const finn_domain* factors[] = {nullptr};
         return finn_domain_product(factors, 1, d, e);
       }},
      {"product of too many variables", FINN_ERROR_ARGUMENT, "factors",
       [](Out d, Error e) {
         const DomainHandle disk = unit_disk();
         const std::vector<const finn_domain*> factors(5, disk.get());
         return finn_domain_product(factors.data(), 5, d, e);
       }},
  };
  for (const Bad& bad : calls) {
    expect_not_made<finn_domain>(bad.what, bad.status, bad.name, bad.make);
  }
  expect_refused({"nowhere to put it", FINN_ERROR_NULL, "domain",
                  [](finn_error* e) { return finn_domain_disk(kZeros, 1, nullptr, e); }});
}

TEST(Region, mayBeAnAffineImageOfAnAffineImageWithoutEnd) {
  const double turn[] = {0, -1, 1, 0}, step[] = {1, 0};
  DomainHandle domain = unit_disk();
  for (int k = 0; k < 200000; ++k) {
    finn_domain* over = nullptr;
    ASSERT_EQ(finn_domain_affine(domain.get(), turn, step, &over, nullptr), FINN_OK);
    domain.reset(over);
  }
  // After four turns by a right angle the steps have come back to where they began.
  const std::vector<double> x = to_point(domain.get(), {0.25, 0});
  EXPECT_NEAR(x[0], 0.5, 1e-12);
  EXPECT_NEAR(x[1], 0, 1e-12);
}

TEST(Region, liesOverAsManyOthersAsTheHeaderSays) {
  DomainHandle domain = unit_disk();
  const auto product_of = [&](finn_domain** over, finn_error* e) {
    const finn_domain* factors[] = {domain.get()};
    return finn_domain_product(factors, 1, over, e);
  };
  for (int k = 1; k < 32; ++k) domain = make_domain(product_of);
  expect_refused({"33 domains", FINN_ERROR_ARGUMENT, "factors", [&](finn_error* e) {
                    finn_domain* over = nullptr;
                    return product_of(&over, e);
                  }});
}

TEST(RefusedMemory, isReportedWhereADomainIsMade) {
  const double vertices[] = {0, 0, 2, 0, 2, 2, 0, 2};
  for (std::int64_t k = 0;; ++k) {
    ASSERT_LT(k, 100);
    finn_domain* domain = nullptr;
    finn_error error = FINN_ERROR_INIT;
    finn_status status = FINN_OK;
    with_refused_memory(k, 1, [&] { status = finn_domain_polygon(vertices, 4, &domain, &error); });
    EXPECT_EQ(domain == nullptr, status != FINN_OK);
    finn_domain_destroy(domain);
    if (status == FINN_OK) break;
    EXPECT_STREQ(finn_status_name(status), "FINN_ERROR_MEMORY");
  }
}

}  // namespace
}  // namespace finn::test
