// The family of sigma in 113-bit arithmetic, from definitions that share nothing with the kernel.
//
// x < 0, z = -x, I_k = i^k erfc: the ratios r_k = I_k/I_{k-1} by their continued fraction
// r_{k-1} = 1/(2 (z + k r_k)), started far enough up (DLMF 7.18), for z >= 2; below that erfc by
// libquadmath and the recurrence upwards, which loses less than 7 digits there.
// x >= 0: erfc, and the recurrence upwards, which is stable.
#pragma once

#include <quadmath.h>

#include <array>

namespace finn::accuracy {

__extension__ typedef __float128 Quad;

inline constexpr int kTop = 8;
inline const Quad kInverseSqrtPi = 1 / sqrtq(acosq(-1));

// sigma_0 .. sigma_8.
using QuadFamily = std::array<Quad, kTop + 1>;

// I_k/I_{-1}, k = 0 .. 7, at z > 0.
inline std::array<Quad, kTop> repeated_erfc_ratios(Quad z) {
  std::array<Quad, kTop> y;  // I_k/I_{-1}
  if (z < 2) {
    Quad above = 1;
    Quad here = erfcq(z) / (2 * kInverseSqrtPi * expq(-z * z));
    for (int k = 0; k < kTop; ++k) {
      y[static_cast<std::size_t>(k)] = here;
      const Quad next = (above - 2 * z * here) / (2 * (k + 1));
      above = here;
      here = next;
    }
    return y;
  }
  const int start = kTop + 12 + static_cast<int>(1200 / (z * z));
  Quad ratio = 1 / (z + sqrtq(z * z + 2 * start));
  std::array<Quad, kTop> r;
  for (int k = start; k > 0; --k) {
    ratio = 1 / (2 * (z + k * ratio));  // r_{k-1}
    if (k <= kTop) r[static_cast<std::size_t>(k - 1)] = ratio;
  }
  Quad product = 1;
  for (std::size_t k = 0; k < kTop; ++k) y[k] = product *= r[k];
  return y;
}

inline QuadFamily quad_sigma(Quad x) {
  QuadFamily sigma;
  sigma[0] = kInverseSqrtPi * expq(-x * x);
  if (x < 0) {
    const std::array<Quad, kTop> y = repeated_erfc_ratios(-x);
    for (std::size_t m = 1; m <= kTop; ++m) sigma[m] = y[m - 1] * sigma[0];
    return sigma;
  }
  sigma[1] = erfcq(-x) / 2;
  for (int m = 2; m <= kTop; ++m) {
    const auto i = static_cast<std::size_t>(m);
    sigma[i] = (x * sigma[i - 1] + sigma[i - 2] / 2) / (m - 1);
  }
  return sigma;
}

// log sigma_n and its derivative, n = 0 .. 8; without overflow for |x| <= 10^300.
struct QuadLog {
  std::array<Quad, kTop + 1> log, slope;
};

inline QuadLog quad_log_sigma(Quad x) {
  QuadLog result;
  const Quad log_c = logq(kInverseSqrtPi);
  result.log[0] = log_c - x * x;
  result.slope[0] = -2 * x;
  if (x < 0) {
    const std::array<Quad, kTop> y = repeated_erfc_ratios(-x);
    for (std::size_t m = 1; m <= kTop; ++m) {
      result.log[m] = log_c - x * x + logq(y[m - 1]);
      result.slope[m] = (m == 1 ? Quad(1) : y[m - 2]) / y[m - 1];
    }
    return result;
  }
  const QuadFamily sigma = quad_sigma(x);
  result.log[1] = log1pq(-erfcq(x) / 2);
  for (std::size_t m = 1; m <= kTop; ++m) {
    if (m > 1) result.log[m] = logq(sigma[m]);
    result.slope[m] = sigma[m - 1] / sigma[m];
  }
  return result;
}

}  // namespace finn::accuracy
