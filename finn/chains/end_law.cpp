#include "finn/chains/end_law.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace finn::net {

EndLaw EndLaw::of_normal(double lower, double upper, double centre, double scale) {
  const bool is_at_upper = !std::isfinite(lower) || upper - centre < centre - lower;
  const double off = is_at_upper ? centre - upper : lower - centre;
  // Of exp(-(t + off)^2 / (2 scale^2)) for small t.
  return {lower, upper, std::max(off, scale) / (scale * scale), is_at_upper};
}

double EndLaw::within(double distance) const {
  return std::expm1(-rate * distance) / std::expm1(-rate * (upper - lower));
}

double EndLaw::log_density(double x) const {
  if (!(x >= lower && x <= upper)) return -std::numeric_limits<double>::infinity();
  return std::log(rate) - rate * distance(x) - std::log(-std::expm1(-rate * (upper - lower)));
}

double EndLaw::share(double x, bool below) const {
  if (x <= lower) return below ? 0 : 1;
  if (x >= upper) return below ? 1 : 0;
  const double nearer = within(distance(x));
  return below == is_at_upper ? 1 - nearer : nearer;
}

double EndLaw::quantile(double p) const {
  const double nearer = is_at_upper ? 1 - p : p;
  const double t = -std::log1p(nearer * std::expm1(-rate * (upper - lower))) / rate;
  // Of an infinite side the farthest that numbers with 53 bits tell from it.
  const double farthest = std::min(t, 37 / rate);
  return std::clamp(is_at_upper ? upper - farthest : lower + farthest, lower, upper);
}

}  // namespace finn::net
