// One domain of every kind, each with a cubature over its region that knows nothing of its map.
#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::test {

using Body = std::function<void(const double* x, double weight)>;

struct DomainCase {
  std::string name;
  net::DomainPointer domain;
  double volume;  // 0: infinite
  std::function<void(const Body&)> cubature;
  bool constant_determinant = true;
};

constexpr double kPi = std::numbers::pi;

// Points centre + A (r cos a, r sin a) with inner(a) <= r <= outer(a).
inline void polar_cubature(double from, double to, int pieces,
                           const std::function<double(double)>& inner,
                           const std::function<double(double)>& outer, const Body& body) {
  for_each_node(24, pieces, {from}, {to}, [&](const double* angle, double angle_weight) {
    for (const auto& r : gauss_legendre(24, inner(*angle), outer(*angle))) {
      const double x[] = {r.at * std::cos(*angle), r.at * std::sin(*angle)};
      body(x, angle_weight * r.weight * r.at);
    }
  });
}

inline std::function<double(double)> constant(double value) {
  return [=](double) { return value; };
}

// A x + b for two variables.
inline Body mapped(const Body& body, std::vector<double> a, std::vector<double> b) {
  return [=](const double* x, double weight) {
    const double y[] = {a[0] * x[0] + a[1] * x[1] + b[0], a[2] * x[0] + a[3] * x[1] + b[1]};
    body(y, weight * std::fabs(a[0] * a[3] - a[1] * a[2]));
  };
}

inline Body moved(const Body& body, std::vector<double> by) {
  return mapped(body, {1, 0, 0, 1}, std::move(by));
}

// The hull of v_0 .. v_n by Duffy's map.
inline void simplex_cubature(int n, const std::vector<double>& v, const Body& body) {
  const auto size = static_cast<std::size_t>(n);
  const std::vector<double> zeros(size), ones(size, 1.0);
  double volume = 1;  // |det (v_i - v_{i-1})| of the edges, which the cases give as triangular
  for (std::size_t i = 0; i < size; ++i) volume *= v[(i + 1) * size + i] - v[i * size + i];
  for_each_node(20, 1, zeros, ones, [&](const double* p, double weight) {
    std::vector<double> x(v.begin(), v.begin() + n);
    double y = 1;
    for (std::size_t i = 0; i < size; ++i) {
      y *= p[i];
      weight *= std::pow(p[i], n - 1 - static_cast<double>(i));
      for (std::size_t k = 0; k < size; ++k) {
        x[k] += y * (v[(i + 1) * size + k] - v[i * size + k]);
      }
    }
    body(x.data(), weight * std::fabs(volume));
  });
}

inline void triangle_cubature(const double* a, const double* b, const double* c, const Body& body) {
  for_each_node(24, 1, {0, 0}, {1, 1}, [&](const double* p, double weight) {
    double x[2];
    for (int i = 0; i < 2; ++i) x[i] = a[i] + p[0] * (b[i] - a[i] + p[1] * (c[i] - b[i]));
    const double cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    body(x, weight * p[0] * std::fabs(cross));
  });
}

inline double star_radius(double angle) { return 1 + 0.3 * std::cos(3 * angle + 0.4); }

inline std::int32_t star_callback(const double* direction, double* radius, void*) {
  *radius = star_radius(std::atan2(direction[1], direction[0]));
  return 0;
}

// 1 + z/2 in three variables.
inline std::int32_t pear_callback(const double* direction, double* radius, void*) {
  *radius = 1 + 0.5 * direction[2];
  return 0;
}

// Between two parabolas: x = (u_1, u_1^2 + (1 + u_1) u_2), u_1 in [0, 1], u_2 in [-1, 1].
inline std::int32_t parabola_point(const double* u, double* x, void*) {
  x[0] = u[0];
  x[1] = u[0] * u[0] + (1 + u[0]) * u[1];
  return 0;
}
inline std::int32_t parabola_box(const double* x, double* u, void*) {
  u[0] = x[0];
  u[1] = (x[1] - x[0] * x[0]) / (1 + x[0]);
  return 0;
}
inline std::int32_t parabola_determinant(const double* u, double* determinant, void*) {
  *determinant = 1 + u[0];
  return 0;
}

