// The quantile of the standard normal distribution, for samples.
#pragma once

namespace finn::net {

// x with P(N <= x) = p, 0 < p < 1: algorithm AS 241, PPND16, of M. J. Wichura, "The percentage
// points of the normal distribution", Applied Statistics 37 (1988), rational functions in three
// ranges, whose relative error is about 1e-16. Measured: at most 9 unit roundoffs of max(|x|, 0.01)
// from 1e-300 to 1/2 (tests/finn/queries/normal_quantile_test.cpp).
double normal_quantile(double p);

// z with sigma_1(z) = a + u (b - a), where a = sigma_1(lower), b = sigma_1(upper), lower < upper: a
// sample of the density exp(-z^2) between these limits for u uniform in (0, 1). Far out, where a
// and b underflow, the density is an exponential one, cut to the limits, to within 1/lower^2.
double truncated_normal_quantile(double lower, double upper, double u);

}  // namespace finn::net
