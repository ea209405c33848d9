/* See gaussian.h. */
#include "gaussian.h"

#include <math.h>

gaussian gaussian_fit(const double* rows, size_t count) {
  gaussian fit = {{0, 0}, {0, 0}, 0};
  double share = 1 / (double)count;
  for (size_t i = 0; i < count; ++i) {
    fit.mean[0] += share * rows[2 * i];
    fit.mean[1] += share * rows[2 * i + 1];
  }
  for (size_t i = 0; i < count; ++i) {
    double x = rows[2 * i] - fit.mean[0], y = rows[2 * i + 1] - fit.mean[1];
    fit.variance[0] += share * x * x;
    fit.variance[1] += share * y * y;
    fit.covariance += share * x * y;
  }
  return fit;
}

double gaussian_mean_log(const gaussian* fit, const double* rows, size_t count) {
  double sum = 0;
  double determinant = fit->variance[0] * fit->variance[1] - fit->covariance * fit->covariance;
  for (size_t i = 0; i < count; ++i) {
    double x = rows[2 * i] - fit->mean[0], y = rows[2 * i + 1] - fit->mean[1];
    double distance =
        fit->variance[1] * x * x - 2 * fit->covariance * x * y + fit->variance[0] * y * y;
    sum -= distance / determinant / 2;
  }
  return sum / (double)count - log(2 * acos(-1) * sqrt(determinant));
}