inline net::UserMap parabola_map(bool with_inverse, bool with_determinant) {
  net::UserMap map;
  map.box.variables = 2;
  map.box.lower = {0, -1};
  map.box.upper = {1, 1};
  map.to_point = parabola_point;
  map.to_box = with_inverse ? parabola_box : nullptr;
  map.determinant = with_determinant ? parabola_determinant : nullptr;
  return map;
}

inline void parabola_cubature(const Body& body) {
  for (const auto& x1 : gauss_legendre(24, 0, 1)) {
    const double middle = x1.at * x1.at, half = 1 + x1.at;
    for (const auto& x2 : gauss_legendre(24, middle - half, middle + half)) {
      const double x[] = {x1.at, x2.at};
      body(x, x1.weight * x2.weight);
    }
  }
}

inline void line_cubature(double lower, double upper, int pieces, const Body& body) {
  for_each_node(20, pieces, {lower}, {upper}, body);
}

// [lower, infinity) by x = lower + t/(1 - t), for densities that fall off like a power.
inline void far_cubature(double lower, const Body& body) {
  for_each_node(20, 20, {0}, {1}, [&](const double* t, double weight) {
    const double x = lower + *t / (1 - *t);
    body(&x, weight / ((1 - *t) * (1 - *t)));
  });
}

inline std::vector<DomainCase> axis_cases() {
  using net::Tail;
  const auto line = [](double c, double s, Tail tail) { return net::line_domain(c, s, tail); };
  const auto wide = [](const Body& body) { line_cubature(-80, 80, 320, body); };
  const auto up = [](const Body& body) { line_cubature(0.5, 120.5, 240, body); };
  const auto down = [](const Body& body) { line_cubature(-120.5, 0.5, 240, body); };
  const auto mirrored = [](const Body& body) {
    far_cubature(0, [&](const double* y, double weight) {
      const double x = 0.5 - *y;
      body(&x, weight);
    });
  };
  const auto both = [](const Body& body) {
    far_cubature(0.5, body);
    far_cubature(0, [&](const double* y, double weight) {
      const double x = 0.5 - *y;
      body(&x, weight);
    });
  };
  return {
      {"Gaussian line", line(0.5, 2, Tail::gaussian), 0, wide, false},
      {"exponential line", line(0.5, 1.5, Tail::exponential), 0, wide, false},
      {"rational line", line(0.5, 2, Tail::rational), 0, both, false},
      {"Gaussian half-line", net::half_line_domain(0.5, false, 2, Tail::gaussian), 0, up, false},
      {"exponential half-line", net::half_line_domain(0.5, true, 2, Tail::exponential), 0, down,
       false},
      {"rational half-line", net::half_line_domain(0.5, true, 2, Tail::rational), 0, mirrored,
       false}};
}

inline std::vector<DomainCase> plane_cases() {
  static const double centre[] = {0.3, -0.2};
  static const double axes[] = {2, 0.5};
  static const double square[] = {1, 0.5, -0.25, 2};
  static const double pentagon[] = {0, 0, 2, -0.5, 3, 1, 1.5, 2, 0.2, 1.5};
  const auto disk = [](double inner, double outer, double from, double to) {
    return [=](const Body& body) {
      polar_cubature(from, to, 2, constant(inner), constant(outer), moved(body, {0.3, -0.2}));
    };
  };
  const double c = std::cos(0.7), s = std::sin(0.7);
  return {
      {"disk", net::disk_domain(centre, 1.5), 2.25 * kPi, disk(0, 1.5, 0, 2 * kPi)},
      {"annulus", net::annulus_domain(centre, 1, 1.5), 1.25 * kPi, disk(1, 1.5, 0, 2 * kPi)},
      {"sector", net::sector_domain(centre, 0, 2, -0.5, 3), 7, disk(0, 2, -0.5, 3)},
      {"sector of an annulus", net::sector_domain(centre, 1, 2, 3, 8), 7.5, disk(1, 2, 3, 8)},
      {"ellipse", net::ellipse_domain(centre, axes, 0.7), kPi,
       [=](const Body& body) {
         polar_cubature(0, 2 * kPi, 2, constant(0), constant(1),
                        mapped(body, {2 * c, -0.5 * s, 2 * s, 0.5 * c}, {0.3, -0.2}));
       }},
      {"polar disk", net::polar_domain(centre, 1.5), 2.25 * kPi, disk(0, 1.5, 0, 2 * kPi), false},
      {"parallelogram", net::affine_domain(net::box_domain({2, {0, 0}, {1, 1}}), square, centre),
       2.125,
       [](const Body& body) {
         for_each_node(24, 1, {0, 0}, {1, 1}, mapped(body, {1, 0.5, -0.25, 2}, {0.3, -0.2}));
       }},
      {"pentagon", net::polygon_domain(pentagon, 5), 4.925,
       [](const Body& body) {
         for (int k = 1; k < 4; ++k) {
           triangle_cubature(pentagon, pentagon + 2 * k, pentagon + 2 * k + 2, body);
         }
       }},
      {"star", net::star_domain(2, centre, {star_callback, nullptr}), 1.045 * kPi,
       [](const Body& body) {
         polar_cubature(0, 2 * kPi, 6, constant(0), star_radius, moved(body, {0.3, -0.2}));
       },
       false},
      {"map with its inverse", net::user_map_domain(parabola_map(true, true)), 3, parabola_cubature,
       false},
      {"map by Newton", net::user_map_domain(parabola_map(false, false)), 3, parabola_cubature,
       false}};
}

