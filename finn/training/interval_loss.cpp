#include "finn/training/interval_loss.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

#include "core/tile.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/in_double.hpp"
#include "finn/networks/network.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

// The rounding error of F to expect, as a share of F.
double relative_error(const Network& network) {
  const double factor =
      network.visit([](const auto& form) -> double { return form.error_factor(); });
  return 0.5 * std::numeric_limits<double>::epsilon() * factor;
}

}  // namespace

template <class T>
void IntervalLoss<T>::begin(const Model<T>& model, CornerScratch& scratch) {
  reader_.emplace(model.region());
  if constexpr (!std::is_same_v<T, double>) {
    double_.emplace(in_double(model, scratch));
    gradient_.resize(static_cast<std::size_t>(model.parameter_count()));
  }
}

// The model in double, with the parameters that it has now.
template <class T>
const Model<double>& IntervalLoss<T>::followed(const Model<T>& model, CornerScratch& scratch) {
  if constexpr (std::is_same_v<T, double>) {
    return model;
  } else {
    follow_in_double(model, *double_, scratch);
    return *double_;
  }
}

template <class T>
void IntervalLoss<T>::set_nodes(const Model<double>& model, const RowBlock& rows) {
  nodes_.set(model, *reader_, rows.x.data(), rows.y.data(), rows.count);
  values_.resize(static_cast<std::size_t>(nodes_.count()));
  masses_.resize(static_cast<std::size_t>(rows.count));
  errors_.resize(static_cast<std::size_t>(rows.count));
  relative_error_ = relative_error(model.network());
}

// The mass of a row from values [nodes of the row].
template <class T>
void IntervalLoss<T>::set_mass(std::int64_t row, const double* values) {
  const auto at = static_cast<std::size_t>(row);
  const IntervalNodes::Row& nodes = nodes_.rows()[at];
  double magnitude = 0;
  for (std::int64_t v = 0; nodes.has_corners && v < nodes.nodes(); ++v) {
    magnitude += std::fabs(nodes.weight(v) * values[v]);
  }
  masses_[at] = nodes.sum(values);
  errors_[at] = std::fmax(relative_error_ * magnitude, std::numeric_limits<double>::min());
}

template <class T>
void IntervalLoss<T>::evaluate(const Model<double>& model, Workspace& workspace,
                               const IntervalNodes::Group& group) {
  double* values = values_.data() + group.first;
  box_partial(model, workspace, group.directions,
              nodes_.points().data() + group.first * model.columns(), group.count, values);
  for (std::int64_t node = 0; node < group.count; node += group.nodes_of_row) {
    set_mass(nodes_.row_of(group, node), values + node);
  }
}

template <class T>
void IntervalLoss<T>::evaluate(const Model<double>& model, Workspace& workspace,
                               const RowBlock& rows) {
  set_nodes(model, rows);
  for (const IntervalNodes::Group& group : nodes_.groups()) evaluate(model, workspace, group);
}

// The mean over rows of -log M, of the density of x at the known variables.
template <class T>
double IntervalLoss<T>::mean_loss(const RowBlock& rows) {
  const std::size_t count = masses_.size();
  logarithms_.resize(count);
  for (std::size_t i = 0; i < count; ++i) logarithms_[i] = std::fmax(masses_[i], errors_[i]);
  ops::kernels<double>().unary[ops::unary_log](logarithms_.data(), static_cast<std::int64_t>(count),
                                               logarithms_.data());
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double below = std::fmin(masses_[i] / errors_[i] - 1, 0.0);
    const double logarithm = logarithms_[i] + below + nodes_.rows()[i].log_weight;
    sum -= rows.weights.empty() ? logarithm : rows.weights[i] * logarithm;
  }
  return sum / static_cast<double>(count);
}

// Of the loss by the values at the nodes of a row, whose mass is known, into adjoints of these.
template <class T>
void IntervalLoss<T>::find_adjoints(const RowBlock& rows, std::int64_t row,
                                    double* adjoints) const {
  const auto at = static_cast<std::size_t>(row);
  const double weight = rows.weights.empty() ? 1 : rows.weights[at];
  const double slope =
      -weight / (static_cast<double>(rows.count) * std::fmax(masses_[at], errors_[at]));
  const IntervalNodes::Row& nodes = nodes_.rows()[at];
  for (std::int64_t v = 0; v < nodes.nodes(); ++v) adjoints[v] = slope * nodes.weight(v);
}

// Adds the gradient of the rows of a group. Where a tile has room for the nodes of a row it has all
// of them, as both are powers of two, and finds its masses itself; else they are found before.
template <class T>
void IntervalLoss<T>::add_group(const Model<double>& model, Workspace& workspace,
                                const RowBlock& rows, const IntervalNodes::Group& group) {
  Batch<double> batch{nodes_.points().data() + group.first * model.columns(), group.count, nullptr,
                      nullptr};
  batch.directions = group.directions;
  batch.is_in_box = true;
  if (group.nodes_of_row <= gradient_tiles(model, group.count).lanes()) {
    add_batch(model, workspace, batch, [&](auto&, const auto& f, const core::Tile& tile) {
      for (int i = 0; i < tile.samples; i += static_cast<int>(group.nodes_of_row)) {
        const std::int64_t row = nodes_.row_of(group, tile.first + i);
        set_mass(row, f.row(0, 0) + i);
        find_adjoints(rows, row, f.adjoint_row(0, 0) + i);
      }
      return 0.0;
    });
    return;
  }
  evaluate(model, workspace, group);
  double* adjoints = values_.data() + group.first;
  for (std::int64_t node = 0; node < group.count; node += group.nodes_of_row) {
    find_adjoints(rows, nodes_.row_of(group, node), adjoints + node);
  }
  add_batch(model, workspace, batch, KnownAdjoint(adjoints));
}

template <class T>
Gradient<T> IntervalLoss<T>::gradient(const Model<T>& model, Workspace& workspace,
                                      const RowBlock& rows) {
  const Model<double>& in_double = followed(model, workspace.corners());
  set_nodes(in_double, rows);
  begin_gradient(in_double, workspace);
  for (const IntervalNodes::Group& group : nodes_.groups()) {
    add_group(in_double, workspace, rows, group);
  }
  const Gradient<double> found = end_gradient(in_double, workspace, mean_loss(rows));
  if constexpr (std::is_same_v<T, double>) {
    return found;
  } else {
    std::transform(found.values, found.values + found.count, gradient_.begin(),
                   [](double value) { return static_cast<T>(value); });
    return {found.loss, gradient_.data(), found.count};
  }
}

template <class T>
double IntervalLoss<T>::value(const Model<T>& model, Workspace& workspace, const RowBlock& rows) {
  evaluate(followed(model, workspace.corners()), workspace, rows);
  return mean_loss(rows);
}

template <class T>
const std::vector<double>& IntervalLoss<T>::masses(const Model<T>& model, Workspace& workspace,
                                                   const RowBlock& rows) {
  evaluate(followed(model, workspace.corners()), workspace, rows);
  for (std::size_t i = 0; i < masses_.size(); ++i) {
    if (masses_[i] <= errors_[i]) masses_[i] = 0;
  }
  return masses_;
}

template class IntervalLoss<float>;
template class IntervalLoss<double>;

}  // namespace finn::net
