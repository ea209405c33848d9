#include "tests/support/naive_activation.hpp"

#include <cmath>

namespace finn::test {

Real naive_gauss(Real x) { return std::exp(-x * x) / std::sqrt(std::acos(Real(-1))); }

namespace {

// sigma_order(x) for order >= 1 and x < 0: the integral over t > 0 of
// t^(order - 1) / (order - 1)! gauss(x - t), by the trapezoidal rule in u with
// t = exp(u - exp(-u)).
Real naive_sigma_left(int order, Real x) {
  constexpr Real step = 1 / 16.0L;
  Real sum = 0;
  for (int i = -72; i < 56; ++i) {
    const Real decay = std::exp(-step * i);
    const Real t = std::exp(step * i - decay);
    sum += std::pow(t, order) * std::exp((2 * x - t) * t) * (1 + decay);
  }
  return step * sum / std::tgamma(Real(order)) * naive_gauss(x);
}

}  // namespace

// At x >= 0 the integral by parts,
// (m - 1) sigma_m = x sigma_{m-1} + sigma_{m-2} / 2; below order 0 the derivatives of
// sigma_{-1} = -2x sigma_0.
Real naive_sigma(int order, Real x) {
  if (order == 0) return naive_gauss(x);
  if (order == -1) return -2 * x * naive_gauss(x);
  if (order < 0) {
    return 2 * (order + 1) * naive_sigma(order + 2, x) - 2 * x * naive_sigma(order + 1, x);
  }
  if (x < 0) return naive_sigma_left(order, x);
  if (order == 1) return std::erfc(-x) / 2;
  return (x * naive_sigma(order - 1, x) + naive_sigma(order - 2, x) / 2) / (order - 1);
}

std::vector<Real> naive_sigma_derivatives(int order, int count, Real x) {
  std::vector<Real> derivatives;
  for (int k = 0; k < count; ++k) derivatives.push_back(naive_sigma(order - k, x));
  return derivatives;
}

// By Leibniz's rule for tanh' = 1 - tanh^2.
std::vector<Real> naive_tanh_derivatives(int count, Real x) {
  std::vector<Real> derivatives{std::tanh(x), 1 / (std::cosh(x) * std::cosh(x))};
  for (int k = 1; k + 1 < count; ++k) {
    Real sum = 2 * derivatives[0] * derivatives.back();
    Real binomial = k;
    for (int j = 1; j < k; ++j) {
      sum += binomial * derivatives[static_cast<std::size_t>(j)] *
             derivatives[static_cast<std::size_t>(k - j)];
      binomial *= Real(k - j) / (j + 1);
    }
    derivatives.push_back(-sum);
  }
  derivatives.resize(static_cast<std::size_t>(count));
  return derivatives;
}

}  // namespace finn::test
