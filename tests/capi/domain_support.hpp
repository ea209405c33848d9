// What the tests of domains through finn.h share.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

using MakeDomain = std::function<finn_status(finn_domain**, finn_error*)>;

inline DomainHandle make_domain(const MakeDomain& make) { return make_handle<finn_domain>(make); }

inline DomainHandle unit_disk() {
  return make_domain([](finn_domain** domain, finn_error* e) {
    const double centre[] = {0, 0};
    return finn_domain_disk(centre, 1, domain, e);
  });
}

// A mixture on this domain.
inline ModelSpec spec_on(const finn_domain* domain) {
  ModelSpec spec;
  spec.network = FINN_NETWORK_MIXTURE;
  spec.domain = domain;
  spec.seed = 0;
  return spec;
}

inline ModelHandle model_on(const finn_domain* domain, finn_precision precision = FINN_FLOAT64) {
  ModelSpec spec = spec_on(domain);
  spec.precision = precision;
  return make_model(spec);
}

// u of points x [count][variables].
inline std::vector<double> to_box(const finn_domain* domain, const std::vector<double>& x,
                                  std::vector<double>* log_weight = nullptr) {
  const auto count = x.size() / static_cast<std::size_t>(finn_domain_variables(domain));
  std::vector<double> u(x.size());
  if (log_weight != nullptr) log_weight->resize(count);
  require_ok([&](finn_error* e) {
    return finn_domain_to_box(domain, x.data(), static_cast<std::int64_t>(count), u.data(),
                              length_of(u), log_weight != nullptr ? log_weight->data() : nullptr,
                              e);
  });
  return u;
}

inline std::vector<double> to_point(const finn_domain* domain, const std::vector<double>& u) {
  std::vector<double> x(u.size());
  const auto count = static_cast<std::int64_t>(u.size()) / finn_domain_variables(domain);
  require_ok([&](finn_error* e) {
    return finn_domain_to_point(domain, u.data(), count, x.data(), length_of(x), e);
  });
  return x;
}

// x = u^3 + u on [0, 1], with a count of how often it was released.
inline finn_map_options cubic_map(int* released) {
  static const double lower[] = {0}, upper[] = {1};
  finn_map_options map;
  finn_map_options_init(&map, sizeof map);
  map.variables = 1;
  map.lower = lower;
  map.upper = upper;
  map.to_point = [](const double* u, double* x, void*) -> std::int32_t {
    *x = *u * *u * *u + *u;
    return 0;
  };
  map.user_data = released;
  map.release = [](void* count) { ++*static_cast<int*>(count); };
  return map;
}

constexpr double kCentre[] = {1, 2, 3};

// One point inside and one outside of what a function makes, and w at the former.
struct Region {
  const char* name;
  MakeDomain make;
  std::vector<double> inside, outside;
  double weight;
};

