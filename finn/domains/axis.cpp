// Unbounded axes: u = G(z) in [0, 1] is the distribution function of a base density g of the
// standard coordinate z, so w = du/dx = g(z)/scale: no division, and log w is g's own logarithm.
#include <cmath>
#include <numbers>

#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

constexpr double kLogSqrt2Pi = 0.91893853320467274178;

// A base density on the line, or on [0, infinity), each with scale 1.
struct Base {
  double (*distribution)(double z);
  double (*quantile)(double u);  // 0 < u < 1
  double (*log_density)(double z);
  double (*log_slope)(double z);  // of log_density
};

namespace gaussian {

double distribution(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// For u <= 1/2: Newton on log Phi, which is concave and increasing, so that steps from the left of
// the root stay left of it and converge. Phi(-t) <= exp(-t^2/2)/2 puts the start there.
double lower_quantile(double u) {
  constexpr int kMostSteps = 60;
  double z = -std::sqrt(-2 * std::log(u));
  for (int step = 0; step < kMostSteps; ++step) {
    const double below = distribution(z);
    const double density = std::exp(-0.5 * z * z - kLogSqrt2Pi);
    const double move = std::log(u / below) * below / density;
    z += move;
    if (std::fabs(move) <= 0x1p-52 * std::fmax(1, std::fabs(z))) break;
  }
  return z;
}

double quantile(double u) { return u <= 0.5 ? lower_quantile(u) : -lower_quantile(1 - u); }
double log_density(double z) { return -0.5 * z * z - kLogSqrt2Pi; }
double log_slope(double z) { return -z; }

double half_distribution(double t) { return std::erf(t / std::numbers::sqrt2); }
double half_quantile(double u) { return -lower_quantile(0.5 * (1 - u)); }
double half_log_density(double t) { return std::numbers::ln2 + log_density(t); }

}  // namespace gaussian

namespace exponential {

// The logistic distribution.
double distribution(double z) {
  const double tail = std::exp(-std::fabs(z));
  return (z < 0 ? tail : 1) / (1 + tail);
}
double quantile(double u) { return std::log(u / (1 - u)); }
double log_density(double z) { return -std::fabs(z) - 2 * std::log1p(std::exp(-std::fabs(z))); }
double log_slope(double z) { return -std::tanh(0.5 * z); }

double half_distribution(double t) { return -std::expm1(-t); }
double half_quantile(double u) { return -std::log1p(-u); }
double half_log_density(double t) { return -t; }
double half_log_slope(double) { return -1; }

}  // namespace exponential

namespace rational {

constexpr double kPi = std::numbers::pi;

// The Cauchy distribution.
double distribution(double z) { return std::atan2(1, -z) / kPi; }
double quantile(double u) {
  return u <= 0.5 ? -1 / std::tan(kPi * u) : 1 / std::tan(kPi * (1 - u));
}
double log_density(double z) { return -std::log(kPi) - 2 * std::log(std::hypot(1, z)); }
double log_slope(double z) { return std::fabs(z) > 1 ? -2 / (z + 1 / z) : -2 * z / (1 + z * z); }

double half_distribution(double t) { return t / (1 + t); }
double half_quantile(double u) { return u / (1 - u); }
double half_log_density(double t) { return -2 * std::log1p(t); }
double half_log_slope(double t) { return -2 / (1 + t); }

}  // namespace rational

constexpr Base kLine[] = {
    {gaussian::distribution, gaussian::quantile, gaussian::log_density, gaussian::log_slope},
    {exponential::distribution, exponential::quantile, exponential::log_density,
     exponential::log_slope},
    {rational::distribution, rational::quantile, rational::log_density, rational::log_slope}};

constexpr Base kHalfLine[] = {{gaussian::half_distribution, gaussian::half_quantile,
                               gaussian::half_log_density, gaussian::log_slope},
                              {exponential::half_distribution, exponential::half_quantile,
                               exponential::half_log_density, exponential::half_log_slope},
                              {rational::half_distribution, rational::half_quantile,
                               rational::half_log_density, rational::half_log_slope}};

// The outermost shares of an infinite tail are one point, so that every u has a finite x.
constexpr double kSmallestShare = 0x1p-64;
constexpr double kLargestShare = 1 - 0x1p-53;

double number_of(Tail tail) { return static_cast<double>(tail); }

class Line final : public Domain {
 public:
  const char* kind() const noexcept override { return "line"; }
  Line(double centre, double scale, Tail tail)
      : Domain(cube(1, 0, 1)),
        centre_(centre),
        scale_(scale),
        tail_(tail),
        base_(kLine[static_cast<std::size_t>(tail)]) {}
  bool maps_axes() const override { return true; }
  DomainRecipe recipe() const override {
    return {{{"centre", {centre_}}, {"scale", {scale_}}, {"tail", {number_of(tail_)}}}};
  }

