// Rows of intervals as sums over nodes: with S the variables that are differentiated and w the
// weight of a node, the mass of a row is
//
//     M = sum over 2^k nodes of w d_S F(u),    k the number of its intervals.
//
// An interval gives a node two ends: its corners, of weights -1 and 1, between which F is
// differenced; or, where it is narrow, the two nodes of Gauss-Legendre quadrature, where F is
// differentiated in this variable too and nothing cancels. Rows with the same S and k stand
// together. docs/TRAINING.md, "Bins and censored rows".
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include "finn/data/interval_row.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"

namespace finn::net {

class IntervalNodes {
 public:
  static constexpr int kMostNodes = 1 << IntervalReader::kMostIntervals;  // of a row

  // Nodes first .. first + count - 1 of all: those of rows with the same S and k, one row after the
  // other, each of which has so many.
  struct Group {
    VariableSet directions;
    std::int64_t nodes_of_row;
    std::int64_t first, count;
    std::int64_t first_row;  // in the order of the nodes
  };

  // The 2^axes nodes of a row, from node first on: node v has the upper end of axis k where bit k
  // of v is set.
  struct Row {
    std::int64_t first = 0;
    int axes = 0;
    bool has_corners = false;
    // What both nodes of an axis weigh; 0 of corners.
    std::array<double, IntervalReader::kMostIntervals> node_weight{};
    double log_weight = 0;  // of the map, at the variables that are known

    std::int64_t nodes() const { return std::int64_t{1} << axes; }
    double weight(std::int64_t node) const;
    // The sum over the nodes, axis by axis, of values [nodes()].
    double sum(const double* values) const;
  };

  // Of rows x [count][columns] and y [count][variables], which reader lets pass. Takes memory where
  // there are more nodes than ever before.
  void set(const Model<double>& model, const IntervalReader& reader, const double* x,
           const double* y, std::int64_t count);

  const std::vector<Group>& groups() const noexcept { return groups_; }
  // The row that has a node of this group, counted within the group.
  std::int64_t row_of(const Group& group, std::int64_t node) const {
    return order_[static_cast<std::size_t>(group.first_row + node / group.nodes_of_row)].row;
  }
  const std::vector<Row>& rows() const noexcept { return rows_; }
  // Of all nodes, [nodes][columns]: u, then the other columns of the row.
  const std::vector<double>& points() const noexcept { return points_; }
  std::int64_t count() const noexcept { return count_; }

 private:
  struct Key {
    VariableSet directions;
    int intervals;
    std::int64_t row;

    auto operator<=>(const Key&) const = default;
  };

  VariableSet directions_of(const Model<double>& model, const IntervalRow& row) const;
  void add_nodes(const Model<double>& model, const IntervalRow& ends, VariableSet directions,
                 const double* others, Row& row);

  std::array<double, kMaxBoxVariables> unit_scale_{};  // of coordinates with a deviation of 1
  std::vector<IntervalRow> ends_;                      // [rows]
  std::vector<Key> order_;                             // [rows]
  std::vector<Group> groups_;
  std::vector<Row> rows_;
  std::vector<double> points_;
  std::int64_t count_ = 0;
};

}  // namespace finn::net
