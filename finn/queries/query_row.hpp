// What a row asks of each variable of the box: the roles of a distribution, with the values of the
// row, of which a query changes those of the variables that it is about.
#pragma once

#include <array>

#include "finn/domains/box.hpp"
#include "finn/queries/mass.hpp"

namespace finn::net {

class QueryRow {
 public:
  QueryRow() = default;
  // Every variable integrated within its limits.
  explicit QueryRow(const Box& box) : lower_(box.lower), upper_(box.upper) {
    for (std::size_t i = 0; i < width_.size(); ++i) width_[i] = upper_[i] - lower_[i];
  }

  void set_point(int i, double u) {
    points_ |= VariableSet{1} << i;
    lower_[static_cast<std::size_t>(i)] = u;
  }
  void set_interval(int i, double lower, double upper) {
    set_interval(i, lower, upper, upper - lower);
  }
  void set_interval(int i, double lower, double upper, double width) {
    const auto at = static_cast<std::size_t>(i);
    points_ &= ~(VariableSet{1} << i);
    lower_[at] = lower;
    upper_[at] = upper;
    width_[at] = width;
  }
  double lower(int i) const { return lower_[static_cast<std::size_t>(i)]; }
  double upper(int i) const { return upper_[static_cast<std::size_t>(i)]; }

  // It lives as long as the row.
  MassQuery query() const { return {points_, lower_.data(), upper_.data(), width_.data()}; }

 private:
  VariableSet points_ = 0;
  std::array<double, kMaxBoxVariables> lower_{}, upper_{}, width_{};
};

}  // namespace finn::net