inline void shell_cubature(double inner, double outer, const std::function<double(double)>& stretch,
                           const Body& body) {
  for_each_node(20, 1, {inner, 0, 0}, {outer, kPi, 2 * kPi}, [&](const double* p, double weight) {
    const double factor = stretch(p[1]);
    const double r = factor * p[0], across = r * std::sin(p[1]);
    const double x[] = {0.1 + across * std::cos(p[2]), 0.2 + across * std::sin(p[2]),
                        -0.3 + r * std::cos(p[1])};
    body(x, weight * factor * r * across);
  });
}

inline std::vector<DomainCase> space_cases() {
  static const double centre[] = {0.1, 0.2, -0.3};
  static const double vertices[] = {0, 0, 0, 1, 0, 0, 1.5, 2, 0, 0.5, 1, 1.5};
  const auto cylinder =
      net::product_domain({net::disk_domain(centre, 1), net::box_domain({1, {-1}, {2}})});
  return {{"ball", net::ball_domain(centre, 2), 32 * kPi / 3,
           [](const Body& body) { shell_cubature(0, 2, constant(1), body); }},
          {"shell", net::shell_domain(centre, 1, 2), 28 * kPi / 3,
           [](const Body& body) { shell_cubature(1, 2, constant(1), body); }},
          {"tetrahedron", net::simplex_domain(3, vertices), 0.5,
           [](const Body& body) {
             simplex_cubature(3, {std::begin(vertices), std::end(vertices)}, body);
           }},
          {"cylinder", cylinder, 3 * kPi,
           [](const Body& body) {
             polar_cubature(0, 2 * kPi, 1, constant(0), constant(1),
                            [&](const double* y, double weight) {
                              for (const auto& z : gauss_legendre(20, -1, 2)) {
                                const double x[] = {0.1 + y[0], 0.2 + y[1], z.at};
                                body(x, weight * z.weight);
                              }
                            });
           }},
          {"pear", net::star_domain(3, centre, {pear_callback, nullptr}), 5 * kPi / 3,
           [](const Body& body) {
             shell_cubature(
                 0, 1, [](double b) { return 1 + 0.5 * std::cos(b); }, body);
           },
           false}};
}

inline std::vector<DomainCase> domain_cases() {
  std::vector<DomainCase> all = axis_cases();
  for (auto& one : plane_cases()) all.push_back(std::move(one));
  for (auto& one : space_cases()) all.push_back(std::move(one));
  all.push_back({"box", net::box_domain({2, {-1, 0}, {1, 3}}), 6, [](const Body& body) {
                   for_each_node(24, 1, {-1, 0}, {1, 3}, body);
                 }});
  return all;
}

// The name of a case without what a test may not have in its name.
inline std::string case_name(std::size_t index) {
  std::string name = domain_cases()[index].name;
  std::erase_if(name, [](char c) { return c == ' ' || c == '-'; });
  return name;
}

}  // namespace finn::test
