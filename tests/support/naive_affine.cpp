#include "tests/support/naive_affine.hpp"

namespace finn::test {

Features naive_affine(const Features& x, int out, const std::vector<Real>& parameters) {
  const std::size_t in = x.size();
  Features z;
  for (std::size_t o = 0; o < static_cast<std::size_t>(out); ++o) {
    z.push_back(Real(0) * x[0]);
    z[o][0] = parameters[static_cast<std::size_t>(out) * in + o];
    for (std::size_t i = 0; i < in; ++i) {
      for (std::size_t s = 0; s < x[i].size(); ++s) z[o][s] += parameters[o * in + i] * x[i][s];
    }
  }
  return z;
}

}  // namespace finn::test
