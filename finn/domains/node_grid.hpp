// A grid of points of a box with their images: from the nearest of them Newton's method starts.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "core/subset.hpp"
#include "finn/domains/box.hpp"

namespace finn::net {

class NodeGrid {
 public:
  // The middles of the cells of a grid, at most some thousand of them; to_point(u, x) maps each.
  template <class ToPoint>
  void fill(const Box& box, ToPoint&& to_point) {
    constexpr std::size_t kPerAxis[core::kMaxVariables + 1] = {0, 1025, 33, 16, 8, 5, 4, 3, 2};
    variables_ = static_cast<std::size_t>(box.variables);
    const std::size_t axis = kPerAxis[variables_];
    std::size_t count = 1;
    for (std::size_t i = 0; i < variables_; ++i) count *= axis;
    u_.resize(count * variables_);
    x_.resize(count * variables_);
    for (std::size_t node = 0; node < count; ++node) {
      std::size_t rest = node;
      for (std::size_t i = 0; i < variables_; ++i, rest /= axis) {
        const double share = (static_cast<double>(rest % axis) + 0.5) / static_cast<double>(axis);
        u_[node * variables_ + i] = box.lower[i] + share * (box.upper[i] - box.lower[i]);
      }
      to_point(&u_[node * variables_], &x_[node * variables_]);
    }
    measure();
  }

  std::size_t size() const { return u_.size() / variables_; }
  const double* u(std::size_t node) const { return &u_[node * variables_]; }
  // How far the images reach in coordinate i.
  double extent(std::size_t i) const { return extent_[i]; }

  // The nodes whose images are nearest to x, the nearest first, in units of the extents; returns
  // how many.
  template <std::size_t most>
  std::size_t nearest(const double* x, std::array<std::size_t, most>& nodes) const {
    std::array<double, most> distances{};
    std::size_t found = 0;
    for (std::size_t node = 0; node < size(); ++node) {
      const double distance = squared_distance(node, x);
      std::size_t at = found;
      if (found < most) ++found;
      if (at == most && !(distance < distances[--at])) continue;
      for (; at > 0 && distance < distances[at - 1]; --at) {
        distances[at] = distances[at - 1];
        nodes[at] = nodes[at - 1];
      }
      distances[at] = distance;
      nodes[at] = node;
    }
    return found;
  }

 private:
  double squared_distance(std::size_t node, const double* x) const {
    double distance = 0;
    for (std::size_t i = 0; i < variables_; ++i) {
      const double apart = (x_[node * variables_ + i] - x[i]) / extent_[i];
      distance += apart * apart;
    }
    return distance;
  }

  void measure() {
    for (std::size_t i = 0; i < variables_; ++i) {
      double low = x_[i], high = x_[i];
      for (std::size_t at = i; at < x_.size(); at += variables_) {
        low = std::fmin(low, x_[at]);
        high = std::fmax(high, x_[at]);
      }
      extent_[i] = high - low;
    }
  }

  std::size_t variables_ = 0;
  std::vector<double> u_, x_;  // [node][variables]
  std::array<double, core::kMaxVariables> extent_{};
};

}  // namespace finn::net
