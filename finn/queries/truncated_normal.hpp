// Moments of a normal that is cut to an interval.
#pragma once

namespace finn::net {

struct NormalMoments {
  double mean = 0, variance = 0;
};

// Of the density exp(-z^2) on [lower, upper], lower < upper.
NormalMoments truncated_normal_moments(double lower, double upper);

}  // namespace finn::net
