// The checks of arguments that the functions of finn.h share. Each fails with a message that names
// the argument as finn.h does, says what was given and what was expected.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/check.hpp"
#include "core/error.hpp"
#include "core/shape.hpp"

namespace finn::capi {

using core::fail;
using core::require_enumerator;
using core::require_number;
using core::require_range;
using core::Status;

inline void require(const void* pointer, const char* name) {
  if (pointer == nullptr) fail(Status::ERROR_NULL, "%s: NULL given", name);
}

// Limits of which both are given or none.
inline void require_both_or_none(const double* lower, const double* upper) {
  if ((lower == nullptr) == (upper == nullptr)) return;
  fail(Status::ERROR_NULL, "%s: NULL given, both limits or none expected",
       lower == nullptr ? "lower" : "upper");
}

// A handle begins with a word of its own, which destroy wipes out.
template <class Handle>
void require_handle(const Handle* handle, const char* name) {
  require(handle, name);
  if (handle->magic != Handle::kMagic) {
    fail(Status::ERROR_ARGUMENT, "%s: not a live handle of its type", name);
  }
}

// The length of an array, in numbers; `what` it holds, with its shape.
inline void require_length(std::int64_t length, std::int64_t expected, const char* what,
                           const char* name = "length") {
  if (length == expected) return;
  fail(Status::ERROR_SIZE, "%s: %lld given, %lld expected, the numbers of %s", name,
       static_cast<long long>(length), static_cast<long long>(expected), what);
}

// rows >= 1, and rows x columns doubles must be a possible array.
inline void require_rows(std::int64_t rows, std::int64_t columns, const char* name) {
  if (rows < 1) {
    fail(Status::ERROR_ARGUMENT, "%s: %lld given, at least 1 expected", name,
         static_cast<long long>(rows));
  }
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(rows, columns * std::int64_t{sizeof(double)}, &bytes)) {
    fail(Status::ERROR_SIZE, "%s: %lld given, more rows of %lld than memory can hold", name,
         static_cast<long long>(rows), static_cast<long long>(columns));
  }
}

// Values [rows][columns], of an argument or of a result, all finite.
template <class U>
void require_finite(const U* values, std::int64_t rows, std::int64_t columns, const char* name) {
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    if (std::isfinite(values[i])) continue;
    fail(Status::ERROR_NOT_FINITE, "%s: %g at row %lld, column %lld", name,
         static_cast<double>(values[i]), static_cast<long long>(i / columns),
         static_cast<long long>(i % columns));
  }
}

}  // namespace finn::capi
