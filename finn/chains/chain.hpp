// A chain: a density of many variables as the product of conditionals of one,
//
//   f(x | c) = prod_i f_i(x_i | c, x_1 .. x_(i-1)),
//
// each of which integrates to 1 for whatever stands before it. So the density is normalised by
// construction, and the Rosenblatt transform, its inverse and samples come one variable after the
// other. docs/CHAINS.md.
//
// Of a chain some first variables may be given, and some last ones left out, which is a chain again
// over the same links. It never changes and is cheap to copy; any number of threads may ask it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "finn/chains/chain_link.hpp"

namespace finn::net {

// Link i has conditions c [conditions], then the variables before it.
struct ChainLinks {
  int conditions = 0;
  std::vector<ChainLink> links;
};

class Chain {
 public:
  explicit Chain(std::shared_ptr<const ChainLinks> links);

  // That of the first variables, whatever the others are. Fails with ERROR_ARGUMENT for any other
  // variables than the first ones in their order.
  Chain marginal(std::span<const int> variables) const;
  // That of the other variables where these have the values that each row says. Fails with
  // ERROR_ARGUMENT for any other variables than the first ones; their order is that of the columns.
  Chain given(std::span<const int> variables) const;

  // A row x has the variables, then what is given in the order of given(), then the conditions.
  int variables() const noexcept { return last_ - first(); }
  int given_columns() const noexcept { return first() + links_->conditions; }
  int columns() const noexcept { return variables() + given_columns(); }
  const ChainLink& link(int variable) const {
    return links_->links[static_cast<std::size_t>(first() + variable)];
  }

  // The limits of a variable, which may be infinite.
  void limits(int variable, double* lower, double* upper) const {
    *lower = link(variable).lower();
    *upper = link(variable).upper();
  }
  // Every variable has a conditional of its own, and may be asked by itself.
  void require_separate(const char*) const {}

  // Rows of the first link's form, [count][z], from values given [count][given_columns]: what every
  // link takes first.
  std::vector<double> known(const double* given, std::int64_t stride, std::int64_t count) const;

 private:
  int first() const noexcept { return static_cast<int>(given_.size()); }

  std::shared_ptr<const ChainLinks> links_;
  std::vector<int> given_;  // variables of the links in the order of columns: 0 .. first - 1
  int last_;
};

}  // namespace finn::net
