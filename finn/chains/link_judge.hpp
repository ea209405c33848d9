// How rows that are held out like a link, and which of two links is the better one.
#pragma once

#include <limits>
#include <vector>

#include "finn/chains/chain_link.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "finn/model/workspace.hpp"

namespace finn::net {

// Log likelihoods of the rows held out, and their weighted mean.
struct Judgement {
  std::vector<double> logs;
  double mean = -std::numeric_limits<double>::infinity();
};

// Serves one thread; the rows must live as long.
class LinkJudge {
 public:
  // Of links of this column of the rows, given those before it.
  LinkJudge(Workspace& workspace, const WeightedRows& held_out, int column);

  Judgement of(const ChainLink& link) const;
  // Whether a judgement is better by more than the standard error of the difference, which is that
  // of the differences of the rows: with few rows chance decides no more than it has to.
  bool is_better(const Judgement& judgement, const Judgement& than) const;

 private:
  template <class Value>
  double weighted_mean(Value&& value) const;

  Workspace& workspace_;
  const WeightedRows& held_out_;
  std::vector<double> rows_;
};

}  // namespace finn::net
