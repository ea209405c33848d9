#include "finn/training/interval_nodes.hpp"

#include <algorithm>
#include <cmath>

namespace finn::net {
namespace {

// An interval narrower than this, in deviations of the rows, is left to quadrature: two nodes are
// then off by (width / deviation of a bump)^4 / 1440, 1e-5 for a bump of a tenth of a deviation.
constexpr double kNarrow = 1.0 / 32;
constexpr double kGaussNode = 0.57735026918962576451;  // 1 / sqrt(3)

}  // namespace

double IntervalNodes::Row::weight(std::int64_t node) const {
  double product = 1;
  for (int k = 0; k < axes; ++k) {
    const double both = node_weight[static_cast<std::size_t>(k)];
    product *= both > 0 ? both : ((node >> k & 1) != 0 ? 1 : -1);
  }
  return product;
}

double IntervalNodes::Row::sum(const double* values) const {
  std::array<double, kMostNodes> left;
  std::copy_n(values, nodes(), left.begin());
  std::size_t count = std::size_t{1} << axes;
  for (int k = 0; k < axes; ++k) {
    const double both = node_weight[static_cast<std::size_t>(k)];
    count /= 2;
    for (std::size_t v = 0; v < count; ++v) {
      const double lower = left[2 * v], upper = left[2 * v + 1];
      left[v] = both > 0 ? both * (upper + lower) : upper - lower;
    }
  }
  return left[0];
}

// The known variables and the narrow ones.
VariableSet IntervalNodes::directions_of(const Model<double>& model, const IntervalRow& row) const {
  VariableSet directions = row.points;
  for (int i = 0; i < model.variables(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool is_narrow = unit_scale_[at] * (row.upper[at] - row.lower[at]) < kNarrow;
    if (is_narrow) directions |= VariableSet{1} << i;
  }
  return directions;
}

void IntervalNodes::add_nodes(const Model<double>& model, const IntervalRow& ends,
                              VariableSet directions, const double* others, Row& row) {
  const int n = model.variables();
  std::array<double, kMaxBoxVariables> lower = ends.lower, upper = ends.upper;
  std::array<std::size_t, IntervalReader::kMostIntervals> axis{};
  for (int i = 0; i < n; ++i) {
    if ((ends.points >> i & 1) != 0) continue;
    const auto at = static_cast<std::size_t>(i), k = static_cast<std::size_t>(row.axes++);
    axis[k] = at;
    row.has_corners |= (directions >> i & 1) == 0;
    row.node_weight[k] = 0;
    if ((directions >> i & 1) == 0) continue;
    const double half = 0.5 * (ends.upper[at] - ends.lower[at]);
    row.node_weight[k] = half;
    lower[at] = ends.lower[at] + half * (1 - kGaussNode);
    upper[at] = ends.lower[at] + half * (1 + kGaussNode);
  }
  row.first = count_;
  row.log_weight = ends.log_weight;
  for (std::int64_t v = 0; v < row.nodes(); ++v, ++count_) {
    const auto begin = points_.size();
    points_.insert(points_.end(), lower.begin(), lower.begin() + n);
    for (int k = 0; k < row.axes; ++k) {
      const std::size_t at = axis[static_cast<std::size_t>(k)];
      if ((v >> k & 1) != 0) points_[begin + at] = upper[at];
    }
    points_.insert(points_.end(), others, others + model.columns() - n);
  }
}

void IntervalNodes::set(const Model<double>& model, const IntervalReader& reader, const double* x,
                        const double* y, std::int64_t count) {
  const int n = model.variables(), columns = model.columns();
  unit_scale_ = model.has_standard_coordinates() ? model.coordinates().scale
                                                 : Coordinates::standard(model.box()).scale;
  ends_.clear();
  order_.clear();
  groups_.clear();
  points_.clear();
  count_ = 0;
  rows_.assign(static_cast<std::size_t>(count), {});
  for (std::int64_t row = 0; row < count; ++row) {
    ends_.push_back(reader.read(x + row * columns, y + row * n));
    const int intervals = n - __builtin_popcountll(ends_.back().points);
    order_.push_back({directions_of(model, ends_.back()), intervals, row});
  }
  std::sort(order_.begin(), order_.end());
  std::int64_t place = 0;
  for (const auto& [directions, intervals, row] : order_) {
    const std::int64_t nodes = std::int64_t{1} << intervals;
    const bool is_new = groups_.empty() || groups_.back().directions != directions ||
                        groups_.back().nodes_of_row != nodes;
    if (is_new) groups_.push_back({directions, nodes, count_, 0, place});
    const auto at = static_cast<std::size_t>(row);
    add_nodes(model, ends_[at], directions, x + row * columns + n, rows_[at]);
    groups_.back().count += nodes;
    ++place;
  }
}

}  // namespace finn::net
