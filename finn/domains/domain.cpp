#include "finn/domains/domain.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"

namespace finn::net {
namespace {

// Into the box; what is no number goes to the middle.
void clamp(const Box& box, double* u) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    if (u[i] >= box.lower[i] && u[i] <= box.upper[i]) continue;
    if (u[i] < box.lower[i]) {
      u[i] = box.lower[i];
    } else if (u[i] > box.upper[i]) {
      u[i] = box.upper[i];
    } else {
      u[i] = 0.5 * box.lower[i] + 0.5 * box.upper[i];
    }
  }
}

}  // namespace

void Domain::to_point(const double* u, double* x) const {
  std::array<double, core::kMaxVariables> inside;
  std::copy_n(u, variables(), inside.begin());
  clamp(box_, inside.data());
  map(inside.data(), x);
}

double Domain::locate(const double* x, double* u) const {
  const double log_weight = invert(x, u);
  clamp(box_, u);
  return log_weight;
}

double Domain::locate(const double* x, Subset subset, double* u) const {
  const double log_weight = invert_subset(x, subset, u);
  clamp(box_, u);
  return log_weight;
}

double Domain::invert_subset(const double* x, Subset subset, double* u) const {
  const double log_weight = invert(x, u);
  return subset == core::full_subset(variables()) ? log_weight : 0;
}

void Domain::differentiate_subset(const double* x, Subset subset, Slopes& slopes) const {
  if (subset == core::full_subset(variables())) return differentiate(x, slopes);
  std::array<double, core::kMaxVariables> u;
  const bool is_inside = invert(x, u.data()) > kOutside;
  slopes = {};
  if (!is_inside && !maps_axes()) return;
  differentiate(x, slopes);
  slopes.log_weight = {};
  for (std::size_t i = 0; !is_inside && i < static_cast<std::size_t>(variables()); ++i) {
    if (!(u[i] > box_.lower[i] && u[i] < box_.upper[i])) slopes.u[i] = {};
  }
}

double Domain::axis_to_box(std::size_t i, double x) const {
  return std::clamp(invert_axis(i, x), box_.lower[i], box_.upper[i]);
}

// At the middle of the other variables.
AxisSlopes Domain::axis_slopes(std::size_t i, double x) const {
  std::array<double, core::kMaxVariables> middle, point;
  for (std::size_t j = 0; j < static_cast<std::size_t>(variables()); ++j) {
    middle[j] = 0.5 * box_.lower[j] + 0.5 * box_.upper[j];
  }
  to_point(middle.data(), point.data());
  point[i] = x;
  if (!std::isfinite(x) || !contains(point.data())) return {};
  Slopes slopes;
  differentiate(point.data(), slopes);
  return {slopes.u[i][i], slopes.log_weight[i]};
}

double Domain::invert_axis(std::size_t, double) const {
  core::fail(core::Status::ERROR_INTERNAL, "domain: a %s does not map one variable at a time",
             kind());
}

Box Domain::limits_to_box(const Box& limits) const {
  Box box = box_;
  for (std::size_t i = 0; i < static_cast<std::size_t>(variables()); ++i) {
    box.lower[i] = axis_to_box(i, limits.lower[i]);
    box.upper[i] = axis_to_box(i, limits.upper[i]);
    if (box.lower[i] > box.upper[i]) std::swap(box.lower[i], box.upper[i]);
  }
  return box;
}

bool Domain::contains(const double* x) const {
  std::array<double, core::kMaxVariables> u;
  return locate(x, u.data()) > kOutside;
}

}  // namespace finn::net
