// The domains with callbacks that a loader of the files has: a file can only name them.
#pragma once

#include <cstdint>

#include "capi/finn.h"
#include "tests/capi/handle_support.hpp"

namespace finn::fuzz {

// An egg about (1, 2).
inline test::DomainHandle named_star() {
  const auto radius = [](const double* direction, double* r, void*) -> std::int32_t {
    *r = 2 + 0.5 * direction[0];
    return 0;
  };
  return test::make_handle<finn_domain>([&](finn_domain** domain, finn_error* error) {
    const double centre[] = {1, 2};
    return finn_domain_star("egg", 2, centre, radius, nullptr, nullptr, domain, error);
  });
}

// x = u^3 + u on [0, 1].
inline test::DomainHandle named_map() {
  static const double lower[] = {0}, upper[] = {1};
  finn_map_options map;
  finn_map_options_init(&map, sizeof map);
  map.name = "cubic";
  map.variables = 1;
  map.lower = lower;
  map.upper = upper;
  map.to_point = [](const double* u, double* x, void*) -> std::int32_t {
    *x = *u * *u * *u + *u;
    return 0;
  };
  return test::make_handle<finn_domain>([&](finn_domain** domain, finn_error* error) {
    return finn_domain_map(&map, domain, error);
  });
}

}  // namespace finn::fuzz
