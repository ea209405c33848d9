// A map given by the user as callbacks: r, and if he has them its inverse and its determinant.
// Without them the inverse is found by Newton's method and the determinant by differences of r.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/differences.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/domains/matrix.hpp"
#include "finn/domains/node_grid.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;
constexpr std::size_t kMax = core::kMaxVariables;
using Vector = std::array<double, kMax>;

// "(1, 2.5)".
struct PointText {
  char text[kMax * 26 + 4];
  PointText(const double* point, int n) {
    char* end = text;
    for (int i = 0; i < n; ++i) {
      end += std::snprintf(end, 26, "%s%.9g", i == 0 ? "(" : ", ", point[i]);
    }
    std::snprintf(end, 2, ")");
  }
};

class Callback final : public Domain {
 public:
  const char* kind() const noexcept override { return "map"; }
  const char* name() const noexcept override {
    return map_.name.empty() ? nullptr : map_.name.c_str();
  }
  bool has_callbacks() const noexcept override { return true; }
  explicit Callback(const UserMap& map) : Domain(map.box), map_(map) {
    make_nodes();
    check();
  }

 private:
  static constexpr double kSameTrip = 1e-7;              // of a side of the box
  static constexpr double kSamePoint = 1e-8;             // of the extent of the region
  static constexpr double kSameDeterminant = 1e-6;       // relative
  static constexpr double kSmallestDeterminant = 1e-12;  // of the largest seen

  std::size_t n() const { return static_cast<std::size_t>(variables()); }
  double side(std::size_t i) const { return box().upper[i] - box().lower[i]; }

  // ---- The callbacks.

  [[noreturn]] void fail_at(const char* name, const double* point) const {
    fail(Status::ERROR_CALLBACK, "%s: the callback reported an error at %s", name,
         PointText(point, variables()).text);
  }

  void map(const double* u, double* x) const override {
    if (map_.to_point(u, x, map_.user_data.get()) != 0) fail_at("to_point", u);
  }

  // dx_i/du_j at [i][j], by differences.
  Matrix jacobian(const double* u) const {
    Matrix slopes{};
    Vector moved{}, x;
    std::copy_n(u, n(), moved.begin());
    for (std::size_t j = 0; j < n(); ++j) {
      const Stencil stencil(box().lower[j], box().upper[j], u[j]);
      for (int k = 0; k < kNodes; ++k) {
        moved[j] = stencil.node(k);
        map(moved.data(), x.data());
        for (std::size_t i = 0; i < n(); ++i) slopes[i][j] += stencil.weight(k) * x[i];
      }
      moved[j] = u[j];
    }
    return slopes;
  }

  // log |det dr/du|, not below its floor: where a map collapses, the weight stays finite.
  double log_determinant(const double* u) const {
    return std::fmax(raw_log_determinant(u), smallest_log_determinant_);
  }
  double raw_log_determinant(const double* u) const {
    if (map_.determinant == nullptr) {
      return inverse_of(jacobian(u), variables()).log_determinant;
    }
    double determinant = 0;
    if (map_.determinant(u, &determinant, map_.user_data.get()) != 0) fail_at("determinant", u);
    if (!std::isfinite(determinant)) {
      fail(Status::ERROR_NOT_FINITE, "determinant: %g given at u = %s", determinant,
           PointText(u, variables()).text);
    }
    return std::log(std::fabs(determinant));
  }

  // ---- The inverse.

  double invert(const double* x, double* u) const override {
    const bool inside = map_.to_box != nullptr ? ask_inverse(x, u) : find_inverse(x, u);
    return inside ? -log_determinant(u) : kOutside;
  }

  // The callback's u, moved into the box; it must lead back to x.
  bool ask_inverse(const double* x, double* u) const {
    if (map_.to_box(x, u, map_.user_data.get()) != 0) fail_at("to_box", x);
    for (std::size_t i = 0; i < n(); ++i) {
      const bool near = u[i] >= box().lower[i] - kSameTrip * side(i) &&
                        u[i] <= box().upper[i] + kSameTrip * side(i);
      if (!near) return false;
      u[i] = std::clamp(u[i], box().lower[i], box().upper[i]);
    }
    Vector error;
    return error_at(u, x, error) <= kSamePoint;
  }

  // error = r(u) - x; returns its length relative to the extent of the region.
  double error_at(const double* u, const double* x, Vector& error) const {
    map(u, error.data());
    double square = 0;
    for (std::size_t i = 0; i < n(); ++i) {
      error[i] -= x[i];
      square += error[i] / nodes_.extent(i) * (error[i] / nodes_.extent(i));
    }
    return std::sqrt(square);
  }

