// The map of a domain, one variable at a time: what limits of x are in u, and by what density of a
// single variable changes. Only of domains whose map takes one variable at a time, boxes, lines,
// half-lines and products of them; docs/DOMAINS.md.
#pragma once

#include <array>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::net {

class AxisMaps {
 public:
  // domain may be null: x is u. It must live as long.
  AxisMaps(const Box& box, const Domain* domain);

  // Whether every variable has a map of its own. Without that only to_box and log_weight of all
  // variables mean anything.
  bool separate() const noexcept { return separate_; }
  // What the domain is, for messages.
  const char* kind() const noexcept { return domain_ == nullptr ? "box" : domain_->kind(); }
  // Whether u_i falls as x_i grows.
  bool falls(int i) const noexcept { return falls_[static_cast<std::size_t>(i)]; }

  // Whether u_i is x_i itself.
  bool is_identity(int i) const noexcept {
    return domain_ == nullptr || (domain_->unmapped() >> i & 1) != 0;
  }

  // u_i of x_i, which may be infinite, clamped to the box.
  double to_box(int i, double x) const;
  double to_point(int i, double u) const;
  // What u_i and log |du_i/dx_i| change by with x_i: 0 where it is not in the domain, and u_i is
  // clamped.
  AxisSlopes slopes(int i, double x) const;
  // x_i of a limit of u_i, infinite where the edge of the box is the end of an unbounded axis.
  double limit(int i, double u) const;
  // Whether x_i is in the domain.
  bool contains(int i, double x) const;
  // The logarithm of the product of |du_i/dx_i| over these variables, at a point inside
  // [variables], of which only these variables are looked at; Domain::kOutside for a point outside.
  double log_weight(VariableSet variables, const double* x) const;

 private:
  const Box& box_;
  const Domain* domain_;
  bool separate_ = true;
  std::array<bool, kMaxBoxVariables> falls_{};
  std::array<double, kMaxBoxVariables> middle_{};     // the image of the middle of the box
  std::array<double, kMaxBoxVariables> log_slope_{};  // log |du_i/dx_i| there
};

}  // namespace finn::net
