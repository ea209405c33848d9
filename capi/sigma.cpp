// The sigma family by itself: straight to the kernels.
#include <algorithm>
#include <limits>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "core/subset.hpp"
#include "ops/kernels/table.hpp"

namespace {

namespace ops = finn::ops;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_range;
using finn::capi::Status;

// length >= 0, and rows of that length must be a possible array.
void require_row_length(std::int64_t length, std::int64_t rows) {
  if (length < 0) {
    fail(Status::ERROR_ARGUMENT, "length: %lld given, at least 0 expected",
         static_cast<long long>(length));
  }
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(length, rows * std::int64_t{sizeof(double)}, &bytes)) {
    fail(Status::ERROR_SIZE, "length: %lld given, of which memory cannot hold %lld rows",
         static_cast<long long>(length), static_cast<long long>(rows));
  }
}

template <class U>
finn_status sigma(int32_t order, int32_t count, const U* x, int64_t length, U* values,
                  finn_error* error) {
  return call(error, [&] {
    require_range(order, 1, finn::core::kMaxVariables, "order");
    require_range(count, 1, order + 1 - ops::kLowestSigma, "count");
    require_row_length(length, count);
    if (length == 0) return;
    require(x, "x");
    require(values, "values");
    ops::kernels<U>().sigma_family(order, count, x, length, values, length,
                                   std::numeric_limits<U>::min());
  });
}

template <class U>
finn_status log_sigma(int32_t order, const U* x, int64_t length, U* logs, U* slopes,
                      finn_error* error) {
  return call(error, [&] {
    require_range(order, 0, finn::core::kMaxVariables, "order");
    require_row_length(length, 1);
    if (length == 0) return;
    require(x, "x");
    require(logs, "logs");
    ops::kernels<U>().log_sigma(order, x, length, logs, slopes);
  });
}

template <class U>
finn_status repeated_erfc(int32_t order, int32_t count, const U* z, int64_t length, U* values,
                          finn_error* error) {
  return call(error, [&] {
    require_range(order, 0, finn::core::kMaxVariables - 1, "order");
    require_range(count, 1, order + 2, "count");
    require_row_length(length, count);
    if (length == 0) return;
    require(z, "z");
    require(values, "values");
    constexpr std::int64_t kBlock = 256;
    U x[kBlock];
    for (std::int64_t first = 0; first < length; first += kBlock) {
      const std::int64_t size = std::min(kBlock, length - first);
      std::transform(z + first, z + first + size, x, [](U argument) { return -argument; });
      ops::kernels<U>().sigma_family(order + 1, count, x, size, values + first, length,
                                     std::numeric_limits<U>::min());
    }
    for (std::int64_t i = 0; i < count * length; ++i) values[i] *= 2;
  });
}

}  // namespace

extern "C" {

finn_status finn_sigma_f64(int32_t order, int32_t count, const double* x, int64_t length,
                           double* values, finn_error* error) {
  return sigma(order, count, x, length, values, error);
}
finn_status finn_sigma_f32(int32_t order, int32_t count, const float* x, int64_t length,
                           float* values, finn_error* error) {
  return sigma(order, count, x, length, values, error);
}

finn_status finn_log_sigma_f64(int32_t order, const double* x, int64_t length, double* logs,
                               double* slopes, finn_error* error) {
  return log_sigma(order, x, length, logs, slopes, error);
}
finn_status finn_log_sigma_f32(int32_t order, const float* x, int64_t length, float* logs,
                               float* slopes, finn_error* error) {
  return log_sigma(order, x, length, logs, slopes, error);
}

finn_status finn_repeated_erfc_f64(int32_t order, int32_t count, const double* z, int64_t length,
                                   double* values, finn_error* error) {
  return repeated_erfc(order, count, z, length, values, error);
}
finn_status finn_repeated_erfc_f32(int32_t order, int32_t count, const float* z, int64_t length,
                                   float* values, finn_error* error) {
  return repeated_erfc(order, count, z, length, values, error);
}

}  // extern "C"
