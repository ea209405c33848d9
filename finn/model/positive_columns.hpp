// The columns of a row that must be above 0: the epsilons of samples where f >= 0 is scaled.
#pragma once

namespace finn::net {

struct PositiveColumns {
  int begin = 0;
  int end = 0;

  // The first of them in a row that is not above 0; end if all are.
  template <class U>
  int first_bad(const U* row) const {
    int column = begin;
    while (column < end && row[column] > U(0)) ++column;
    return column;
  }
};

}  // namespace finn::net
