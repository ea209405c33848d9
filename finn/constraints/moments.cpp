#include "finn/constraints/moments.hpp"

#include <algorithm>
#include <cinttypes>

#include "core/error.hpp"
#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/constraints/legendre.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

constexpr int kNodes = 16;  // of a panel
// Panels of an axis by the number of variables that need quadrature: what it costs grows like the
// product over these.
constexpr int kPanels[kMaxPowered + 1] = {0, 16, 4, 2};
constexpr std::int64_t kMaxPoints = std::int64_t{1} << 20;
constexpr int kLanes = core::kTileLanes<double>;

Subset powered_variables(const BoxPolynomial& function) {
  Subset powered = 0;
  for (int i = 0; i < function.box().variables; ++i) {
    if (function.factor(i).degree > 0) powered |= Subset{1} << i;
  }
  return powered;
}

bool same_box(const Box& a, const Box& b) { return a.lower == b.lower && a.upper == b.upper; }

// Points of one axis: its limits and, if needed, the nodes of the panels between.
std::vector<double> axis_points(double lower, double upper, int panels) {
  std::vector<double> points{lower, upper};
  if (panels == 0) return points;
  const GaussRule rule = gauss_rule(kNodes);
  const double half = 0.5 * (upper - lower) / panels;
  for (int panel = 0; panel < panels; ++panel) {
    for (const double node : rule.nodes) points.push_back(lower + half * (2 * panel + 1 + node));
  }
  return points;
}

// The weights of F at these points in the integral of factor times dF/dx.
std::vector<double> axis_weights(const LegendreSeries& factor, const std::vector<double>& points,
                                 int panels) {
  std::vector<double> weights{-factor.value(points[0]), factor.value(points[1])};
  if (panels == 0) return weights;
  const GaussRule rule = gauss_rule(kNodes);
  const double half = 0.5 * (points[1] - points[0]) / panels;
  for (std::size_t i = 2; i < points.size(); ++i) {
    weights.push_back(-half * rule.weights[(i - 2) % kNodes] * factor.slope(points[i]));
  }
  return weights;
}

}  // namespace

// A stretch of a grid: points [samples][variables], weights [members][kLanes].
struct Moments::Tile {
  int samples;
  double x[kLanes * core::kMaxVariables];
  std::vector<double>& weights;
};

// The value of a function that is constant on its box: the weight of the upper corner.
double Moments::constant_of(const Group& group, std::size_t k) {
  double product = 1;
  for (std::size_t i = 0; i < static_cast<std::size_t>(group.box.variables); ++i) {
    product *= group.weights[k][i][1];
  }
  return product;
}

Moments::Moments(const std::vector<BoxPolynomial>& functions) : count_(functions.size()) {
  for (std::size_t k = 0; k < count_; ++k) add(static_cast<int>(k), functions[k]);
  std::int64_t points = 0;
  for (const Group& group : groups_) points += group.size;
  if (points > kMaxPoints) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: its moments need F at %" PRId64 " points, at most %" PRId64
         " expected: use fewer powers above 0",
         points, kMaxPoints);
  }
}

void Moments::add(int number, const BoxPolynomial& function) {
  const int powered = __builtin_popcount(powered_variables(function));
  if (powered > kMaxPowered) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: integral %d has powers above 0 in %d variables, at most %d expected", number,
         powered, kMaxPowered);
  }
  Group& group = group_of(function);
  group.members.push_back(number);
  auto& weights = group.weights.emplace_back();
  for (int i = 0; i < group.box.variables; ++i) {
    const auto axis = static_cast<std::size_t>(i);
    const int panels = function.factor(i).degree > 0 ? kPanels[powered] : 0;
    weights[axis] = axis_weights(function.factor(i), group.points[axis], panels);
  }
}

Moments::Group& Moments::group_of(const BoxPolynomial& function) {
  const Box& box = function.box();
  const Subset powered = powered_variables(function);
  for (Group& group : groups_) {
    if (group.powered == powered && same_box(group.box, box)) return group;
  }
  Group& group = groups_.emplace_back();
  group.box = box;
  group.powered = powered;
  const int panels = kPanels[__builtin_popcount(powered)];
  for (int i = 0; i < box.variables; ++i) {
    const auto axis = static_cast<std::size_t>(i);
    group.points[axis] =
        axis_points(box.lower[axis], box.upper[axis], (powered >> i & 1) != 0 ? panels : 0);
    group.size *= static_cast<std::int64_t>(group.points[axis].size());
  }
  return group;
}

