// One fit of one problem, and what it is worth.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "bench/network_options.hpp"
#include "bench/problems.hpp"
#include "capi/finn.h"

namespace finn::bench {

struct FitSettings {
  std::int64_t steps;
  std::uint64_t seed;
  finn_precision precision;
};

// NaN where something is not measured.
struct FitResult {
  double value = std::numeric_limits<double>::infinity();  // Problem::measure; infinite: it failed
  double integral_error = std::numeric_limits<double>::quiet_NaN();  // relative
  double condition_number = std::numeric_limits<double>::quiet_NaN();
  double seconds = 0;
  std::string failure{};  // what the library said when it failed
};

FitResult fit_one(const Problem& problem, const NetworkOption& option, const FitSettings& settings);

}  // namespace finn::bench
