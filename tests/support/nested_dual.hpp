// Naive reference: jet algebra in long double, straight from the definitions.
//
// A NestedDual of n variables has one coefficient per subset of {1..n}: its mixed partial over the
// variables in the subset. Products sum over the subsets of each subset, composition sums over
// all set partitions (Faa di Bruno). Slow, and shares no code with core/subset.hpp.
#pragma once

#include <cstddef>
#include <vector>

namespace finn::test {

using Real = long double;

struct NestedDual {
  std::vector<Real> coefficient;

  explicit NestedDual(int variables, Real value = 0) : coefficient(std::size_t{1} << variables) {
    coefficient[0] = value;
  }
  std::size_t size() const { return coefficient.size(); }
  Real& operator[](std::size_t subset) { return coefficient[subset]; }
  Real operator[](std::size_t subset) const { return coefficient[subset]; }
};

NestedDual operator+(NestedDual a, const NestedDual& b);
NestedDual operator-(const NestedDual& a, const NestedDual& b);
NestedDual operator*(Real factor, NestedDual a);
NestedDual operator*(const NestedDual& a, const NestedDual& b);
NestedDual operator/(const NestedDual& a, const NestedDual& b);

// f o z, given derivatives[k] = f^(k)(z[{}]) for k = 0 .. n.
NestedDual composed(const std::vector<Real>& derivatives, const NestedDual& z);

}  // namespace finn::test
