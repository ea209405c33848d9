// A parameter that is counted in a unit of its own.
#pragma once

#include <cstdint>

namespace finn::net {

// Parameter i, less a move that is counted in units[i]; null: in 1.
template <class T>
T moved(T parameter, double move, const T* units, std::int64_t i) {
  return static_cast<T>(parameter - (units == nullptr ? move : move * units[i]));
}

// Turns a gradient [length] by parameters into that by parameters counted in units, in place.
template <class T>
void count_in_units(const T* units, std::int64_t length, T* gradient) {
  if (units == nullptr) return;
  for (std::int64_t i = 0; i < length; ++i) gradient[i] *= units[i];
}

}  // namespace finn::net
