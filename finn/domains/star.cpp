// A star-shaped region, given by its radius R(d) in each direction d: the unit disk or ball,
// stretched,
//
//   x = centre + R(y/|y|) y,   |det dx/dy| = R^n,
//
// so |det dr/du| is constant along each ray and smooth wherever R is. The derivative of R, needed
// for gradients in x alone, is taken by differences.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/differences.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

using Vector = std::array<double, core::kMaxVariables>;
constexpr double kFar = 1e300;  // what is further out counts as that
constexpr double kZeros[core::kMaxVariables] = {};

double norm(const Vector& vector) { return std::hypot(vector[0], vector[1], vector[2]); }

// The unit vector; of 0, the first axis. Brought to size 1 before it is squared.
Vector direction_of(const Vector& vector) {
  double largest = 0;
  for (const double entry : vector) largest = std::fmax(largest, std::fabs(entry));
  if (!(largest > 0)) return {1};
  Vector direction = vector;
  for (double& entry : direction) entry /= largest;
  const double length = norm(direction);
  for (double& entry : direction) entry /= length;
  return direction;
}

class Star final : public Domain {
 public:
  const char* kind() const noexcept override { return "star"; }
  const char* name() const noexcept override {
    return radius_.name.empty() ? nullptr : radius_.name.c_str();
  }
  bool has_callbacks() const noexcept override { return true; }
  Star(DomainPointer unit, const double* centre, const StarRadius& radius)
      : Domain(unit->box()), unit_(std::move(unit)), radius_(radius) {
    std::copy_n(centre, variables(), centre_.begin());
  }

  // Tries many directions: in space along a spiral whose turns are golden sections of a circle.
  void check() const {
    constexpr int kDirections = 256;
    constexpr double kTurn = 2 * std::numbers::pi;
    for (int k = 0; k < kDirections; ++k) {
      const double share = (k + 0.5) / kDirections;
      const double golden = kTurn * std::fmod(k * (2 - std::numbers::phi), 1);
      const Vector u =
          variables() == 2 ? Vector{1, kTurn * share} : Vector{1, 2 * share - 1, golden};
      Vector direction{};
      unit_->to_point(u.data(), direction.data());
      radius_of(direction);
    }
  }

 private:
  std::size_t n() const { return static_cast<std::size_t>(variables()); }

  // R in the direction of a vector; at 0, along the first axis.
  double radius_of(const Vector& vector) const {
    const Vector direction = direction_of(vector);
    double radius = 0;
    if (radius_.radius(direction.data(), &radius, radius_.user_data.get()) != 0) {
      core::fail(core::Status::ERROR_CALLBACK,
                 "radius: the callback reported an error in the direction (%g, %g, %g)",
                 direction[0], direction[1], direction[2]);
    }
    if (!(radius >= kSmallestLength && radius <= kLargestLength)) {
      core::fail(core::Status::ERROR_ARGUMENT,
                 "radius: %g given in the direction (%g, %g, %g), a length of %g .. %g expected",
                 radius, direction[0], direction[1], direction[2], kSmallestLength, kLargestLength);
    }
    return radius;
  }

  // dR/d(vector) for a unit vector.
  Vector radius_slope(const Vector& direction) const {
    Vector slope{};
    for (std::size_t i = 0; i < n(); ++i) {
      const Stencil stencil(direction[i] - 0.5, direction[i] + 0.5, direction[i]);
      Vector moved = direction;
      for (int k = 0; k < kNodes; ++k) {
        moved[i] = stencil.node(k);
        slope[i] += stencil.weight(k) * radius_of(moved);
      }
    }
    return slope;
  }

  void map(const double* u, double* x) const override {
    Vector y{};
    unit_->to_point(u, y.data());
    const double radius = radius_of(y);
    for (std::size_t i = 0; i < n(); ++i) x[i] = centre_[i] + radius * y[i];
  }

  Vector from_centre(const double* x) const {
    Vector offset{};
    for (std::size_t i = 0; i < n(); ++i) offset[i] = std::clamp(x[i] - centre_[i], -kFar, kFar);
    return offset;
  }

  double invert(const double* x, double* u) const override {
    Vector y = from_centre(x);
    const double radius = radius_of(y);
    for (std::size_t i = 0; i < n(); ++i) y[i] /= radius;
    return unit_->locate(y.data(), u) - variables() * std::log(radius);
  }

  // With z = x - centre: y = z/R, so dy_k/dx_i = delta_ki/R - z_k dR/dz_i / R^2.
  void differentiate(const double* x, Slopes& slopes) const override {
    const Vector z = from_centre(x);
    const double radius = radius_of(z);
    const double distance = norm(z);
    Vector y{}, slope{};
    for (std::size_t i = 0; i < n(); ++i) y[i] = z[i] / radius;
    if (distance > kEdge * radius) {
      slope = radius_slope(direction_of(z));
      for (std::size_t i = 0; i < n(); ++i) slope[i] /= distance;
    }
    Slopes within;
    unit_->slopes(y.data(), within);
    slopes = {};
    for (std::size_t i = 0; i < n(); ++i) {
      slopes.log_weight[i] = -variables() * slope[i] / radius;
      for (std::size_t j = 0; j < n(); ++j) {
        for (std::size_t k = 0; k < n(); ++k) {
          const double dy = ((k == i ? 1 : 0) - y[k] * slope[i]) / radius;
          slopes.u[j][i] += within.u[j][k] * dy;
        }
      }
    }
  }

  DomainPointer unit_;
  StarRadius radius_;
  Vector centre_{};
};

}  // namespace

DomainPointer star_domain(int variables, const double* centre, const StarRadius& radius) {
  require_coordinates(centre, variables, "centre");
  auto unit = variables == 2 ? disk_domain(kZeros, 1) : ball_domain(kZeros, 1);
  const auto star = std::make_shared<Star>(std::move(unit), centre, radius);
  star->check();
  return star;
}

}  // namespace finn::net