 private:
  double standard(double x) const { return (x - centre_) / scale_; }

  void map(const double* u, double* x) const override {
    const double share = std::fmin(std::fmax(u[0], kSmallestShare), kLargestShare);
    x[0] = centre_ + scale_ * base_.quantile(share);
  }
  double invert_axis(std::size_t, double x) const override {
    return base_.distribution(standard(x));
  }
  double invert(const double* x, double* u) const override {
    const double z = standard(x[0]);
    u[0] = base_.distribution(z);
    return base_.log_density(z) - std::log(scale_);
  }
  void differentiate(const double* x, Slopes& slopes) const override {
    const double z = standard(x[0]);
    slopes.u[0][0] = std::exp(base_.log_density(z)) / scale_;
    slopes.log_weight[0] = base_.log_slope(z) / scale_;
  }

  double centre_, scale_;
  Tail tail_;
  Base base_;
};

// t = distance from the end. u grows with x, whichever way the half-line goes.
class HalfLine final : public Domain {
 public:
  const char* kind() const noexcept override { return "half-line"; }
  HalfLine(double end, bool down, double scale, Tail tail)
      : Domain(cube(1, 0, 1)),
        end_(end),
        scale_(scale),
        rate_(down ? -1 / scale : 1 / scale),
        slack_(edge_slack(scale, &end, 1) / scale),
        tail_(tail),
        base_(kHalfLine[static_cast<std::size_t>(tail)]) {}
  bool maps_axes() const override { return true; }
  DomainRecipe recipe() const override {
    return {{{"end", {end_}},
             {"down", {is_down() ? 1.0 : 0.0}},
             {"scale", {scale_}},
             {"tail", {number_of(tail_)}}}};
  }

 private:
  bool is_down() const { return rate_ < 0; }

  void map(const double* u, double* x) const override {
    const double share = is_down() ? 1 - u[0] : u[0];
    const double t = std::fmax(base_.quantile(std::fmin(share, kLargestShare)), 0);
    x[0] = end_ + t / rate_;
  }
  // The share of a base is a ratio of infinities at the far end.
  double invert_axis(std::size_t, double x) const override {
    const double t = std::fmax((x - end_) * rate_, 0);
    const double share = std::isinf(t) ? 1 : base_.distribution(t);
    return is_down() ? 1 - share : share;
  }
  double invert(const double* x, double* u) const override {
    const double t = (x[0] - end_) * rate_;
    const double share = base_.distribution(std::fmax(t, 0));
    u[0] = is_down() ? 1 - share : share;
    if (!(t >= -slack_)) return kOutside;
    return base_.log_density(std::fmax(t, 0)) + std::log(std::fabs(rate_));
  }
  void differentiate(const double* x, Slopes& slopes) const override {
    const double t = std::fmax((x[0] - end_) * rate_, 0);
    slopes.u[0][0] = std::exp(base_.log_density(t)) * std::fabs(rate_);
    slopes.log_weight[0] = base_.log_slope(t) * rate_;
  }

  double end_, scale_, rate_, slack_;
  Tail tail_;
  Base base_;
};

}  // namespace

DomainPointer line_domain(double centre, double scale, Tail tail) {
  require_coordinates(&centre, 1, "centre");
  require_length(scale, "scale");
  return std::make_shared<Line>(centre, scale, tail);
}

DomainPointer half_line_domain(double end, bool down, double scale, Tail tail) {
  require_coordinates(&end, 1, "end");
  require_length(scale, "scale");
  return std::make_shared<HalfLine>(end, down, scale, tail);
}

}  // namespace finn::net
