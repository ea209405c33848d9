#include "finn/training/interval_loss.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

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
void IntervalLoss<T>::evaluate(const Model<double>& model, Workspace& workspace,
                               const RowBlock& rows) {
  nodes_.set(model, *reader_, rows.x.data(), rows.y.data(), rows.count);
  values_.resize(static_cast<std::size_t>(nodes_.count()));
  for (const IntervalNodes::Group& group : nodes_.groups()) {
    box_partial(model, workspace, group.directions,
                nodes_.points().data() + group.first * model.columns(), group.count,
                values_.data() + group.first);
  }
  masses_.clear();
  errors_.clear();
  const double relative = relative_error(model.network());
  for (const IntervalNodes::Row& row : nodes_.rows()) {
    const double* values = values_.data() + row.first;
    double magnitude = 0;
    for (std::int64_t v = 0; row.has_corners && v < row.nodes(); ++v) {
      magnitude += std::fabs(row.weight(v) * values[v]);
    }
    masses_.push_back(row.sum(values));
    errors_.push_back(std::fmax(relative * magnitude, std::numeric_limits<double>::min()));
  }
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

// Of the loss by the values at the nodes, over these.
template <class T>
void IntervalLoss<T>::find_adjoints(const RowBlock& rows) {
  for (std::size_t i = 0; i < masses_.size(); ++i) {
    const IntervalNodes::Row& row = nodes_.rows()[i];
    const double weight = rows.weights.empty() ? 1 : rows.weights[i];
    const double slope =
        -weight / (static_cast<double>(rows.count) * std::fmax(masses_[i], errors_[i]));
    double* adjoint = values_.data() + row.first;
    for (std::int64_t v = 0; v < row.nodes(); ++v) adjoint[v] = slope * row.weight(v);
  }
}

template <class T>
Gradient<T> IntervalLoss<T>::gradient(const Model<T>& model, Workspace& workspace,
                                      const RowBlock& rows) {
  const Model<double>& in_double = followed(model, workspace.corners());
  evaluate(in_double, workspace, rows);
  const double loss = mean_loss(rows);
  find_adjoints(rows);
  begin_gradient(in_double, workspace);
  for (const IntervalNodes::Group& group : nodes_.groups()) {
    Batch<double> batch{nodes_.points().data() + group.first * model.columns(), group.count,
                        nullptr, nullptr};
    batch.directions = group.directions;
    batch.is_in_box = true;
    add_batch(in_double, workspace, batch, KnownAdjoint{values_.data() + group.first});
  }
  const Gradient<double> found = end_gradient(in_double, workspace, loss);
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
