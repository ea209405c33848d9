// Distributions for the tests of finn.h: owned handles, made in a few words.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

struct DestroyDistribution {
  void operator()(finn_distribution* distribution) const {
    finn_distribution_destroy(distribution);
  }
};
using DistributionHandle = std::unique_ptr<finn_distribution, DestroyDistribution>;

template <class Make>
DistributionHandle make_distribution(Make&& make) {
  finn_distribution* made = nullptr;
  require_ok([&](finn_error* error) { return make(&made, error); });
  return DistributionHandle(made);
}

inline DistributionHandle distribution_of(const ModelSpec& spec, std::int32_t output = 0) {
  const ModelHandle model = make_model(spec);
  return make_distribution([&](finn_distribution** made, finn_error* error) {
    return finn_distribution_create(model.get(), output, made, error);
  });
}

inline DistributionHandle marginal_of(const DistributionHandle& of,
                                      const std::vector<std::int32_t>& variables) {
  return make_distribution([&](finn_distribution** made, finn_error* error) {
    return finn_distribution_marginal(of.get(), variables.data(),
                                      static_cast<std::int32_t>(variables.size()), made, error);
  });
}

inline DistributionHandle given_of(const DistributionHandle& of,
                                   const std::vector<std::int32_t>& variables) {
  return make_distribution([&](finn_distribution** made, finn_error* error) {
    return finn_distribution_given(of.get(), variables.data(),
                                   static_cast<std::int32_t>(variables.size()), made, error);
  });
}

}  // namespace finn::test
