// finn_domain: one function for each kind, and the map itself.
#include "finn/domains/domain.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
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
    *domain = new finn_domain{finn_domain::kMagic, make()};
  });
}

net::Tail checked_tail(finn_tail tail) {
  require_range(tail, FINN_TAIL_GAUSSIAN, FINN_TAIL_RATIONAL, "tail");
  return static_cast<net::Tail>(tail);
}

net::Box box_of(int32_t variables, const double* lower, const double* upper) {
  require_range(variables, 1, FINN_MAX_VARIABLES, "variables");
  require(lower, "lower");
  require(upper, "upper");
  net::Box box;
  box.variables = variables;
  std::copy_n(lower, variables, box.lower.begin());
  std::copy_n(upper, variables, box.upper.begin());
  return box;
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

// Calls release from a destructor, which nothing may be thrown out of.
void release_quietly(finn_release_callback release, void* user_data) noexcept {
  try {
    release(user_data);
  } catch (...) {
  }
}

// The user's data, released by the last one who holds it; at once if memory for that is refused.
std::shared_ptr<void> owned(void* user_data, finn_release_callback release) {
  return {user_data, [release](void* data) {
            if (release != nullptr) release_quietly(release, data);
          }};
}

// user_data is that of the options, owned.
net::DomainPointer user_map(const finn_map_options& options,
                            const std::shared_ptr<void>& user_data) {
  require_range(options.reserved, 0, 0, "reserved");
  const net::Box box = box_of(options.variables, options.lower, options.upper);
  require(reinterpret_cast<const void*>(options.to_point), "to_point");
  return net::user_map_domain(
      {box, options.to_point, options.to_box, options.determinant, user_data});
}

std::vector<net::DomainPointer> checked_factors(const finn_domain* const* factors, int32_t count) {
  require(factors, "factors");
  require_range(count, 1, FINN_MAX_VARIABLES, "count");
  std::vector<net::DomainPointer> domains;
  for (int32_t i = 0; i < count; ++i) {
    require_handle(factors[i], "factors");
    domains.push_back(factors[i]->domain);
  }
  return domains;
}

// Checks a batch of points and calls body(index of the first number of a point, row).
template <class Body>
finn_status for_each_point(const finn_domain* domain, const double* from, const char* from_name,
                           int64_t count, const double* to, const char* to_name, finn_error* error,
                           Body&& body) {
  return call(error, [&] {
    require_handle(domain, "domain");
    require(from, from_name);
    require(to, to_name);
    const int32_t n = finn_domain_variables(domain);
    finn::capi::require_rows(count, n, "count");
    require_finite(from, count, n, from_name);
    for (int64_t row = 0; row < count; ++row) body(row * n, row);
  });
}

}  // namespace

extern "C" {

finn_status finn_domain_box(int32_t variables, const double* lower, const double* upper,
                            finn_domain** domain, finn_error* error) {
  return make_domain(domain, error,
                     [&] { return net::box_domain(box_of(variables, lower, upper)); });
}

finn_status finn_domain_line(double centre, double scale, finn_tail tail, finn_domain** domain,
                             finn_error* error) {
  return make_domain(domain, error,
                     [&] { return net::line_domain(centre, scale, checked_tail(tail)); });
}

finn_status finn_domain_half_line(double end, int32_t direction, double scale, finn_tail tail,
                                  finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    if (direction != 1 && direction != -1) {
      fail(Status::ERROR_ARGUMENT, "direction: %d given, 1 or -1 expected", direction);
    }
    return net::half_line_domain(end, direction < 0, scale, checked_tail(tail));
  });
}

finn_status finn_domain_parallelepiped(int32_t variables, const double* corner, const double* edges,
                                       finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] { return parallelepiped(variables, corner, edges); });
}

finn_status finn_domain_affine(const finn_domain* inner, const double* matrix, const double* offset,
                               finn_domain** domain, finn_error* error) {
  return make_domain(domain, error, [&] {
    require_handle(inner, "inner");
    require(matrix, "matrix");
    require(offset, "offset");
    return net::affine_domain(inner->domain, matrix, offset);
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

finn_status finn_domain_star(int32_t variables, const double* centre, finn_radius_callback radius,
                             void* user_data, finn_release_callback release, finn_domain** domain,
                             finn_error* error) {
  return call(error, [&] {
    if (domain != nullptr) *domain = nullptr;
    const auto data = owned(user_data, release);
    require(domain, "domain");
    require_range(variables, 2, 3, "variables");
    require(centre, "centre");
    require(reinterpret_cast<const void*>(radius), "radius");
    *domain =
        new finn_domain{finn_domain::kMagic, net::star_domain(variables, centre, {radius, data})};
  });
}

finn_status finn_domain_product(const finn_domain* const* factors, int32_t count,
                                finn_domain** domain, finn_error* error) {
  return make_domain(domain, error,
                     [&] { return net::product_domain(checked_factors(factors, count)); });
}

finn_status finn_domain_map(const finn_map_options* options, finn_domain** domain,
                            finn_error* error) {
  return call(error, [&] {
    if (domain != nullptr) *domain = nullptr;
    require(options, "options");
    finn::capi::require_struct_size(options->struct_size, sizeof *options);
    const auto user_data = owned(options->user_data, options->release);
    require(domain, "domain");
    *domain = new finn_domain{finn_domain::kMagic, user_map(*options, user_data)};
  });
}

void finn_domain_destroy(finn_domain* domain) { finn::capi::destroy(domain); }

int32_t finn_domain_variables(const finn_domain* domain) {
  return domain == nullptr ? 0 : domain->domain->variables();
}

finn_status finn_domain_limits(const finn_domain* domain, double* lower, double* upper,
                               finn_error* error) {
  return call(error, [&] {
    require_handle(domain, "domain");
    require(lower, "lower");
    require(upper, "upper");
    const net::Box& box = domain->domain->box();
    std::copy_n(box.lower.begin(), box.variables, lower);
    std::copy_n(box.upper.begin(), box.variables, upper);
  });
}

finn_status finn_domain_to_point(const finn_domain* domain, const double* u, int64_t count,
                                 double* x, finn_error* error) {
  return for_each_point(domain, u, "u", count, x, "x", error,
                        [&](int64_t at, int64_t) { domain->domain->to_point(u + at, x + at); });
}

finn_status finn_domain_to_box(const finn_domain* domain, const double* x, int64_t count, double* u,
                               double* log_weight, finn_error* error) {
  return for_each_point(domain, x, "x", count, u, "u", error, [&](int64_t at, int64_t row) {
    const double logarithm = domain->domain->locate(x + at, u + at);
    if (log_weight != nullptr) log_weight[row] = logarithm;
  });
}

}  // extern "C"
