// Sectors, and as special cases the disk, the annulus and the ellipse, with constant determinant:
//
//   x = centre + r (cos a, sin a),   r^2 = inner^2 + s (outer^2 - inner^2),   u = (s, a)
//   |det dr/du| = (outer^2 - inner^2)/2
#include <cmath>
#include <numbers>

#include "core/error.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

Box sector_box(double from, double to) {
  Box box;
  box.variables = 2;
  box.lower = {0, from};
  box.upper = {1, to};
  return box;
}

class Sector final : public Domain {
 public:
  const char* kind() const noexcept override { return "sector"; }
  Sector(const double* centre, double inner, double outer, double from, double to)
      : Domain(sector_box(from, to)),
        centre_{centre[0], centre[1]},
        inner_(inner),
        outer_(outer),
        from_(from),
        span_(to - from),
        difference_((outer - inner) * (outer + inner)),
        log_weight_(std::log(2 / difference_)),
        slack_(edge_slack(outer, centre, 2)) {}

  // The end of the span is its box's: from + span may be another number.
  DomainRecipe recipe() const override {
    return {{{"centre", {centre_[0], centre_[1]}},
             {"inner", {inner_}},
             {"outer", {outer_}},
             {"from", {from_}},
             {"to", {box().upper[1]}}}};
  }

 private:
  void map(const double* u, double* x) const override {
    const double r = std::sqrt(inner_ * inner_ + u[0] * difference_);
    x[0] = centre_[0] + r * std::cos(u[1]);
    x[1] = centre_[1] + r * std::sin(u[1]);
  }

  double invert(const double* x, double* u) const override {
    const double x1 = x[0] - centre_[0];
    const double x2 = x[1] - centre_[1];
    const double r = std::hypot(x1, x2);
    u[0] = (r - inner_) * (r + inner_) / difference_;
    if (r <= slack_) {  // at the centre every angle is as good
      u[1] = from_ + 0.5 * span_;
      return inner_ > 0 ? kOutside : log_weight_;
    }
    const double turned = turned_from_start(std::atan2(x2, x1));
    u[1] = from_ + turned;
    const double overhang = r * std::fmax(-turned, turned - span_);
    const bool inside = r >= inner_ - slack_ && r <= outer_ + slack_ && overhang <= slack_;
    return inside ? log_weight_ : kOutside;
  }

  // The angle counted from `from`; the cut lies in the middle of what the sector leaves out.
  double turned_from_start(double angle) const {
    const double cut = 0.5 * (span_ - kTurn);  // <= 0
    const double turned = angle - from_;
    return turned - kTurn * std::floor((turned - cut) / kTurn);
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    const double x1 = x[0] - centre_[0];
    const double x2 = x[1] - centre_[1];
    slopes = {};
    slopes.u[0][0] = 2 * x1 / difference_;
    slopes.u[0][1] = 2 * x2 / difference_;
    const double square = x1 * x1 + x2 * x2;
    if (square <= slack_ * slack_) return;
    slopes.u[1][0] = -x2 / square;
    slopes.u[1][1] = x1 / square;
  }

  double centre_[2];
  double inner_, outer_, from_, span_, difference_, log_weight_, slack_;
};

}  // namespace

DomainPointer sector_domain(const double* centre, double inner, double outer, double from,
                            double to) {
  require_coordinates(centre, 2, "centre");
  require_radii(inner, outer);
  require_coordinates(&from, 1, "from");
  require_coordinates(&to, 1, "to");
  // A whole turn may come out a few roundoffs longer.
  if (!(from < to && to - from <= kTurn * (1 + 0x1p-50))) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "from, to: angles [%g, %g] given, from < to <= from + 2 pi expected", from, to);
  }
  return std::make_shared<Sector>(centre, inner, outer, from, to);
}

DomainPointer annulus_domain(const double* centre, double inner, double outer) {
  return sector_domain(centre, inner, outer, 0, kTurn);
}

DomainPointer disk_domain(const double* centre, double radius) {
  require_length(radius, "radius");
  return sector_domain(centre, 0, radius, 0, kTurn);
}

DomainPointer ellipse_domain(const double* centre, const double* semi_axes, double turn) {
  require_length(semi_axes[0], "semi_axes");
  require_length(semi_axes[1], "semi_axes");
  require_coordinates(&turn, 1, "turn");
  const double c = std::cos(turn);
  const double s = std::sin(turn);
  const double matrix[] = {semi_axes[0] * c, -semi_axes[1] * s, semi_axes[0] * s, semi_axes[1] * c};
  const double origin[] = {0, 0};
  return affine_domain(disk_domain(origin, 1), matrix, centre);
}

}  // namespace finn::net
