#include "finn/queries/moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/error.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/queries/axis_maps.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/mixture_mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"
#include "finn/queries/truncated_normal.hpp"

namespace finn::net {
namespace {

// Of one row: mean [variables], covariance [variables][variables], and their errors.
struct RowMoments {
  explicit RowMoments(int variables)
      : mean(static_cast<std::size_t>(variables)),
        covariance(mean.size() * mean.size()),
        mean_error(mean.size()),
        covariance_error(covariance.size()) {}

  std::vector<double> mean, covariance, mean_error, covariance_error;
};

// Mean and variance of each variable under one component of a sum, and its share of the mass.
struct Component {
  double share;
  std::vector<double> mean, variance;  // [variables]
};

Component uniform_component(const Distribution& distribution, const QueryRow& roles, double share) {
  Component uniform{share, {}, {}};
  for (const int i : distribution.free()) {
    const double width = roles.upper(i) - roles.lower(i);
    uniform.mean.push_back(0.5 * roles.lower(i) + 0.5 * roles.upper(i));
    uniform.variance.push_back(width * width / 12);
  }
  return uniform;
}

// Mean and variance of a sum of normals on an interval.
NormalMoments variable_moments(MixtureMass& mixture, const QueryRow& roles, int i, int component) {
  const std::vector<double> shares = mixture.normal_shares(roles.query(), i, component);
  double total = 0, mean = 0, second = 0;
  std::vector<NormalMoments> normals;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const auto [slope, bias] = mixture.normal(i, component, static_cast<int>(k));
    const NormalMoments z =
        truncated_normal_moments(slope * roles.lower(i) + bias, slope * roles.upper(i) + bias);
    normals.push_back({(z.mean - bias) / slope, z.variance / (slope * slope)});
    total += shares[k];
    mean += shares[k] * normals.back().mean;
  }
  mean /= total;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double off = normals[k].mean - mean;
    second += shares[k] / total * (normals[k].variance + off * off);
  }
  return {mean, second};
}

// The law of total covariance over components whose variables are independent.
void add_components(const std::vector<Component>& components, RowMoments& to) {
  const std::size_t n = to.mean.size();
  for (const Component& component : components) {
    for (std::size_t k = 0; k < n; ++k) to.mean[k] += component.share * component.mean[k];
  }
  for (const Component& component : components) {
    for (std::size_t k = 0; k < n; ++k) {
      const double off = component.mean[k] - to.mean[k];
      to.covariance[k * n + k] += component.share * component.variance[k];
      for (std::size_t l = 0; l < n; ++l) {
        const double other = component.mean[l] - to.mean[l];
        to.covariance[k * n + l] += component.share * (off * other);
      }
    }
  }
}

RowMoments by_components(RowQueries& queries, MixtureMass& mixture, const QueryRow& roles,
                         const Mass& whole) {
  const Distribution& distribution = queries.distribution();
  RowMoments moments(distribution.variables());
  // Where there is a uniform share no mass is so small that it has a shift.
  const double uniform = queries.evaluator().uniform_mass(roles.query()) / whole.value;
  const std::vector<double> shares = mixture.component_shares(roles.query());
  std::vector<Component> components;
  if (uniform > 0) components.push_back(uniform_component(distribution, roles, uniform));
  for (std::size_t j = 0; j < shares.size(); ++j) {
    if (shares[j] <= 0) continue;
    Component component{(1 - uniform) * shares[j], {}, {}};
    for (const int i : distribution.free()) {
      const NormalMoments of = variable_moments(mixture, roles, i, static_cast<int>(j));
      component.mean.push_back(of.mean);
      component.variance.push_back(of.variance);
    }
    components.push_back(std::move(component));
  }
  add_components(components, moments);
  for (std::size_t k = 0; k < moments.mean.size(); ++k) {
    const int i = distribution.free()[k];
    const double size = std::max(std::fabs(roles.lower(i)), std::fabs(roles.upper(i)));
    moments.mean_error[k] = 64 * std::numeric_limits<double>::epsilon() * size;
  }
  for (std::size_t at = 0; at < moments.covariance.size(); ++at) {
    const std::size_t n = moments.mean.size(), k = at / n, l = at % n;
    moments.covariance_error[at] =
        64 * std::numeric_limits<double>::epsilon() *
        std::sqrt(moments.covariance[k * n + k] * moments.covariance[l * n + l]);
  }
  return moments;
}

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

RowMoments by_quadrature(RowQueries& queries, const QueryRow& roles, const double* given,
                         const Mass& whole) {
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
    const auto centred = quadrature.of_one(i, moments.mean[at], kPanelsOfOne, kOrder);
    const auto rough = quadrature.of_one(i, moments.mean[at], kPanelsOfOne, kCoarseOrder);
    const std::size_t diagonal = at * static_cast<std::size_t>(n) + at;
    moments.covariance[diagonal] = centred[2];
    moments.covariance_error[diagonal] = std::fabs(centred[2] - rough[2]);
  }
  for (int k = 0; k < n; ++k) {
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

void copy_if(const std::vector<double>& from, std::int64_t row, double* to) {
  if (to == nullptr) return;
  std::copy(from.begin(), from.end(), to + row * static_cast<std::int64_t>(from.size()));
}

bool is_unmapped(const Distribution& distribution) {
  return std::all_of(distribution.free().begin(), distribution.free().end(),
                     [&](int i) { return distribution.maps().is_identity(i); });
}

}  // namespace

void moments(const Distribution& distribution, Workspace& workspace, const double* given,
             std::int64_t rows, double* mean, double* covariance, double* mean_error,
             double* covariance_error) {
  distribution.require_separate("moments");
  const std::int64_t stride = distribution.given_columns();
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  for (std::int64_t row = first; row < first + count; ++row) {
                    const double* of_row = given == nullptr ? nullptr : given + row * stride;
                    const QueryRow roles = queries.begin(of_row, row);
                    const Mass whole = queries.whole(roles, row);
                    MixtureMass* mixture = queries.evaluator().mixture();
                    const RowMoments found = mixture != nullptr && is_unmapped(distribution)
                                                 ? by_components(queries, *mixture, roles, whole)
                                                 : by_quadrature(queries, roles, of_row, whole);
                    copy_if(found.mean, row, mean);
                    copy_if(found.covariance, row, covariance);
                    copy_if(found.mean_error, row, mean_error);
                    copy_if(found.covariance_error, row, covariance_error);
                  }
                });
}

}  // namespace finn::net
