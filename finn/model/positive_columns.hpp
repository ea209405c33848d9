// The columns of a row that must be above 0: the targets of the integral where f >= 0 is scaled.
#pragma once

namespace finn::net {

// Columns begin, begin + 1, .. end - 1.
struct PositiveColumns {
  int begin = 0;
  int end = 0;

  bool contains(int column) const { return column >= begin && column < end; }
};

}  // namespace finn::net
