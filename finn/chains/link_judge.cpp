#include "finn/chains/link_judge.hpp"

#include <cmath>

#include "finn/chains/chain_rows.hpp"

namespace finn::net {

LinkJudge::LinkJudge(Workspace& workspace, const WeightedRows& held_out, int column)
    : workspace_(workspace), held_out_(held_out), rows_(link_rows(held_out, column)) {}

template <class Value>
double LinkJudge::weighted_mean(Value&& value) const {
  double sum = 0, total = 0;
  for (std::size_t r = 0; r < held_out_.weights.size(); ++r) {
    if (held_out_.weights[r] == 0) continue;
    sum += held_out_.weights[r] * value(r);
    total += held_out_.weights[r];
  }
  return sum / total;
}

Judgement LinkJudge::of(const ChainLink& link) const {
  Judgement found{std::vector<double>(held_out_.weights.size()), 0};
  link.log_density(workspace_, rows_.data(), held_out_.count(), found.logs.data());
  found.mean = weighted_mean([&](std::size_t r) { return found.logs[r]; });
  return found;
}

bool LinkJudge::is_better(const Judgement& judgement, const Judgement& than) const {
  if (!(judgement.mean > than.mean)) return false;
  if (!std::isfinite(than.mean)) return true;
  const double gain = judgement.mean - than.mean;
  const double variance = weighted_mean([&](std::size_t r) {
    const double off = judgement.logs[r] - than.logs[r] - gain;
    return off * off;
  });
  return gain * gain * static_cast<double>(held_out_.count()) > variance;
}

}  // namespace finn::net
