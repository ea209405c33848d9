// finn_domain: the kinds of regions that need no callback, one function for each.
#include <algorithm>
#include <vector>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_enumerator;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::require_range;
using finn::capi::Status;

// Makes a handle of what make() returns.
template <class Make>
finn_status make_domain(finn_domain** domain, finn_error* error, Make&& make) {
  return call(error, [&] {
    require(domain, "domain");
    *domain = nullptr;
    const net::DomainPointer made = make();
    *domain = new finn_domain{finn_domain::kMagic, made->box(), made};
  });
}

net::Tail checked_tail(finn_tail tail) {
  require_enumerator(tail, FINN_TAIL_RATIONAL, "tail");
  return static_cast<net::Tail>(tail);
}

net::Box box_of(int32_t variables, int32_t most, const double* lower, const double* upper) {
  require_range(variables, 1, most, "variables");
  require(lower, "lower");
  require(upper, "upper");
  net::Box box;
  box.variables = variables;
  std::copy_n(lower, variables, box.lower.begin());
  std::copy_n(upper, variables, box.upper.begin());
  return box;
}

// A region that others are made of: an open box counts as a box.
net::DomainPointer closed(const finn_domain* domain, const char* name) {
  require_handle(domain, name);
  if (domain->domain != nullptr) return domain->domain;
  if (domain->box.variables > FINN_MAX_VARIABLES) {
    fail(Status::ERROR_ARGUMENT, "%s: an open box of %d variables given, at most %d expected", name,
         domain->box.variables, FINN_MAX_VARIABLES);
  }
  return net::box_domain(domain->box);
}

net::DomainPointer parallelepiped(int32_t variables, const double* corner, const double* edges) {
  constexpr int kMost = FINN_MAX_VARIABLES;
  require_range(variables, 1, kMost, "variables");
  require(corner, "corner");
  require(edges, "edges");
  require_finite(corner, 1, variables, "corner");
  require_finite(edges, variables, variables, "edges");
  double columns[kMost * kMost];
  for (int32_t i = 0; i < variables; ++i) {
    for (int32_t j = 0; j < variables; ++j) columns[i * variables + j] = edges[j * variables + i];
  }
  net::Box unit;
  unit.variables = variables;
  unit.upper.fill(1);
  return net::affine_domain(net::box_domain(unit), columns, corner, "edges");
}

std::vector<net::DomainPointer> checked_factors(const finn_domain* const* factors, int32_t count) {
  require(factors, "factors");
  require_range(count, 1, FINN_MAX_VARIABLES, "count");
  std::vector<net::DomainPointer> domains;
  for (int32_t i = 0; i < count; ++i) domains.push_back(closed(factors[i], "factors"));
  return domains;
}

}  // namespace

extern "C" {

finn_status finn_domain_open_box(int32_t variables, const double* lower, const double* upper,
                                 finn_domain** domain, finn_error* error) {
  return call(error, [&] {
    require(domain, "domain");
    *domain = nullptr;
    const net::Box box = box_of(variables, FINN_MAX_MIXTURE_VARIABLES, lower, upper);
    net::require_valid(box);
    *domain = new finn_domain{finn_domain::kMagic, box, nullptr};
  });
}

finn_status finn_domain_box(int32_t variables, const double* lower, const double* upper,
                            finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    return net::box_domain(box_of(variables, FINN_MAX_VARIABLES, lower, upper));
  });
}

finn_status finn_domain_line(double centre, double scale, finn_tail tail, finn_domain** domain,
                             finn_error* error) {
  return make_domain(domain, error,
                     [&] { return net::line_domain(centre, scale, checked_tail(tail)); });
}

finn_status finn_domain_half_line(double end, finn_direction direction, double scale,
                                  finn_tail tail, finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require_enumerator(direction, FINN_DOWNWARD, "direction");
    return net::half_line_domain(end, direction == FINN_DOWNWARD, scale, checked_tail(tail));
  });
}

finn_status finn_domain_parallelepiped(int32_t variables, const double* corner, const double* edges,
                                       finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] { return parallelepiped(variables, corner, edges); });
}

finn_status finn_domain_affine(const finn_domain* inner, const double* matrix, const double* offset,
                               finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    const net::DomainPointer below = closed(inner, "inner");
    require(matrix, "matrix");
    require(offset, "offset");
    return net::affine_domain(below, matrix, offset);
  });
}

finn_status finn_domain_disk(const double* centre, double radius, finn_domain** domain,
                             finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::disk_domain(centre, radius);
  });
}

finn_status finn_domain_annulus(const double* centre, double inner, double outer,
                                finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::annulus_domain(centre, inner, outer);
  });
}

finn_status finn_domain_sector(const double* centre, double inner, double outer, double from,
                               double to, finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::sector_domain(centre, inner, outer, from, to);
  });
}

finn_status finn_domain_ellipse(const double* centre, const double* semi_axes, double turn,
                                finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    require(semi_axes, "semi_axes");
    return net::ellipse_domain(centre, semi_axes, turn);
  });
}

finn_status finn_domain_polar(const double* centre, double radius, finn_domain** domain,
                              finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::polar_domain(centre, radius);
  });
}

finn_status finn_domain_ball(const double* centre, double radius, finn_domain** domain,
                             finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::ball_domain(centre, radius);
  });
}

finn_status finn_domain_shell(const double* centre, double inner, double outer,
                              finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::shell_domain(centre, inner, outer);
  });
}

finn_status finn_domain_cylinder(const double* centre, double radius, double bottom, double top,
                                 finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require(centre, "centre");
    return net::cylinder_domain(centre, radius, bottom, top);
  });
}

finn_status finn_domain_simplex(int32_t variables, const double* vertices, finn_domain** domain,
                                finn_error* error) {
  return make_domain(domain, error, [&] {
    require_range(variables, 1, FINN_MAX_VARIABLES, "variables");
    require(vertices, "vertices");
    return net::simplex_domain(variables, vertices);
  });
}

finn_status finn_domain_polygon(const double* vertices, int64_t count, finn_domain** domain,
                                finn_error* error) {
  return make_domain(domain, error, [&] {
    require(vertices, "vertices");
    return net::polygon_domain(vertices, count);
  });
}

finn_status finn_domain_product(const finn_domain* const* factors, int32_t count,
                                finn_domain** domain, finn_error* error) {
  return make_domain(domain, error,
                     [&] { return net::product_domain(checked_factors(factors, count)); });
}

}  // extern "C"
