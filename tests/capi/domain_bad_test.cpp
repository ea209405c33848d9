// What the functions of section 8 of finn.h refuse, with which status and which name.
#include <cmath>
#include <limits>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kZeros[9] = {};
constexpr double kOnes[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
constexpr double kNoNumber[9] = {0, kNaN};

// A call that makes no domain, which has to leave NULL in its place.
BadCall no_domain(const char* what, finn_status status, const char* name, const MakeDomain& make) {
  return {what, status, name, [=](finn_error* error) {
            finn_domain* domain = unit_disk().release();
            finn_domain_destroy(domain);
            const finn_status result = make(&domain, error);
            EXPECT_EQ(domain, nullptr);
            return result;
          }};
}

std::int32_t no_radius(const double*, double* radius, void*) {
  *radius = kNaN;
  return 0;
}
std::int32_t failing_radius(const double*, double*, void*) { return 7; }

TEST(BadDomain, isRefusedAndNamesTheArgument) {
  using Out = finn_domain**;
  using Error = finn_error*;
  const std::vector<BadCall> calls{
      no_domain("box without variables", FINN_ERROR_ARGUMENT, "variables",
                [](Out d, Error e) { return finn_domain_box(0, kZeros, kOnes, d, e); }),
      no_domain("box with too many variables", FINN_ERROR_ARGUMENT, "variables",
                [](Out d, Error e) { return finn_domain_box(9, kZeros, kOnes, d, e); }),
      no_domain("box without limits", FINN_ERROR_NULL, "lower",
                [](Out d, Error e) { return finn_domain_box(1, nullptr, kOnes, d, e); }),
      no_domain("reversed box", FINN_ERROR_ARGUMENT, "upper",
                [](Out d, Error e) { return finn_domain_box(1, kOnes, kZeros, d, e); }),
      no_domain("line of scale 0", FINN_ERROR_ARGUMENT, "scale",
                [](Out d, Error e) { return finn_domain_line(0, 0, 0, d, e); }),
      no_domain("line with an unknown tail", FINN_ERROR_ARGUMENT, "tail",
                [](Out d, Error e) { return finn_domain_line(0, 1, 3, d, e); }),
      no_domain("line at infinity", FINN_ERROR_NOT_FINITE, "centre",
                [](Out d, Error e) { return finn_domain_line(kInfinity, 1, 0, d, e); }),
      no_domain("half-line without a direction", FINN_ERROR_ARGUMENT, "direction",
                [](Out d, Error e) { return finn_domain_half_line(0, 0, 1, 0, d, e); }),
      no_domain("half-line with a negative tail", FINN_ERROR_ARGUMENT, "tail",
                [](Out d, Error e) { return finn_domain_half_line(0, 1, 1, -1, d, e); }),
      no_domain("flat parallelepiped", FINN_ERROR_ARGUMENT, "edges",
                [](Out d, Error e) { return finn_domain_parallelepiped(2, kZeros, kOnes, d, e); }),
      no_domain(
          "parallelepiped with NaN", FINN_ERROR_NOT_FINITE, "edges",
          [](Out d, Error e) { return finn_domain_parallelepiped(2, kZeros, kNoNumber, d, e); }),
      no_domain("affine image of nothing", FINN_ERROR_NULL, "inner",
                [](Out d, Error e) { return finn_domain_affine(nullptr, kOnes, kOnes, d, e); }),
      no_domain(
          "affine image by a singular matrix", FINN_ERROR_ARGUMENT, "matrix",
          [](Out d, Error e) { return finn_domain_affine(unit_disk().get(), kOnes, kOnes, d, e); }),
      no_domain("disk of radius 0", FINN_ERROR_ARGUMENT, "radius",
                [](Out d, Error e) { return finn_domain_disk(kZeros, 0, d, e); }),
      no_domain("disk of radius NaN", FINN_ERROR_NOT_FINITE, "radius",
                [](Out d, Error e) { return finn_domain_disk(kZeros, kNaN, d, e); }),
      no_domain("disk without a centre", FINN_ERROR_NULL, "centre",
                [](Out d, Error e) { return finn_domain_disk(nullptr, 1, d, e); }),
      no_domain("disk about NaN", FINN_ERROR_NOT_FINITE, "centre",
                [](Out d, Error e) { return finn_domain_disk(kNoNumber, 1, d, e); }),
      no_domain("annulus inside out", FINN_ERROR_ARGUMENT, "inner",
                [](Out d, Error e) { return finn_domain_annulus(kZeros, 2, 1, d, e); }),
      no_domain("sector with reversed angles", FINN_ERROR_ARGUMENT, "from",
                [](Out d, Error e) { return finn_domain_sector(kZeros, 0, 1, 1, 0, d, e); }),
      no_domain("ellipse without an axis", FINN_ERROR_ARGUMENT, "semi_axes",
                [](Out d, Error e) { return finn_domain_ellipse(kZeros, kZeros, 0, d, e); }),
      no_domain("polar disk of negative radius", FINN_ERROR_ARGUMENT, "radius",
                [](Out d, Error e) { return finn_domain_polar(kZeros, -1, d, e); }),
      no_domain("ball of radius 0", FINN_ERROR_ARGUMENT, "radius",
                [](Out d, Error e) { return finn_domain_ball(kZeros, 0, d, e); }),
      no_domain("shell inside out", FINN_ERROR_ARGUMENT, "inner",
                [](Out d, Error e) { return finn_domain_shell(kZeros, 1, 1, d, e); }),
      no_domain("cylinder upside down", FINN_ERROR_ARGUMENT, "bottom",
                [](Out d, Error e) { return finn_domain_cylinder(kZeros, 1, 1, 0, d, e); }),
      no_domain("cylinder up to NaN", FINN_ERROR_NOT_FINITE, "top",
                [](Out d, Error e) { return finn_domain_cylinder(kZeros, 1, 1, kNaN, d, e); }),
      no_domain("flat simplex", FINN_ERROR_ARGUMENT, "vertices",
                [](Out d, Error e) { return finn_domain_simplex(2, kOnes, d, e); }),
      no_domain("simplex without vertices", FINN_ERROR_NULL, "vertices",
                [](Out d, Error e) { return finn_domain_simplex(2, nullptr, d, e); }),
      no_domain("polygon of two vertices", FINN_ERROR_ARGUMENT, "count",
                [](Out d, Error e) { return finn_domain_polygon(kZeros, 2, d, e); }),
      no_domain("polygon that bends inwards", FINN_ERROR_ARGUMENT, "vertices",
                [](Out d, Error e) {
                  const double dart[] = {0, 0, 2, 0, 0.5, 0.5, 0, 2};
                  return finn_domain_polygon(dart, 4, d, e);
                }),
      no_domain("star in four variables", FINN_ERROR_ARGUMENT, "variables",
                [](Out d, Error e) {
                  return finn_domain_star(4, kZeros, no_radius, nullptr, nullptr, d, e);
                }),
      no_domain("star without a radius", FINN_ERROR_NULL, "radius",
                [](Out d, Error e) {
                  return finn_domain_star(2, kZeros, nullptr, nullptr, nullptr, d, e);
                }),
      no_domain("star of radius NaN", FINN_ERROR_ARGUMENT, "radius",
                [](Out d, Error e) {
                  return finn_domain_star(2, kZeros, no_radius, nullptr, nullptr, d, e);
                }),
      no_domain("star whose callback fails", FINN_ERROR_CALLBACK, "radius",
                [](Out d, Error e) {
                  return finn_domain_star(2, kZeros, failing_radius, nullptr, nullptr, d, e);
                }),
      no_domain("product of nothing", FINN_ERROR_NULL, "factors",
                [](Out d, Error e) { return finn_domain_product(nullptr, 1, d, e); }),
      no_domain("product of NULL", FINN_ERROR_NULL, "factors",
                [](Out d, Error e) {
                  const finn_domain* factors[] = {nullptr};
                  return finn_domain_product(factors, 1, d, e);
                }),
      no_domain("product of too many variables", FINN_ERROR_ARGUMENT, "factors",
                [](Out d, Error e) {
                  const DomainHandle disk = unit_disk();
                  const std::vector<const finn_domain*> factors(5, disk.get());
                  return finn_domain_product(factors.data(), 5, d, e);
                }),
      no_domain("map without options", FINN_ERROR_NULL, "options",
                [](Out d, Error e) { return finn_domain_map(nullptr, d, e); }),
  };
  for (const BadCall& call : calls) expect_refused(call);
  expect_refused({"nowhere to put it", FINN_ERROR_NULL, "domain",
                  [](finn_error* e) { return finn_domain_disk(kZeros, 1, nullptr, e); }});
}

TEST(BadDomain, mapIsRefusedAndNamesTheField) {
  static int released;
  using Map = finn_map_options;
  const SpoiledOption<Map> spoiled[] = {
      {"no size", FINN_ERROR_ARGUMENT, "struct_size", [](Map& m) { m.struct_size = 0; }},
      {"reserved", FINN_ERROR_ARGUMENT, "reserved", [](Map& m) { m.reserved = 1; }},
      {"no variables", FINN_ERROR_ARGUMENT, "variables", [](Map& m) { m.variables = 0; }},
      {"no lower", FINN_ERROR_NULL, "lower", [](Map& m) { m.lower = nullptr; }},
      {"reversed", FINN_ERROR_ARGUMENT, "upper", [](Map& m) { std::swap(m.lower, m.upper); }},
      {"no map", FINN_ERROR_NULL, "to_point", [](Map& m) { m.to_point = nullptr; }},
      {"wrong inverse", FINN_ERROR_ARGUMENT, "to_box",
       [](Map& m) {
         m.to_box = [](const double* x, double* u, void*) -> std::int32_t {
           *u = *x / 2;
           return 0;
         };
       }},
      {"wrong determinant", FINN_ERROR_ARGUMENT, "determinant",
       [](Map& m) {
         m.determinant = [](const double*, double* determinant, void*) -> std::int32_t {
           *determinant = 1;
           return 0;
         };
       }},
      {"failing map", FINN_ERROR_CALLBACK, "to_point", [](Map& m) {
         m.to_point = [](const double*, double*, void*) -> std::int32_t { return 1; };
       }}};
  for (const auto& bad : spoiled) {
    Map map = cubic_map(&released);
    bad.spoil(map);
    expect_refused(no_domain(bad.what, bad.status, bad.name, [&](finn_domain** d, finn_error* e) {
      return finn_domain_map(&map, d, e);
    }));
  }
}

TEST(BadDomain, queryIsRefused) {
  const DomainHandle disk = unit_disk();
  double out[4];
  const std::vector<BadCall> calls{
      {"no domain", FINN_ERROR_NULL, "domain",
       [&](finn_error* e) { return finn_domain_to_point(nullptr, kZeros, 1, out, e); }},
      {"no u", FINN_ERROR_NULL, "u",
       [&](finn_error* e) { return finn_domain_to_point(disk.get(), nullptr, 1, out, e); }},
      {"no x", FINN_ERROR_NULL, "x",
       [&](finn_error* e) { return finn_domain_to_point(disk.get(), kZeros, 1, nullptr, e); }},
      {"u NaN", FINN_ERROR_NOT_FINITE, "u",
       [&](finn_error* e) { return finn_domain_to_point(disk.get(), kNoNumber, 1, out, e); }},
      {"x NaN", FINN_ERROR_NOT_FINITE, "x",
       [&](finn_error* e) {
         return finn_domain_to_box(disk.get(), kNoNumber, 1, out, nullptr, e);
       }},
      {"no points", FINN_ERROR_ARGUMENT, "count",
       [&](finn_error* e) { return finn_domain_to_box(disk.get(), kZeros, 0, out, nullptr, e); }},
      {"no limits", FINN_ERROR_NULL, "upper",
       [&](finn_error* e) { return finn_domain_limits(disk.get(), out, nullptr, e); }}};
  for (const BadCall& call : calls) expect_refused(call);
}

TEST(BadDomain, ofAModelIsRefused) {
  const DomainHandle disk = unit_disk();
  const auto create = [&](auto&& spoil) {
    return [&, spoil](finn_error* e) {
      finn_model_options options = options_on(disk.get());
      spoil(options);
      finn_model* model = nullptr;
      const finn_status status = finn_model_create(&options, &model, e);
      EXPECT_EQ(model, nullptr);
      return status;
    };
  };
  expect_refused({"other variables", FINN_ERROR_ARGUMENT, "variables",
                  create([](finn_model_options& o) { o.variables = 3; })});
  expect_refused({"limits too", FINN_ERROR_ARGUMENT, "lower",
                  create([](finn_model_options& o) { o.lower = kZeros; })});
  std::vector<std::uint64_t> foreign(8);
  expect_refused({"not a domain", FINN_ERROR_ARGUMENT, "domain", create([&](finn_model_options& o) {
                    o.domain = reinterpret_cast<const finn_domain*>(foreign.data());
                  })});
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
