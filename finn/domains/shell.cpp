// Spherical shells and balls in three variables, with constant determinant:
//
//   x = centre + r (sin b cos a, sin b sin a, cos b),   u = (s, cos b, a)
//   r^3 = inner^3 + s (outer^3 - inner^3),   |det dr/du| = (outer^3 - inner^3)/3
#include <cmath>
#include <numbers>

#include "finn/domains/box.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

Box shell_box() {
  Box box;
  box.variables = 3;
  box.lower = {0, -1, 0};
  box.upper = {1, 1, kTurn};
  return box;
}

class Shell final : public Domain {
 public:
  const char* kind() const noexcept override { return "shell"; }
  Shell(const double* centre, double inner, double outer)
      : Domain(shell_box()),
        centre_{centre[0], centre[1], centre[2]},
        inner_(inner),
        outer_(outer),
        difference_(cubes_apart(outer)),
        log_weight_(std::log(3 / difference_)),
        slack_(edge_slack(outer, centre, 3)) {}

  DomainRecipe recipe() const override {
    return {{{"centre", {centre_[0], centre_[1], centre_[2]}},
             {"inner", {inner_}},
             {"outer", {outer_}}}};
  }

 private:
  // r^3 - inner^3, without cancellation for thin shells.
  double cubes_apart(double r) const {
    return (r - inner_) * (r * r + r * inner_ + inner_ * inner_);
  }

  void map(const double* u, double* x) const override {
    const double r = std::cbrt(inner_ * inner_ * inner_ + u[0] * difference_);
    const double across = r * std::sqrt((1 - u[1]) * (1 + u[1]));
    x[0] = centre_[0] + across * std::cos(u[2]);
    x[1] = centre_[1] + across * std::sin(u[2]);
    x[2] = centre_[2] + r * u[1];
  }

  double invert(const double* x, double* u) const override {
    const double y[] = {x[0] - centre_[0], x[1] - centre_[1], x[2] - centre_[2]};
    const double across = std::hypot(y[0], y[1]);
    const double r = std::hypot(across, y[2]);
    const double azimuth = std::atan2(y[1], y[0]);
    u[0] = cubes_apart(r) / difference_;
    u[1] = r > slack_ ? y[2] / r : 0;
    u[2] = azimuth < 0 ? azimuth + kTurn : azimuth;
    return r >= inner_ - slack_ && r <= outer_ + slack_ ? log_weight_ : kOutside;
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    const double y[] = {x[0] - centre_[0], x[1] - centre_[1], x[2] - centre_[2]};
    const double across = std::hypot(y[0], y[1]);
    const double r = std::hypot(across, y[2]);
    slopes = {};
    for (std::size_t i = 0; i < 3; ++i) slopes.u[0][i] = 3 * r * y[i] / difference_;
    if (r <= slack_) return;
    const double cosine = y[2] / r;
    for (std::size_t i = 0; i < 3; ++i) {
      slopes.u[1][i] = ((i == 2 ? 1 : 0) - cosine * y[i] / r) / r;
    }
    if (across <= slack_) return;
    slopes.u[2][0] = -y[1] / across / across;
    slopes.u[2][1] = y[0] / across / across;
  }

  double centre_[3];
  double inner_, outer_, difference_, log_weight_, slack_;
};

}  // namespace

DomainPointer shell_domain(const double* centre, double inner, double outer) {
  require_coordinates(centre, 3, "centre");
  require_radii(inner, outer);
  return std::make_shared<Shell>(centre, inner, outer);
}

DomainPointer ball_domain(const double* centre, double radius) {
  require_length(radius, "radius");
  return shell_domain(centre, 0, radius);
}

}  // namespace finn::net
