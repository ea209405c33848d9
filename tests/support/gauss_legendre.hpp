// Gauss-Legendre quadrature, for integrals that the library is not asked for.
#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace finn::test {

struct QuadratureNode {
  double at, weight;
};

// The rule of `count` nodes on [lower, upper]: roots of the Legendre polynomial by Newton's method.
inline std::vector<QuadratureNode> gauss_legendre(int count, double lower, double upper) {
  std::vector<QuadratureNode> nodes;
  for (int i = 0; i < count; ++i) {
    double t = std::cos(std::numbers::pi * (i + 0.75) / (count + 0.5));
    double slope = 0;
    for (int step = 0; step < 100; ++step) {
      double p = 1, before = 0;
      for (int k = 1; k <= count; ++k) {
        const double next = ((2 * k - 1) * t * p - (k - 1) * before) / k;
        before = p;
        p = next;
      }
      slope = count * (t * p - before) / (t * t - 1);
      t -= p / slope;
      if (std::fabs(p / slope) < 1e-16) break;
    }
    const double half = 0.5 * (upper - lower);
    nodes.push_back({lower + half * (1 + t), 2 * half / ((1 - t * t) * slope * slope)});
  }
  return nodes;
}

// The product of the rules on [lower_i, upper_i], cut into `pieces` each; body(point, weight).
inline void for_each_node(int count, int pieces, const std::vector<double>& lower,
                          const std::vector<double>& upper,
                          const std::function<void(const double*, double)>& body) {
  const std::size_t n = lower.size();
  std::vector<std::vector<QuadratureNode>> axes(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double side = (upper[i] - lower[i]) / pieces;
    for (int piece = 0; piece < pieces; ++piece) {
      for (const auto& node :
           gauss_legendre(count, lower[i] + piece * side, lower[i] + (piece + 1) * side)) {
        axes[i].push_back(node);
      }
    }
  }
  std::vector<double> point(n);
  const std::function<void(std::size_t, double)> descend = [&](std::size_t i, double weight) {
    if (i == n) {
      body(point.data(), weight);
      return;
    }
    for (const QuadratureNode& node : axes[i]) {
      point[i] = node.at;
      descend(i + 1, weight * node.weight);
    }
  };
  descend(0, 1);
}

}  // namespace finn::test