inline std::vector<Region> regions() {
  const auto radius = [](const double* d, double* r, void*) -> std::int32_t {
    *r = d[0] > 0 ? 2 : 1;
    return 0;
  };
  return {
      {"open box",
       [](finn_domain** d, finn_error* e) {
         const double lower[] = {0, 1}, upper[] = {2, 3};
         return finn_domain_open_box(2, lower, upper, d, e);
       },
       {1, 1.5},
       {},
       1},
      {"box",
       [](finn_domain** d, finn_error* e) {
         const double lower[] = {0, 1}, upper[] = {2, 3};
         return finn_domain_box(2, lower, upper, d, e);
       },
       {1, 1.5},
       {1, 0.5},
       1},
      {"line",
       [](finn_domain** d, finn_error* e) {
         return finn_domain_line(1, 2, FINN_TAIL_EXPONENTIAL, d, e);
       },
       {1},
       {},
       0.125},
      {"half-line up",
       [](finn_domain** d, finn_error* e) {
         return finn_domain_half_line(1, FINN_UPWARD, 2, FINN_TAIL_RATIONAL, d, e);
       },
       {3},
       {0.9},
       0.125},
      {"half-line down",
       [](finn_domain** d, finn_error* e) {
         return finn_domain_half_line(1, FINN_DOWNWARD, 2, FINN_TAIL_GAUSSIAN, d, e);
       },
       {1},
       {1.1},
       1 / std::sqrt(2 * std::acos(-1.0))},
      {"parallelepiped",
       [](finn_domain** d, finn_error* e) {
         const double edges[] = {2, 0, 2, 1};
         return finn_domain_parallelepiped(2, kCentre, edges, d, e);
       },
       {4.8, 2.95},
       {1.1, 2.9},
       0.5},
      {"affine image of a disk",
       [](finn_domain** d, finn_error* e) {
         const double matrix[] = {2, 0, 0, 1};
         return finn_domain_affine(unit_disk().get(), matrix, kCentre, d, e);
       },
       {2.9, 2},
       {1, 3.1},
       1},
      {"disk",
       [](finn_domain** d, finn_error* e) { return finn_domain_disk(kCentre, 2, d, e); },
       {2.9, 2},
       {3.1, 2},
       0.5},
      {"annulus",
       [](finn_domain** d, finn_error* e) { return finn_domain_annulus(kCentre, 1, 2, d, e); },
       {2.9, 2},
       {1.9, 2},
       2.0 / 3},
      {"sector",
       [](finn_domain** d, finn_error* e) {
         return finn_domain_sector(kCentre, 0, 2, -0.5, 0.5, d, e);
       },
       {2.9, 2},
       {1, 3},
       0.5},
      {"ellipse",
       [](finn_domain** d, finn_error* e) {
         const double axes[] = {2, 1};
         return finn_domain_ellipse(kCentre, axes, std::acos(0.0), d, e);
       },
       {1, 3.9},
       {2.1, 2},
       1},
      {"polar disk",
       [](finn_domain** d, finn_error* e) { return finn_domain_polar(kCentre, 2, d, e); },
       {2, 2},
       {3.1, 2},
       1},
      {"ball",
       [](finn_domain** d, finn_error* e) { return finn_domain_ball(kCentre, 2, d, e); },
       {1, 2, 4.9},
       {1, 2, 5.1},
       3.0 / 8},
      {"shell",
       [](finn_domain** d, finn_error* e) { return finn_domain_shell(kCentre, 1, 2, d, e); },
       {1, 2, 4.9},
       {1, 2, 3.9},
       3.0 / 7},
      {"cylinder",
       [](finn_domain** d, finn_error* e) { return finn_domain_cylinder(kCentre, 2, -1, 1, d, e); },
       {1, 3.9, 0.9},
       {1, 2, 1.1},
       0.5},
      {"triangle",
       [](finn_domain** d, finn_error* e) {
         const double vertices[] = {0, 0, 2, 0, 0, 1};
         return finn_domain_simplex(2, vertices, d, e);
       },
       {0.9, 0.5},
       {1.1, 0.5},
       1},
      {"polygon",
       [](finn_domain** d, finn_error* e) {
         const double vertices[] = {0, 0, 2, 0, 2, 2, 0, 2};
         return finn_domain_polygon(vertices, 4, d, e);
       },
       {1.9, 1.9},
       {2.1, 1.9},
       0.25},
      {"star",
       [=](finn_domain** d, finn_error* e) {
         return finn_domain_star("a star", 2, kCentre, radius, nullptr, nullptr, d, e);
       },
       {2.9, 2},
       {-0.1, 2},
       0.5},
      {"product",
       [](finn_domain** d, finn_error* e) {
         const DomainHandle disk = unit_disk();
         const finn_domain* factors[] = {disk.get(), disk.get()};
         return finn_domain_product(factors, 2, d, e);
       },
       {0.9, 0, 0, 0.9},
       {0.9, 0, 0, 1.1},
       4},
      {"map",
       [](finn_domain** d, finn_error* e) {
         static int released;
         const finn_map_options map = cubic_map(&released);
         return finn_domain_map(&map, d, e);
       },
       {0.625},
       {2.1},
       1 / 1.75}};
}

}  // namespace finn::test