void Moments::make_tile(const Group& group, std::int64_t first, Tile& tile) const {
  const auto n = static_cast<std::size_t>(group.box.variables);
  tile.samples = static_cast<int>(std::min<std::int64_t>(kLanes, group.size - first));
  tile.weights.assign(group.members.size() * kLanes, 1.0);
  for (int sample = 0; sample < tile.samples; ++sample) {
    auto index = static_cast<std::size_t>(first + sample);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t length = group.points[i].size();
      const std::size_t place = index % length;
      index /= length;
      tile.x[static_cast<std::size_t>(sample) * n + i] = group.points[i][place];
      for (std::size_t k = 0; k < group.members.size(); ++k) {
        tile.weights[k * kLanes + static_cast<std::size_t>(sample)] *= group.weights[k][i][place];
      }
    }
  }
}

void Moments::evaluate(const Antiderivative& F, CornerScratch& scratch, double* values) const {
  std::fill_n(values, count_ * static_cast<std::size_t>(F.network.shape().outputs), 0.0);
  for (const Group& group : groups_) {
    if (group.powered == 0) {
      evaluate_corners(group, F, scratch, values);
    } else {
      evaluate_grid(group, F, scratch, values);
    }
  }
}

void Moments::evaluate_corners(const Group& group, const Antiderivative& F, CornerScratch& scratch,
                               double* values) const {
  corner_sums(F, group.box, scratch, scratch.sums);
  for (std::size_t k = 0; k < group.members.size(); ++k) {
    const double constant = constant_of(group, k);
    const auto member = static_cast<std::size_t>(group.members[k]);
    for (std::size_t j = 0; j < scratch.sums.size(); ++j) {
      values[j * count_ + member] = constant * scratch.sums[j].value;
    }
  }
}

void Moments::evaluate_grid(const Group& group, const Antiderivative& F, CornerScratch& scratch,
                            double* values) const {
  Tile tile{0, {}, scratch.weights};
  for (std::int64_t first = 0; first < group.size; first += kLanes) {
    make_tile(group, first, tile);
    const auto jet =
        values_of(F, tile.x, tile.samples, core::Mode::evaluate, scratch.tape, nullptr);
    for (int j = 0; j < jet.features; ++j) {
      double* of_output = values + static_cast<std::size_t>(j) * count_;
      for (std::size_t k = 0; k < group.members.size(); ++k) {
        const double* weights = &tile.weights[k * kLanes];
        double sum = 0;
        for (int i = 0; i < tile.samples; ++i) sum += weights[i] * jet.row(0, j)[i];
        of_output[group.members[k]] += sum;
      }
    }
  }
}

void Moments::add_adjoint(const Antiderivative& F, const double* adjoint, CornerScratch& scratch,
                          double* weight_adjoint) const {
  for (const Group& group : groups_) {
    if (group.powered == 0) {
      add_corner_adjoint(group, F, adjoint, scratch, weight_adjoint);
    } else {
      add_grid_adjoint(group, F, adjoint, scratch, weight_adjoint);
    }
  }
}

void Moments::add_corner_adjoint(const Group& group, const Antiderivative& F, const double* adjoint,
                                 CornerScratch& scratch, double* weight_adjoint) const {
  const auto outputs = static_cast<std::size_t>(F.network.shape().outputs);
  scratch.weights.assign(outputs, 0.0);
  for (std::size_t k = 0; k < group.members.size(); ++k) {
    const double constant = constant_of(group, k);
    const auto member = static_cast<std::size_t>(group.members[k]);
    for (std::size_t j = 0; j < outputs; ++j) {
      scratch.weights[j] += constant * adjoint[j * count_ + member];
    }
  }
  add_corner_sum_adjoint(F, group.box, scratch.weights.data(), scratch, weight_adjoint);
}

void Moments::add_grid_adjoint(const Group& group, const Antiderivative& F, const double* adjoint,
                               CornerScratch& scratch, double* weight_adjoint) const {
  Tile tile{0, {}, scratch.weights};
  for (std::int64_t first = 0; first < group.size; first += kLanes) {
    make_tile(group, first, tile);
    const auto jet =
        values_of(F, tile.x, tile.samples, core::Mode::record, scratch.tape, weight_adjoint);
    for (int j = 0; j < jet.features; ++j) {
      const double* of_output = adjoint + static_cast<std::size_t>(j) * count_;
      for (std::size_t k = 0; k < group.members.size(); ++k) {
        const double* weights = &tile.weights[k * kLanes];
        const double factor = of_output[group.members[k]];
        for (int i = 0; i < tile.samples; ++i) jet.adjoint_row(0, j)[i] += factor * weights[i];
      }
    }
    scratch.tape.sweep();
  }
}

}  // namespace finn::net
