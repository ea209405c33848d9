#include "finn/training/loss.hpp"

#include <cmath>

namespace finn::net {
namespace {

double term(const LossOptions& options, double residual) {
  const double magnitude = std::fabs(residual);
  switch (options.kind) {
    case Loss::absolute_error:
      return magnitude;
    case Loss::huber: {
      const double slope = std::min(magnitude, options.huber_delta);
      return slope * (magnitude - 0.5 * slope);
    }
    default:
      return residual * residual;
  }
}

}  // namespace

double mean_log_unit(const double* log_units, const double* row_weights, std::int64_t count) {
  double sum = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    sum += row_weights == nullptr ? log_units[i] : row_weights[i] * log_units[i];
  }
  return sum / static_cast<double>(count);
}

double mean_loss(const LossOptions& options, double* f, const double* y, const double* row_weights,
                 std::int64_t count, int outputs) {
  const std::int64_t terms = count * outputs;
  if (needs_density(options.kind)) {
    ops::kernels<double>().unary[ops::unary_log](f, terms, f);
    for (std::int64_t k = 0; k < terms; ++k) f[k] = -f[k];
  } else {
    for (std::int64_t k = 0; k < terms; ++k) f[k] = term(options, f[k] - y[k]);
  }
  double sum = 0;
  for (std::int64_t k = 0; k < terms; ++k) {
    sum += row_weights == nullptr ? f[k] : row_weights[k / outputs] * f[k];
  }
  return sum / static_cast<double>(terms);
}

}  // namespace finn::net
