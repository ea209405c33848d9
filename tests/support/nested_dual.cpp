#include "tests/support/nested_dual.hpp"

namespace finn::test {

NestedDual operator+(NestedDual a, const NestedDual& b) {
  for (std::size_t s = 0; s < a.size(); ++s) a[s] += b[s];
  return a;
}

NestedDual operator*(Real factor, NestedDual a) {
  for (Real& coefficient : a.coefficient) coefficient *= factor;
  return a;
}

NestedDual operator-(const NestedDual& a, const NestedDual& b) { return a + Real(-1) * b; }

NestedDual operator*(const NestedDual& a, const NestedDual& b) {
  NestedDual product = Real(0) * a;
  for (std::size_t s = 0; s < a.size(); ++s) {
    for (std::size_t t = s;; t = (t - 1) & s) {
      product[s] += a[t] * b[s - t];
      if (t == 0) break;
    }
  }
  return product;
}

namespace {

// Sum over the partitions of `rest` of f^(blocks so far + blocks of the partition) times the
// product of z over its blocks. Each partition is met once: the block of the lowest element of
// `rest` is chosen first.
Real partition_sum(const std::vector<Real>& derivatives, const NestedDual& z, std::size_t rest,
                   std::size_t blocks) {
  if (rest == 0) return derivatives[blocks];
  const std::size_t lowest = rest & (~rest + 1);
  const std::size_t others = rest - lowest;
  Real sum = 0;
  for (std::size_t joined = others;; joined = (joined - 1) & others) {
    sum += z[joined | lowest] * partition_sum(derivatives, z, others - joined, blocks + 1);
    if (joined == 0) return sum;
  }
}

}  // namespace

NestedDual composed(const std::vector<Real>& derivatives, const NestedDual& z) {
  NestedDual result = Real(0) * z;
  for (std::size_t s = 0; s < z.size(); ++s) result[s] = partition_sum(derivatives, z, s, 0);
  return result;
}

NestedDual operator/(const NestedDual& a, const NestedDual& b) {
  std::vector<Real> derivatives{1 / b[0]};
  for (std::size_t size = 1; size < b.size(); size *= 2) {
    derivatives.push_back(-Real(derivatives.size()) * derivatives.back() / b[0]);
  }
  return a * composed(derivatives, b);
}

}  // namespace finn::test
