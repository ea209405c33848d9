#include "finn/queries/corner_mass.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tile.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"

namespace finn::net {
namespace {

// A sum over corners that has lost more digits than this is looked at again.
constexpr double kGoodEnough = 1e-10;

// Nodes of each variable by the number of variables that are integrated: what is tried first, and
// what is tried where that is not good enough. Each is compared with a rule of kFewer nodes less.
constexpr std::array<int, core::kMaxVariables + 1> kFirstOrder = {1, 6, 6, 5, 4, 4, 3, 3, 3};
constexpr std::array<int, core::kMaxVariables + 1> kLastOrder = {1, 40, 20, 10, 7, 5, 4, 3, 3};
constexpr int fewer(int order) { return order - (order + 3) / 4; }

// Gauss-Legendre rules of every order that is used, made once in a process and never changed.
const GaussRule& rule_of(int order) {
  static const std::vector<GaussRule> rules = [] {
    std::vector<GaussRule> made;
    for (int count = 0; count <= kLastOrder[1]; ++count) made.push_back(gauss_rule(count));
    return made;
  }();
  return rules[static_cast<std::size_t>(order)];
}

// The variables of a query that are integrated.
struct Intervals {
  std::array<int, core::kMaxVariables> variable{};
  int count = 0;

  Intervals(const MassQuery& query, int variables) {
    for (int i = 0; i < variables; ++i) {
      if (!query.is_point(i)) variable[static_cast<std::size_t>(count++)] = i;
    }
  }
};

}  // namespace

void CornerMass::set(const Antiderivative& F, int output, core::Tape<double>& tape) {
  F_ = &F;
  output_ = output;
  tape_ = &tape;
}

double CornerMass::roundoff() const {
  const Mlp* mlp = F_->network.get<Mlp>();
  return 0.5 * std::numeric_limits<double>::epsilon() * (mlp == nullptr ? 16 : mlp->error_factor());
}

// The partial of F over these directions at the first `count` of points_, into values_.
void CornerMass::find_partials(VariableSet directions, std::size_t count) {
  values_.resize(count);
  const int n = variables();
  const int order = __builtin_popcountll(directions);
  const core::Tiling<double> tiles(static_cast<std::int64_t>(count),
                                   F_->network.jet_variables(order));
  for (std::int64_t i = 0; i < tiles.count(); ++i) {
    const core::Tile tile = tiles[i];
    tape_->begin(tile.samples, core::Mode::evaluate);
    const auto at = seed(*tape_, F_->coordinates, n, directions, points_.data() + tile.first * n,
                         std::int64_t{n});
    const core::Jet<double> partial =
        F_->network.mixed_partial(at, SharedWeights<double>(*tape_, F_->weights, nullptr));
    std::copy_n(partial.row(0, output_), tile.samples, values_.data() + tile.first);
  }
}

void CornerMass::evaluate(const MassQuery* queries, int count, Mass* masses) {
  const int n = variables();
  const Intervals intervals(queries[0], n);
  const std::size_t corners = std::size_t{1} << intervals.count;
  points_.resize(static_cast<std::size_t>(count) * corners * static_cast<std::size_t>(n));
  double* point = points_.data();
  for (int q = 0; q < count; ++q) {
    for (std::size_t v = 0; v < corners; ++v, point += n) {
      std::copy_n(queries[q].lower, n, point);
      for (int k = 0; k < intervals.count; ++k) {
        const int i = intervals.variable[static_cast<std::size_t>(k)];
        if ((v >> k & 1) != 0) point[i] = queries[q].upper[i];
      }
    }
  }
  find_partials(queries[0].points, static_cast<std::size_t>(count) * corners);
  for (int q = 0; q < count; ++q) {
    masses[q] = corner_sum(queries[q], values_.data() + static_cast<std::size_t>(q) * corners);
  }
  for (int q = 0; q < count && intervals.count > 0; ++q) {
    if (masses[q].error <= kGoodEnough * masses[q].value) continue;
    const Mass other = by_quadrature(queries[q]);
    if (other.error < masses[q].error) masses[q] = other;
  }
}

// values [2^k] at the corners.
Mass CornerMass::corner_sum(const MassQuery& query, const double* values) {
  const Intervals intervals(query, variables());
  double magnitude = 0;
  for (std::size_t v = 0; v < std::size_t{1} << intervals.count; ++v) {
    magnitude += std::fabs(values[v]);
  }
  const double sum = difference_over_corners(
      intervals.count, Subset{0}, [&](Subset v) { return values[v]; }, std::minus<>());
  return {std::max(sum, 0.0), 0, roundoff() * magnitude};
}

// By two rules, whose difference is the estimate of the error of the better one.
Mass CornerMass::by_quadrature(const MassQuery& query) {
  const auto count = static_cast<std::size_t>(Intervals(query, variables()).count);
  Mass mass;
  for (const int order : {kFirstOrder[count], kLastOrder[count]}) {
    mass.value = quadrature(query, order);
    mass.error = std::fabs(mass.value - quadrature(query, fewer(order))) + roundoff() * mass.value;
    if (mass.error <= kGoodEnough * mass.value) break;
  }
  return mass;
}

double CornerMass::quadrature(const MassQuery& query, int order) {
  const int n = variables();
  const Intervals intervals(query, n);
  const GaussRule& rule = rule_of(order);
  points_.clear();
  weights_.clear();
  std::array<int, core::kMaxVariables> index{};
  for (bool more = true; more;) {
    double weight = 1;
    const std::size_t first = points_.size();
    points_.insert(points_.end(), query.lower, query.lower + n);
    for (int k = 0; k < intervals.count; ++k) {
      const auto i = static_cast<std::size_t>(intervals.variable[static_cast<std::size_t>(k)]);
      const auto node = static_cast<std::size_t>(index[static_cast<std::size_t>(k)]);
      const double half = 0.5 * query.width[i];
      points_[first + i] = query.lower[i] + half * (1 + rule.nodes[node]);
      weight *= half * rule.weights[node];
    }
    weights_.push_back(weight);
    more = false;
    for (int k = 0; k < intervals.count && !more; ++k) {
      int& at = index[static_cast<std::size_t>(k)];
      more = ++at < order;
      if (!more) at = 0;
    }
  }
  find_partials(all_variables(n), weights_.size());
  double sum = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) sum += weights_[i] * values_[i];
  return sum;
}

}  // namespace finn::net
