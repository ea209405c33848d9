#include "finn/domains/axis_maps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/subset.hpp"

namespace finn::net {

AxisMaps::AxisMaps(const Box& box, const Domain* domain) : box_(box), domain_(domain) {
  if (domain == nullptr) return;
  separate_ = domain->maps_axes();
  std::array<double, core::kMaxVariables> u{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    u[i] = 0.5 * box.lower[i] + 0.5 * box.upper[i];
  }
  domain->to_point(u.data(), middle_.data());
  if (!separate_) return;
  Slopes slopes;
  domain->slopes(middle_.data(), slopes);
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    falls_[i] = slopes.u[i][i] < 0;
    log_slope_[i] = std::log(std::fabs(slopes.u[i][i]));
  }
}

double AxisMaps::to_box(int i, double x) const {
  const auto at = static_cast<std::size_t>(i);
  if (domain_ != nullptr) return domain_->axis_to_box(at, x);
  return std::clamp(x, box_.lower[at], box_.upper[at]);
}

double AxisMaps::to_point(int i, double u) const {
  if (domain_ == nullptr) return u;
  std::array<double, core::kMaxVariables> point{}, x{};
  for (std::size_t j = 0; j < static_cast<std::size_t>(box_.variables); ++j) {
    point[j] = 0.5 * box_.lower[j] + 0.5 * box_.upper[j];
  }
  point[static_cast<std::size_t>(i)] = u;
  domain_->to_point(point.data(), x.data());
  return x[static_cast<std::size_t>(i)];
}

AxisSlopes AxisMaps::slopes(int i, double x) const {
  if (domain_ != nullptr) return domain_->axis_slopes(static_cast<std::size_t>(i), x);
  return {contains(i, x) ? 1.0 : 0.0, 0};
}

double AxisMaps::limit(int i, double u) const {
  const auto at = static_cast<std::size_t>(i);
  const double x = to_point(i, u);
  if (domain_ == nullptr || (u > box_.lower[at] && u < box_.upper[at])) return x;
  const double step = x - middle_[at];
  return contains(i, x + step) ? std::copysign(std::numeric_limits<double>::infinity(), step) : x;
}

bool AxisMaps::contains(int i, double x) const {
  const auto at = static_cast<std::size_t>(i);
  if (domain_ == nullptr) return x >= box_.lower[at] && x <= box_.upper[at];
  std::array<double, kMaxBoxVariables> point = middle_;
  point[at] = x;
  return domain_->contains(point.data());
}

double AxisMaps::log_weight(VariableSet variables, const double* x) const {
  if (domain_ == nullptr) return 0;
  std::array<double, kMaxBoxVariables> point = middle_;
  std::array<double, core::kMaxVariables> u;
  double others = 0;
  for (int i = 0; i < box_.variables; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if ((variables >> i & 1) != 0) {
      point[at] = x[i];
    } else {
      others += log_slope_[at];
    }
  }
  return domain_->locate(point.data(), u.data()) - others;
}

}  // namespace finn::net
