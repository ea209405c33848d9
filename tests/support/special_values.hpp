// Numbers that every check has to meet.
#pragma once

#include <limits>

namespace finn::test {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace finn::test
