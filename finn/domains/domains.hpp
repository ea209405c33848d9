// The kinds of domains, each made in the file that is named in front of it. All functions refuse
// what cannot be with ERROR_ARGUMENT or ERROR_NOT_FINITE, naming the argument as finn.h does. The
// maps, their determinants and when to use which: docs/DOMAINS.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::net {

// How fast the density of u falls off on an unbounded axis.
enum class Tail { gaussian, exponential, rational };

// box.cpp: x = u. Unlike a model without a domain, the density is 0 outside.
DomainPointer box_domain(const Box& box);

// axis.cpp: one unbounded variable, u in [0, 1] its share of a base density of that tail.
DomainPointer line_domain(double centre, double scale, Tail tail);
// [end, infinity), or (-infinity, end] if it goes down.
DomainPointer half_line_domain(double end, bool down, double scale, Tail tail);

// sector.cpp: inner <= |x - centre| <= outer, from <= angle <= to; u = (share of the area, angle).
DomainPointer sector_domain(const double* centre, double inner, double outer, double from,
                            double to);
DomainPointer disk_domain(const double* centre, double radius);
DomainPointer annulus_domain(const double* centre, double inner, double outer);
// Semi-axes along the coordinate axes, turned by `turn` radians.
DomainPointer ellipse_domain(const double* centre, const double* semi_axes, double turn);

// polar.cpp: a disk by the paper's map, u = (radius, angle), |det| = radius.
DomainPointer polar_domain(const double* centre, double radius);

// shell.cpp: inner <= |x - centre| <= outer in three variables; u = (share of the volume, cosine of
// the polar angle, azimuth).
DomainPointer shell_domain(const double* centre, double inner, double outer);
DomainPointer ball_domain(const double* centre, double radius);

// simplex.cpp: the convex hull of vertices [variables + 1][variables].
DomainPointer simplex_domain(int variables, const double* vertices);
// 1 >= y_1 >= .. >= y_n >= 0, of which all others are affine images.
DomainPointer ordered_simplex_domain(int variables);

// polygon.cpp: convex, vertices [count][2] in either order around it.
DomainPointer polygon_domain(const double* vertices, std::int64_t count);

// star.cpp: centre + t R(d) d for unit directions d [variables] and 0 <= t <= 1, in two or three
// variables. The callback writes R > 0 and returns 0.
struct StarRadius {
  std::int32_t (*radius)(const double* direction, double* radius, void* user_data);
  std::shared_ptr<void> user_data;
  std::string name{};  // empty: none
};
DomainPointer star_domain(int variables, const double* centre, const StarRadius& radius);

// affine.cpp: x = matrix y + offset for y in another domain; matrix [variables][variables],
// called `name` in messages.
DomainPointer affine_domain(DomainPointer inner, const double* matrix, const double* offset,
                            const char* name = "matrix");

// product.cpp: the variables of the factors one after the other.
DomainPointer product_domain(std::vector<DomainPointer> factors);
// A disk times bottom <= x_3 <= top; centre [2].
DomainPointer cylinder_domain(const double* centre, double radius, double bottom, double top);

// user_map.cpp: callbacks; to_box and determinant may be null.
struct UserMap {
  Box box;
  std::int32_t (*to_point)(const double* u, double* x, void* user_data);
  std::int32_t (*to_box)(const double* x, double* u, void* user_data);
  std::int32_t (*determinant)(const double* u, double* determinant, void* user_data);
  std::shared_ptr<void> user_data;
  std::string name{};  // empty: none
};
DomainPointer user_map_domain(const UserMap& map);

}  // namespace finn::net
