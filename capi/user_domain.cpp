// finn_domain: regions that are given by callbacks.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>

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
using finn::capi::owned;
using finn::capi::require;
using finn::capi::require_range;
using finn::capi::Status;

// The struct of the first header.
constexpr std::size_t kFirstSize =
    offsetof(finn_map_options, release) + sizeof(finn_map_options::release);

// A struct ends where that of some header ended.
bool is_known_size(uint64_t size) {
  return size >= kFirstSize && size <= sizeof(finn_map_options) && size % sizeof size == 0;
}

// The struct as this version has it: what a shorter one lacks is NULL or 0.
finn_map_options widened(const finn_map_options& given) {
  if (!is_known_size(given.struct_size)) {
    fail(Status::ERROR_SIZE,
         "options.struct_size: %llu given, %zu expected; finn_map_options_init sets it",
         static_cast<unsigned long long>(given.struct_size), sizeof given);
  }
  finn_map_options options{};
  std::memcpy(&options, &given, static_cast<std::size_t>(given.struct_size));
  return options;
}

std::string checked_name(const char* name) {
  if (name == nullptr) return {};
  if (*name != '\0') return name;
  fail(Status::ERROR_ARGUMENT, "name: an empty one given, NULL or a name expected");
}

net::Box box_of(const finn_map_options& options) {
  require_range(options.variables, 1, FINN_MAX_VARIABLES, "variables");
  require(options.lower, "lower");
  require(options.upper, "upper");
  net::Box box;
  box.variables = options.variables;
  std::copy_n(options.lower, options.variables, box.lower.begin());
  std::copy_n(options.upper, options.variables, box.upper.begin());
  return box;
}

// user_data is that of the options, owned.
net::DomainPointer user_map(const finn_map_options& options,
                            const std::shared_ptr<void>& user_data) {
  require_range(options.reserved, 0, 0, "reserved");
  const net::Box box = box_of(options);
  require(reinterpret_cast<const void*>(options.to_point), "to_point");
  return net::user_map_domain({box, options.to_point, options.to_box, options.determinant,
                               user_data, checked_name(options.name)});
}

finn_domain* handle_of(const net::DomainPointer& domain) {
  return new finn_domain{finn_domain::kMagic, domain->box(), domain};
}

}  // namespace

extern "C" {

finn_status finn_domain_star(const char* name, int32_t variables, const double* centre,
                             finn_radius_callback radius, void* user_data,
                             finn_release_callback release, finn_domain** domain,
                             finn_error* error) {
  return call(error, [&] {
    if (domain != nullptr) *domain = nullptr;
    const auto data = owned(user_data, release);
    require(domain, "domain");
    require_range(variables, 2, 3, "variables");
    require(centre, "centre");
    require(reinterpret_cast<const void*>(radius), "radius");
    *domain = handle_of(net::star_domain(variables, centre, {radius, data, checked_name(name)}));
  });
}

finn_status finn_map_options_init(finn_map_options* options, uint64_t struct_size) {
  if (options == nullptr) return FINN_ERROR_NULL;
  if (!is_known_size(struct_size)) return FINN_ERROR_SIZE;
  std::memset(static_cast<void*>(options), 0, static_cast<std::size_t>(struct_size));
  options->struct_size = struct_size;
  return FINN_OK;
}

finn_status finn_domain_map(const finn_map_options* options, finn_domain** domain,
                            finn_error* error) {
  return call(error, [&] {
    if (domain != nullptr) *domain = nullptr;
    require(options, "options");
    const finn_map_options given = widened(*options);
    const auto user_data = owned(given.user_data, given.release);
    require(domain, "domain");
    *domain = handle_of(user_map(given, user_data));
  });
}

}  // extern "C"
