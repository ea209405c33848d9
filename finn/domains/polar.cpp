// The disk by the paper's map: x = centre + r (cos a, sin a), u = (r, a), |det dr/du| = r, which
// vanishes at the centre. f = f_u/r is singular there; to stay finite, r counts as kSmallestRadius
// of the disk where it is smaller.
#include <cmath>
#include <numbers>

#include "finn/domains/box.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

constexpr double kSmallestRadius = 1e-8;
constexpr double kTurn = 2 * std::numbers::pi;

Box polar_box(double radius) {
  Box box;
  box.variables = 2;
  box.upper = {radius, kTurn};
  return box;
}

class Polar final : public Domain {
 public:
  const char* kind() const noexcept override { return "polar"; }
  Polar(const double* centre, double radius)
      : Domain(polar_box(radius)),
        centre_{centre[0], centre[1]},
        radius_(radius),
        smallest_(kSmallestRadius * radius),
        slack_(edge_slack(radius, centre, 2)) {}

  DomainRecipe recipe() const override {
    return {{{"centre", {centre_[0], centre_[1]}}, {"radius", {radius_}}}};
  }

 private:
  void map(const double* u, double* x) const override {
    x[0] = centre_[0] + u[0] * std::cos(u[1]);
    x[1] = centre_[1] + u[0] * std::sin(u[1]);
  }

  double invert(const double* x, double* u) const override {
    const double x1 = x[0] - centre_[0];
    const double x2 = x[1] - centre_[1];
    u[0] = std::hypot(x1, x2);
    const double angle = std::atan2(x2, x1);
    u[1] = angle < 0 ? angle + kTurn : angle;
    if (!(u[0] <= radius_ + slack_)) return kOutside;
    return -std::log(std::fmax(u[0], smallest_));
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    const double x1 = x[0] - centre_[0];
    const double x2 = x[1] - centre_[1];
    const double r = std::hypot(x1, x2);
    slopes = {};
    if (r <= slack_) return;
    slopes.u[0][0] = x1 / r;
    slopes.u[0][1] = x2 / r;
    slopes.u[1][0] = -x2 / r / r;
    slopes.u[1][1] = x1 / r / r;
    if (r < smallest_) return;
    slopes.log_weight[0] = -x1 / r / r;
    slopes.log_weight[1] = -x2 / r / r;
  }

  double centre_[2];
  double radius_, smallest_, slack_;
};

}  // namespace

DomainPointer polar_domain(const double* centre, double radius) {
  require_coordinates(centre, 2, "centre");
  require_length(radius, "radius");
  return std::make_shared<Polar>(centre, radius);
}

}  // namespace finn::net
