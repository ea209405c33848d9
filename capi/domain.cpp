// finn_domain: what all kinds have in common, and the map between x and u.
#include "finn/domains/domain.hpp"

#include <algorithm>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::require_length;

// Checks a batch of points and calls body(index of the first number of a point, row).
template <class Body>
finn_status for_each_point(const finn_domain* domain, const double* from, const char* from_name,
                           int64_t count, const double* to, const char* to_name, int64_t length,
                           finn_error* error, Body&& body) {
  return call(error, [&] {
    require_handle(domain, "domain");
    require(from, from_name);
    require(to, to_name);
    const int32_t n = finn_domain_variables(domain);
    finn::capi::require_rows(count, n, "count");
    require_length(length, count * n, "[count][variables]");
    require_finite(from, count, n, from_name);
    for (int64_t row = 0; row < count; ++row) body(row * n, row);
  });
}

// An open box maps nothing, and has no outside.
void to_point(const finn_domain& domain, const double* u, double* x) {
  if (domain.domain != nullptr) return domain.domain->to_point(u, x);
  std::copy_n(u, domain.box.variables, x);
}

double to_box(const finn_domain& domain, const double* x, double* u) {
  if (domain.domain != nullptr) return domain.domain->locate(x, u);
  std::copy_n(x, domain.box.variables, u);
  return 0;
}

}  // namespace

extern "C" {

void finn_domain_destroy(finn_domain* domain) { finn::capi::destroy(domain); }

int32_t finn_domain_variables(const finn_domain* domain) {
  return domain == nullptr ? 0 : domain->box.variables;
}

const char* finn_domain_kind(const finn_domain* domain) {
  if (domain == nullptr) return "";
  return domain->domain == nullptr ? "open box" : domain->domain->kind();
}

const char* finn_domain_name(const finn_domain* domain) {
  if (domain == nullptr || domain->domain == nullptr) return nullptr;
  return domain->domain->name();
}

finn_status finn_domain_limits(const finn_domain* domain, double* lower, double* upper,
                               int64_t length, finn_error* error) {
  return call(error, [&] {
    require_handle(domain, "domain");
    require(lower, "lower");
    require(upper, "upper");
    const net::Box& box = domain->box;
    require_length(length, box.variables, "lower and of upper [variables]");
    std::copy_n(box.lower.begin(), box.variables, lower);
    std::copy_n(box.upper.begin(), box.variables, upper);
  });
}

finn_status finn_domain_to_point(const finn_domain* domain, const double* u, int64_t count,
                                 double* x, int64_t length, finn_error* error) {
  return for_each_point(domain, u, "u", count, x, "x", length, error,
                        [&](int64_t at, int64_t) { to_point(*domain, u + at, x + at); });
}

finn_status finn_domain_to_box(const finn_domain* domain, const double* x, int64_t count, double* u,
                               int64_t length, double* log_weight, finn_error* error) {
  return for_each_point(domain, x, "x", count, u, "u", length, error, [&](int64_t at, int64_t row) {
    const double logarithm = to_box(*domain, x + at, u + at);
    if (log_weight != nullptr) log_weight[row] = logarithm;
  });
}

}  // extern "C"
