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
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"
#include "ops/seed.hpp"

namespace finn::net {
namespace {

// A sum over corners that has lost more digits than this is looked at again.
constexpr double kGoodEnough = 1e-10;

// Nodes of each variable by the number of variables that are integrated: what is tried first, and
// what is tried where that is not good enough. Each is compared with a rule of `fewer` nodes.
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
  const double factor =
      F_->network.visit([](const auto& form) -> double { return form.error_factor(); });
  return 0.5 * std::numeric_limits<double>::epsilon() * factor;
}

// Calls of_tile(tile, seed, partial) for each tile of points_, with the partial of F over these
// directions there. weight_adjoint is null where the tape does not record.
template <class OfTile>
void CornerMass::for_each_tile(VariableSet directions, core::Mode mode, double* weight_adjoint,
                               OfTile&& of_tile) {
  const int n = variables();
  const auto count = static_cast<std::int64_t>(points_.size()) / n;
  const core::Tiling<double> tiles(count,
                                   F_->network.jet_variables(__builtin_popcountll(directions)));
  for (std::int64_t i = 0; i < tiles.count(); ++i) {
    const core::Tile tile = tiles[i];
    tape_->begin(tile.samples, mode);
    const auto at = seed(*tape_, F_->coordinates, n, directions, points_.data() + tile.first * n,
                         std::int64_t{n});
    of_tile(
        tile, at,
        F_->network.mixed_partial(at, SharedWeights<double>(*tape_, F_->weights, weight_adjoint)));
  }
}

// The partial of F over these directions at points_, into values_.
void CornerMass::find_partials(VariableSet directions, std::size_t count) {
  values_.resize(count);
  for_each_tile(
      directions, core::Mode::evaluate, nullptr,
      [&](const core::Tile& tile, const ops::Seed<double>&, const core::Jet<double>& partial) {
        std::copy_n(partial.row(0, output_), tile.samples, values_.data() + tile.first);
      });
}

void CornerMass::evaluate(const MassQuery* queries, int count, Mass* masses) {
  find(queries, count, masses);
}

// With the rule by which each is found, into rules_.
void CornerMass::find(const MassQuery* queries, int count, Mass* masses) {
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
  rules_.assign(static_cast<std::size_t>(count), Rule{});
  for (int q = 0; q < count; ++q) {
    improve(queries[q], masses[q], rules_[static_cast<std::size_t>(q)]);
  }
}

// By quadrature where a sum over corners is not good enough, and that is better.
void CornerMass::improve(const MassQuery& query, Mass& mass, Rule& rule) {
  if (query.points == all_variables(variables()) || mass.error <= kGoodEnough * mass.value) return;
  Rule found;
  const Mass other = by_quadrature(query, found);
  if (!(other.error < mass.error)) return;
  mass = other;
  rule = found;
}

void CornerMass::log_slopes(const MassQuery* queries, int count, double* slopes) {
  const int n = variables();
  masses_.resize(static_cast<std::size_t>(count));
  find(queries, count, masses_.data());
  std::fill_n(slopes, std::int64_t{1} * count * n, 0.0);
  weight_adjoint_.assign(static_cast<std::size_t>(F_->network.parameter_count()), 0.0);
  add_corners(queries, count, slopes);
  for (int q = 0; q < count; ++q) {
    const Rule& rule = rules_[static_cast<std::size_t>(q)];
    if (rule.chosen == 0) continue;
    place_nodes(queries[q], rule);
    owners_.assign(weights_.size(), q);
    add_slopes(queries[q].points | rule.chosen, slopes);
  }
  for (int q = 0; q < count; ++q) {
    const double mass = masses_[static_cast<std::size_t>(q)].value;
    for (int i = 0; i < n; ++i, ++slopes) {
      const double scale = F_->coordinates.scale[static_cast<std::size_t>(i)];
      *slopes = queries[q].is_point(i) ? scale * *slopes / mass : 0;
    }
  }
}

// Of all queries whose masses are sums over corners, together.
void CornerMass::add_corners(const MassQuery* queries, int count, double* slopes) {
  std::vector<double> points, weights;
  owners_.clear();
  for (int q = 0; q < count; ++q) {
    if (rules_[static_cast<std::size_t>(q)].chosen != 0) continue;
    place_nodes(queries[q], Rule{});
    points.insert(points.end(), points_.begin(), points_.end());
    weights.insert(weights.end(), weights_.begin(), weights_.end());
    owners_.resize(weights.size(), q);
  }
  points_.swap(points);
  weights_.swap(weights);
  add_slopes(queries[0].points, slopes);
}

// Back from every node, by whose weight the partial there enters the mass of its owner.
void CornerMass::add_slopes(VariableSet directions, double* slopes) {
  const int n = variables();
  const auto add = [&](const core::Tile& tile, const ops::Seed<double>& at,
                       const core::Jet<double>& partial) {
    std::copy_n(weights_.data() + tile.first, tile.samples, partial.adjoint_row(0, output_));
    tape_->sweep();
    for (int sample = 0; sample < tile.samples; ++sample) {
      double* of_query = slopes + owners_[static_cast<std::size_t>(tile.first + sample)] * n;
      for (int i = 0; i < n; ++i) of_query[i] += at.x.adjoint_row(0, i)[sample];
    }
  };
  for_each_tile(directions, core::Mode::record, weight_adjoint_.data(), add);
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

// The better of two ways: quadrature of all variables, or of the narrow ones alone, beside the
// corners of the others, on which few nodes would not do.
Mass CornerMass::by_quadrature(const MassQuery& query, Rule& rule) {
  const VariableSet intervals = all_variables(variables()) & ~query.points;
  const VariableSet narrow = narrow_intervals(query);
  rule.chosen = intervals;
  const Mass all = by_best_order(query, rule);
  if (narrow == 0 || narrow == intervals || all.error <= kGoodEnough * all.value) return all;
  Rule other{narrow};
  const Mass mixed = by_best_order(query, other);
  if (!(mixed.error < all.error)) return all;
  rule = other;
  return mixed;
}

// Those of less than a thousandth of the longest, in the coordinates of the network.
VariableSet CornerMass::narrow_intervals(const MassQuery& query) const {
  constexpr double kNarrow = 1e-3;
  double widest = 0;
  const auto width = [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return query.is_point(i) ? 0 : F_->coordinates.scale[at] * query.width[at];
  };
  for (int i = 0; i < variables(); ++i) widest = std::max(widest, width(i));
  VariableSet narrow = 0;
  for (int i = 0; i < variables(); ++i) {
    const bool is_narrow = !query.is_point(i) && width(i) < kNarrow * widest;
    if (is_narrow) narrow |= VariableSet{1} << i;
  }
  return narrow;
}

// By two rules, whose difference is the estimate of the error of the better one.
Mass CornerMass::by_best_order(const MassQuery& query, Rule& rule) {
  const auto count = static_cast<std::size_t>(__builtin_popcountll(rule.chosen));
  Mass mass;
  for (const int order : {kFirstOrder[count], kLastOrder[count]}) {
    rule.order = order;
    mass = quadrature(query, rule);
    mass.error += std::fabs(mass.value - quadrature(query, {rule.chosen, fewer(order)}).value);
    if (mass.error <= kGoodEnough * mass.value) break;
  }
  mass.value = std::max(mass.value, 0.0);
  return mass;
}

// The chosen intervals by so many Gauss-Legendre nodes, the others by their corners, which are two
// nodes of weights -1 and 1; nodes into points_, the products of their weights into weights_.
void CornerMass::place_nodes(const MassQuery& query, const Rule& by) {
  const int n = variables();
  const Intervals intervals(query, n);
  points_.assign(query.lower, query.lower + n);
  weights_.assign(1, 1.0);
  for (int k = 0; k < intervals.count; ++k) {
    const auto i = static_cast<std::size_t>(intervals.variable[static_cast<std::size_t>(k)]);
    if ((by.chosen >> i & 1) == 0) {
      add_axis(i, {{query.lower[i], query.upper[i]}, {-1, 1}});
      continue;
    }
    GaussRule rule = rule_of(by.order);
    const double half = 0.5 * query.width[i];
    for (double& node : rule.nodes) node = query.lower[i] + half * (1 + node);
    for (double& weight : rule.weights) weight *= half;
    add_axis(i, rule);
  }
}

// The error is that of rounding alone.
Mass CornerMass::quadrature(const MassQuery& query, const Rule& rule) {
  place_nodes(query, rule);
  find_partials(query.points | rule.chosen, weights_.size());
  double sum = 0, magnitude = 0;
  for (std::size_t at = 0; at < weights_.size(); ++at) {
    sum += weights_[at] * values_[at];
    magnitude += std::fabs(weights_[at] * values_[at]);
  }
  return {sum, 0, roundoff() * magnitude};
}

// Repeats the nodes so far for each node of variable i, with the products of the weights.
void CornerMass::add_axis(std::size_t i, const GaussRule& rule) {
  const auto n = static_cast<std::size_t>(variables());
  const std::vector<double> points = points_, weights = weights_;
  points_.clear();
  weights_.clear();
  for (std::size_t node = 0; node < rule.nodes.size(); ++node) {
    for (std::size_t at = 0; at < weights.size(); ++at) {
      const auto first = points.begin() + static_cast<std::ptrdiff_t>(at * n);
      points_.insert(points_.end(), first, first + static_cast<std::ptrdiff_t>(n));
      points_[points_.size() - n + i] = rule.nodes[node];
      weights_.push_back(weights[at] * rule.weights[node]);
    }
  }
}

}  // namespace finn::net
