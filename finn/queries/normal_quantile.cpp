#include "finn/queries/normal_quantile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

// Coefficients of the powers 0 .. 7 of numerator and denominator.
struct Rational {
  std::array<double, 8> above, below;

  double at(double r) const { return horner(above, r) / horner(below, r); }

 private:
  static double horner(const std::array<double, 8>& coefficients, double r) {
    double sum = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * r + coefficients[i];
    return sum;
  }
};

// Wichura's constants: |p - 1/2| <= 0.425; then of r = sqrt(-log p), up to 5 and above.
constexpr Rational kCentre = {
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
     1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
     3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
     2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
     5.2264952788528545610e+3}};
constexpr Rational kMiddle = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
constexpr Rational kTail = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

// Of the density exp(-2 |to| (to - z)) of [from, to], to < 0: that of a normal far out.
double exponential_quantile(double from, double to, double share) {
  const double rate = -2 * to;
  const double least = std::exp(-rate * (to - from));
  return to + std::log(least + share * (1 - least)) / rate;
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) return q * kCentre.at(0.180625 - q * q);
  const double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  const double x = r <= 5 ? kMiddle.at(r - 1.6) : kTail.at(r - 5);
  return q < 0 ? -x : x;
}

double truncated_normal_quantile(double lower, double upper, double u) {
  // On the right of the normal that of the mirrored one, whose shares are small there.
  const bool mirrored = lower + upper > 0;
  const double from = mirrored ? -upper : lower, to = mirrored ? -lower : upper;
  const double share = mirrored ? 1 - u : u;
  const double ends[2] = {from, to};
  double shares[2];
  ops::kernels<double>().sigma_family(1, 1, ends, 2, shares, 0, std::numeric_limits<double>::min());
  const double p = shares[0] + share * (shares[1] - shares[0]);
  const double z =
      p > 0 ? normal_quantile(p) / std::numbers::sqrt2 : exponential_quantile(from, to, share);
  const double within = std::clamp(z, from, to);
  return mirrored ? -within : within;
}

}  // namespace finn::net
