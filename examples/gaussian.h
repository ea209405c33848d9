/* The Gaussian of two variables that fits best: what the network is compared with. */
#ifndef FINN_EXAMPLES_GAUSSIAN_H
#define FINN_EXAMPLES_GAUSSIAN_H

#include <stddef.h>

typedef struct gaussian {
  double mean[2], variance[2], covariance;
} gaussian;

/* The maximum of the likelihood of these rows [count][2]. */
gaussian gaussian_fit(const double* rows, size_t count);

/* The mean of the log density at rows [count][2]; not finite when the Gaussian was fitted to rows
 * that lie on one line. */
double gaussian_mean_log(const gaussian* fit, const double* rows, size_t count);

#endif /* FINN_EXAMPLES_GAUSSIAN_H */
