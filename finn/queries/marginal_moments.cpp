#include "finn/queries/marginal_moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "finn/constraints/legendre.hpp"
#include "finn/domains/axis_maps.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {
namespace {

// A composite Gauss-Legendre rule on the interval of a variable, with x at its nodes.
struct AxisNodes {
  std::vector<double> u, x, weights;
};

AxisNodes nodes_of(const AxisMaps& maps, const QueryRow& roles, int i, int panels, int order) {
  const GaussRule rule = gauss_rule(order);
  AxisNodes nodes;
  const double step = (roles.upper(i) - roles.lower(i)) / panels;
  for (int panel = 0; panel < panels; ++panel) {
    for (std::size_t k = 0; k < rule.nodes.size(); ++k) {
      const double u = roles.lower(i) + step * (panel + 0.5 + 0.5 * rule.nodes[k]);
      nodes.u.push_back(u);
      nodes.x.push_back(maps.to_point(i, u));
      nodes.weights.push_back(0.5 * step * rule.weights[k]);
    }
  }
  return nodes;
}

// Marginal densities of one row, a query for each node.
class MarginalQuadrature {
 public:
  MarginalQuadrature(RowQueries& queries, const QueryRow& roles, const double* given,
                     const Mass& whole)
      : queries_(queries), roles_(roles), given_(given), whole_(whole) {}

  // The integrals of p, p (x - about) and p (x - about)^2 over one variable.
  std::array<double, 3> of_one(int i, double about, int panels, int order) {
    const AxisNodes nodes = nodes_of(queries_.distribution().maps(), roles_, i, panels, order);
    std::array<double, 3> sums{};
    for (std::size_t begin = 0; begin < nodes.u.size(); begin += kRowsAtOnce) {
      const std::size_t end = std::min(nodes.u.size(), begin + kRowsAtOnce);
      for (std::size_t k = begin; k < end; ++k) {
        rows_[k - begin] = roles_;
        rows_[k - begin].set_point(i, nodes.u[k]);
      }
      find_masses(end - begin);
      for (std::size_t k = begin; k < end; ++k) {
        const double p = nodes.weights[k] * ratio(masses_[k - begin], whole_);
        const double off = nodes.x[k] - about;
        sums[0] += p;
        sums[1] += p * off;
        sums[2] += p * off * off;
      }
    }
    return sums;
  }

  // The integral of p (x_i - a) (x_j - b) over two variables.
  double of_two(int i, int j, double a, double b, int panels, int order) {
    const AxisMaps& maps = queries_.distribution().maps();
    const AxisNodes first = nodes_of(maps, roles_, i, panels, order);
    const AxisNodes second = nodes_of(maps, roles_, j, panels, order);
    double sum = 0;
    for (std::size_t k = 0; k < first.u.size(); ++k) {
      for (std::size_t begin = 0; begin < second.u.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(second.u.size(), begin + kRowsAtOnce);
        for (std::size_t l = begin; l < end; ++l) {
          QueryRow& row = rows_[l - begin];
          row = roles_;
          row.set_point(i, first.u[k]);
          row.set_point(j, second.u[l]);
        }
        find_masses(end - begin);
        for (std::size_t l = begin; l < end; ++l) {
          sum += first.weights[k] * second.weights[l] * ratio(masses_[l - begin], whole_) *
                 (first.x[k] - a) * (second.x[l] - b);
        }
      }
    }
    return sum;
  }

 private:
  void find_masses(std::size_t count) {
    queries_.masses(rows_.data(), static_cast<int>(count), given_, 0, masses_.data());
  }

  RowQueries& queries_;
  const QueryRow& roles_;
  const double* given_;
  const Mass& whole_;
  std::array<QueryRow, kRowsAtOnce> rows_;
  std::array<Mass, kRowsAtOnce> masses_;
};

// Panels and nodes of a panel of the rules, and of those that say how good they are.
constexpr int kPanelsOfOne = 16, kPanelsOfTwo = 6;
constexpr int kOrder = 16, kCoarseOrder = 12;

}  // namespace

RowMoments marginal_moments(RowQueries& queries, const QueryRow& roles, const double* given,
                            const Mass& whole, bool wants_covariance) {
  const Distribution& distribution = queries.distribution();
  const int n = distribution.variables();
  RowMoments moments(n);
  MarginalQuadrature quadrature(queries, roles, given, whole);
  for (int k = 0; k < n; ++k) {
    const auto at = static_cast<std::size_t>(k);
    const int i = distribution.model_variable(k);
    const double about =
        distribution.maps().to_point(i, 0.5 * roles.lower(i) + 0.5 * roles.upper(i));
    const auto fine = quadrature.of_one(i, about, kPanelsOfOne, kOrder);
    const auto coarse = quadrature.of_one(i, about, kPanelsOfOne, kCoarseOrder);
    moments.mean[at] = about + fine[1];
    moments.mean_error[at] = std::fabs(fine[1] - coarse[1]) + std::fabs(fine[0] - 1);
    if (!wants_covariance) continue;
    const auto centred = quadrature.of_one(i, moments.mean[at], kPanelsOfOne, kOrder);
    const auto rough = quadrature.of_one(i, moments.mean[at], kPanelsOfOne, kCoarseOrder);
    const std::size_t diagonal = at * static_cast<std::size_t>(n) + at;
    moments.covariance[diagonal] = centred[2];
    moments.covariance_error[diagonal] = std::fabs(centred[2] - rough[2]);
  }
  for (int k = 0; wants_covariance && k < n; ++k) {
    for (int l = 0; l < k; ++l) {
      const int i = distribution.model_variable(k), j = distribution.model_variable(l);
      const double a = moments.mean[static_cast<std::size_t>(k)];
      const double b = moments.mean[static_cast<std::size_t>(l)];
      const double fine = quadrature.of_two(i, j, a, b, kPanelsOfTwo, kOrder);
      const double coarse = quadrature.of_two(i, j, a, b, kPanelsOfTwo, kCoarseOrder);
      for (const int at : {k * n + l, l * n + k}) {
        moments.covariance[static_cast<std::size_t>(at)] = fine;
        moments.covariance_error[static_cast<std::size_t>(at)] = std::fabs(fine - coarse);
      }
    }
  }
  return moments;
}

}  // namespace finn::net
