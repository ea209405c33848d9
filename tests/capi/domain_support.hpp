// What the tests of domains through finn.h share.
#pragma once

#include "tests/capi/support.hpp"

namespace finn::test {

struct DestroyDomain {
  void operator()(finn_domain* domain) const { finn_domain_destroy(domain); }
};
using DomainHandle = std::unique_ptr<finn_domain, DestroyDomain>;

using MakeDomain = std::function<finn_status(finn_domain**, finn_error*)>;

inline DomainHandle make_domain(const MakeDomain& make) {
  finn_domain* domain = nullptr;
  require_ok([&](finn_error* e) { return make(&domain, e); });
  return DomainHandle(domain);
}

inline DomainHandle unit_disk() {
  return make_domain([](finn_domain** domain, finn_error* e) {
    const double centre[] = {0, 0};
    return finn_domain_disk(centre, 1, domain, e);
  });
}

inline finn_model_options options_on(const finn_domain* domain) {
  finn_model_options options;
  finn_model_options_init(&options);
  options.variables = finn_domain_variables(domain);
  options.domain = domain;
  return options;
}

inline ModelHandle model_on(const finn_domain* domain, finn_precision precision = FINN_FLOAT64) {
  finn_model_options options = options_on(domain);
  options.precision = precision;
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &model, e); });
  return ModelHandle(model);
}

// u of points x [count][variables].
inline std::vector<double> to_box(const finn_domain* domain, const std::vector<double>& x,
                                  std::vector<double>* log_weight = nullptr) {
  const auto count = x.size() / static_cast<std::size_t>(finn_domain_variables(domain));
  std::vector<double> u(x.size());
  if (log_weight != nullptr) log_weight->resize(count);
  require_ok([&](finn_error* e) {
    return finn_domain_to_box(domain, x.data(), static_cast<std::int64_t>(count), u.data(),
                              log_weight != nullptr ? log_weight->data() : nullptr, e);
  });
  return u;
}

inline std::vector<double> to_point(const finn_domain* domain, const std::vector<double>& u) {
  std::vector<double> x(u.size());
  const auto count = static_cast<std::int64_t>(u.size()) / finn_domain_variables(domain);
  require_ok(
      [&](finn_error* e) { return finn_domain_to_point(domain, u.data(), count, x.data(), e); });
  return x;
}

// x = u^3 + u on [0, 1], with a count of how often it was released.
inline finn_map_options cubic_map(int* released) {
  static const double lower[] = {0}, upper[] = {1};
  finn_map_options map{};
  map.struct_size = sizeof map;
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

}  // namespace finn::test
