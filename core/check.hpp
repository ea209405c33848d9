// Checks of single numbers; each fails with a message that names the argument as finn.h does, says
// what was given and what was expected.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/error.hpp"

namespace finn::core {

inline void require_range(std::int64_t value, std::int64_t smallest, std::int64_t largest,
                          const char* name) {
  if (value >= smallest && value <= largest) return;
  fail(Status::ERROR_ARGUMENT, "%s: %lld given, %lld .. %lld expected", name,
       static_cast<long long>(value), static_cast<long long>(smallest),
       static_cast<long long>(largest));
}

// An enumerator, whose values are 0 .. last; what comes from outside may be any number.
template <class Enum>
void require_enumerator(Enum value, Enum last, const char* name) {
  require_range(static_cast<std::int64_t>(value), 0, static_cast<std::int64_t>(last), name);
}

// A finite number for which `valid` holds.
inline void require_number(double value, bool valid, const char* name, const char* expected) {
  if (!std::isfinite(value)) fail(Status::ERROR_NOT_FINITE, "%s: %g given", name, value);
  if (!valid) fail(Status::ERROR_ARGUMENT, "%s: %g given, %s expected", name, value, expected);
}

}  // namespace finn::core
