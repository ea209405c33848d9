// How often something is differentiated in each variable: d^|k| / prod_i dx_i^k_i. A subset of the
// variables is the orders that are 1 in it and 0 elsewhere.
#pragma once

#include <array>

#include "core/subset.hpp"
#include "finn/domains/box.hpp"

namespace finn::net {

// The most often that F is differentiated in one variable: the jets of an mlp have room for so many
// directions, and the sigma family for the derivatives of a normal.
inline constexpr int kMaxOrder = core::kMaxVariables;
// The most often in all variables, where the network makes no jets.
inline constexpr int kMaxTotalOrder = kMaxBoxVariables + kMaxOrder;

class Orders {
 public:
  Orders() = default;
  // Once in each variable of a subset.
  Orders(VariableSet subset) {
    for (int i = 0; i < kMaxBoxVariables; ++i) of_[at(i)] = subset >> i & 1;
  }

  int operator[](int i) const { return of_[at(i)]; }
  // 0 .. kMaxOrder.
  void set(int i, int order) { of_[at(i)] = static_cast<unsigned char>(order); }
  // These orders with one more derivative in variable i.
  Orders and_once(int i) const {
    Orders more = *this;
    ++more.of_[at(i)];
    return more;
  }
  // The orders of the first so many variables, and 0 beyond them.
  Orders within(int variables) const {
    Orders first;
    for (int i = 0; i < variables; ++i) first.of_[at(i)] = of_[at(i)];
    return first;
  }

  int total() const {
    int sum = 0;
    for (const int order : of_) sum += order;
    return sum;
  }
  // The variables whose order is at least this.
  VariableSet at_least(int order) const {
    VariableSet subset = 0;
    for (int i = 0; i < kMaxBoxVariables; ++i) {
      if (of_[at(i)] >= order) subset |= VariableSet{1} << i;
    }
    return subset;
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  std::array<unsigned char, kMaxBoxVariables> of_{};
};

}  // namespace finn::net