  // By Newton's method from the nodes next to x. u is the best that was found.
  bool find_inverse(const double* x, double* u) const {
    constexpr int kStarts = 4;
    std::array<std::size_t, kStarts> starts{};
    const std::size_t count = nodes_.nearest(x, starts);
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t start = 0; start < count && best > kSamePoint; ++start) {
      Vector here{};
      std::copy_n(nodes_.u(starts[start]), n(), here.begin());
      const double error = improve(x, here);
      if (error >= best) continue;
      best = error;
      std::copy_n(here.begin(), n(), u);
    }
    return best <= kSamePoint;
  }

  // Newton steps inside the box, halved until they help. Returns the error that is left.
  double improve(const double* x, Vector& u) const {
    constexpr int kMostSteps = 50;
    Vector error{};
    double size = error_at(u.data(), x, error);
    for (int step = 0; step < kMostSteps && size > 0; ++step) {
      const Inverse inverse = inverse_of(jacobian(u.data()), variables());
      if (inverse.smallest_pivot == 0 || !take_step(x, inverse.matrix, u, error, size)) break;
    }
    return size;
  }

  // u -= inverse error, or a part of it; false if no part makes the error smaller.
  bool take_step(const double* x, const Matrix& inverse, Vector& u, Vector& error,
                 double& size) const {
    for (double share = 1; share > 1e-3; share *= 0.5) {
      Vector next{};
      for (std::size_t j = 0; j < n(); ++j) {
        double move = 0;
        for (std::size_t i = 0; i < n(); ++i) move += inverse[j][i] * error[i];
        next[j] = std::clamp(u[j] - share * move, box().lower[j], box().upper[j]);
      }
      Vector next_error{};
      const double next_size = error_at(next.data(), x, next_error);
      if (!(next_size < size)) continue;
      u = next;
      error = next_error;
      size = next_size;
      return true;
    }
    return false;
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    slopes = {};
    Vector u{};
    locate(x, u.data());
    const Inverse inverse = inverse_of(jacobian(u.data()), variables());
    if (inverse.smallest_pivot < kSmallestDeterminant) return;
    slopes.u = inverse.matrix;
    Vector moved = u;
    for (std::size_t j = 0; j < n(); ++j) {
      const Stencil stencil(box().lower[j], box().upper[j], u[j]);
      double slope = 0;
      for (int k = 0; k < kNodes; ++k) {
        moved[j] = stencil.node(k);
        slope += stencil.weight(k) * log_determinant(moved.data());
      }
      moved[j] = u[j];
      for (std::size_t i = 0; i < n(); ++i) slopes.log_weight[i] -= slope * inverse.matrix[j][i];
    }
  }

  // ---- What is made and checked once.

  void make_nodes() {
    nodes_.fill(box(), [this](const double* u, double* x) {
      map(u, x);
      require_finite_point(u, x);
    });
    for (std::size_t i = 0; i < n(); ++i) {
      if (nodes_.extent(i) > 0) continue;
      fail(Status::ERROR_ARGUMENT, "to_point: x_%zu is the same everywhere", i);
    }
  }

  void require_finite_point(const double* u, const double* x) const {
    if (std::all_of(x, x + n(), [](double value) { return std::isfinite(value); })) return;
    fail(Status::ERROR_NOT_FINITE, "to_point: gives x = %s at u = %s",
         PointText(x, variables()).text, PointText(u, variables()).text);
  }

  // Point k of a sequence that fills the inside of the box evenly: multiples of the powers of the
  // root g of g^(n+1) = g + 1, without their whole parts.
  Vector check_point(int k) const {
    double g = 1.5;
    for (int step = 0; step < 40; ++step) g = std::pow(1 + g, 1.0 / (variables() + 1));
    Vector u{};
    double power = 1;
    for (std::size_t i = 0; i < n(); ++i) {
      power /= g;
      const double multiple = 0.5 + (k + 1) * power;
      const double share = 0.02 + 0.96 * (multiple - std::floor(multiple));
      u[i] = box().lower[i] + share * side(i);
    }
    return u;
  }

  void check() {
    constexpr int kCheckPoints = 100;
    int sign = 0;
    double largest = kOutside;
    for (int k = 0; k < kCheckPoints; ++k) {
      const Vector u = check_point(k);
      const Inverse inverse = inverse_of(jacobian(u.data()), variables());
      check_determinant(u, inverse);
      if (k > 0 && inverse.sign != sign) {
        fail(Status::ERROR_ARGUMENT,
             "to_point: the determinant changes its sign on the way to u = %s: the map folds",
             PointText(u.data(), variables()).text);
      }
      sign = inverse.sign;
      largest = std::fmax(largest, inverse.log_determinant);
    }
    smallest_log_determinant_ = largest + std::log(kSmallestDeterminant);
    for (int k = 0; k < kCheckPoints; ++k) check_round_trip(check_point(k));
  }

  void check_determinant(const Vector& u, const Inverse& inverse) const {
    const PointText at(u.data(), variables());
    const double given = raw_log_determinant(u.data());
    if (!(std::isfinite(inverse.log_determinant))) {
      fail(Status::ERROR_ARGUMENT, "to_point: the determinant is 0 at u = %s", at.text);
    }
    if (std::fabs(given - inverse.log_determinant) <= kSameDeterminant) return;
    fail(Status::ERROR_ARGUMENT,
         "determinant: %.9g given at u = %s, where differences of to_point give %.9g",
         std::exp(given), at.text, std::exp(inverse.log_determinant));
  }

  void check_round_trip(const Vector& u) const {
    Vector x{}, back{};
    map(u.data(), x.data());
    const bool inside = locate(x.data(), back.data()) > kOutside;
    bool same = inside;
    for (std::size_t i = 0; i < n(); ++i) {
      same = same && std::fabs(back[i] - u[i]) <= kSameTrip * side(i);
    }
    if (same) return;
    const char* name = map_.to_box != nullptr ? "to_box" : "to_point";
    fail(Status::ERROR_ARGUMENT, "%s: the round trip from u = %s by x = %s comes back %s u = %s",
         name, PointText(u.data(), variables()).text, PointText(x.data(), variables()).text,
         inside ? "at" : "as a point outside, with", PointText(back.data(), variables()).text);
  }

  UserMap map_;
  NodeGrid nodes_;
  double smallest_log_determinant_ = kOutside;
};

}  // namespace

DomainPointer user_map_domain(const UserMap& map) {
  box_domain(map.box);  // refuses what is no box
  return std::make_shared<Callback>(map);
}

}  // namespace finn::net
