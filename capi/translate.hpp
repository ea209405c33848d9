// A field of an options struct of finn.h into the field of finn/ that holds it, and back. The lists
// of options say which belong together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace finn::capi {

// Numbers as they are; enumerations have the numbers of finn.h, and what has two values is a bool.
template <class From, class To>
void translate(const From& from, To& to) {
  to = static_cast<To>(from);
}

// Integers after their number, which stands before them in finn.h.
inline void translate(std::int32_t count, std::vector<int>& to) {
  to.resize(static_cast<std::size_t>(count));
}
template <std::size_t capacity>
void translate(const std::int32_t (&from)[capacity], std::vector<int>& to) {
  std::copy_n(from, to.size(), to.begin());
}
inline void translate(const std::vector<int>& from, std::int32_t& to) {
  to = static_cast<std::int32_t>(from.size());
}
template <std::size_t capacity>
void translate(const std::vector<int>& from, std::int32_t (&to)[capacity]) {
  std::copy(from.begin(), from.end(), to);
}

}  // namespace finn::capi
