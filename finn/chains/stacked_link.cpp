#include "finn/chains/stacked_link.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>
#include <variant>

#include "core/random.hpp"
#include "finn/chains/linear_chains.hpp"

namespace finn::net {
namespace {

// What brackets the quantile of each row.
struct Brackets {
  std::vector<double> low, high;

  explicit Brackets(std::int64_t count)
      : low(static_cast<std::size_t>(count), std::numeric_limits<double>::infinity()),
        high(low.size(), -std::numeric_limits<double>::infinity()) {}

  void include(std::size_t row, double x) {
    low[row] = std::min(low[row], x);
    high[row] = std::max(high[row], x);
  }
};

}  // namespace

StackedLink::StackedLink(std::vector<double> shares, std::vector<ChainLink> links)
    : shares_(std::move(shares)), links_(std::move(links)) {}

MeanAndDeviation StackedLink::mean_and_deviation(const double* z) const {
  const auto largest = std::max_element(shares_.begin(), shares_.end());
  return links_[static_cast<std::size_t>(largest - shares_.begin())].mean_and_deviation(z);
}

void StackedLink::log_density(Workspace& workspace, const double* rows, std::int64_t count,
                              double* logs) const {
  const auto size = static_cast<std::size_t>(count);
  std::vector<std::vector<double>> of_links(links_.size(), std::vector<double>(size));
  for (std::size_t k = 0; k < links_.size(); ++k) {
    links_[k].log_density(workspace, rows, count, of_links[k].data());
  }
  std::vector<double> terms(links_.size());
  for (std::size_t r = 0; r < size; ++r) {
    for (std::size_t k = 0; k < terms.size(); ++k) {
      terms[k] = std::log(shares_[k]) + of_links[k][r];
    }
    logs[r] = log_sum(terms);
  }
}

void StackedLink::share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
                        double* shares) const {
  std::vector<double> of_link(static_cast<std::size_t>(count));
  std::fill_n(shares, count, 0.0);
  for (std::size_t k = 0; k < links_.size(); ++k) {
    links_[k].share(workspace, side, rows, count, of_link.data());
    for (std::size_t r = 0; r < of_link.size(); ++r) shares[r] += shares_[k] * of_link[r];
  }
  for (std::int64_t r = 0; r < count; ++r) shares[r] = std::min(shares[r], 1.0);
}

void StackedLink::quantile(Workspace& workspace, const double* shares, std::int64_t count,
                           double* rows) const {
  constexpr int kMostSteps = 100;
  const auto size = static_cast<std::size_t>(count);
  const auto width = static_cast<std::size_t>(1 + conditions());
  Brackets brackets(count);
  std::vector<double> found(size, 0), logs(size), next(size, 0);
  for (std::size_t k = 0; k < links_.size(); ++k) {
    links_[k].quantile(workspace, shares, count, rows);
    for (std::size_t r = 0; r < size; ++r) {
      brackets.include(r, rows[r * width]);
      next[r] += shares_[k] * rows[r * width];
    }
  }
  bool is_done = false;
  for (int step = 0; step < kMostSteps && !is_done; ++step) {
    for (std::size_t r = 0; r < size; ++r) rows[r * width] = next[r];
    share(workspace, Side::below, rows, count, found.data());
    log_density(workspace, rows, count, logs.data());
    is_done = true;
    for (std::size_t r = 0; r < size; ++r) {
      const double x = rows[r * width], off = found[r] - shares[r];
      double& end = off < 0 ? brackets.low[r] : brackets.high[r];
      end = x;
      const double step_to = x - off / std::exp(logs[r]);
      const bool is_within = step_to > brackets.low[r] && step_to < brackets.high[r];
      const double middle = 0.5 * brackets.low[r] + 0.5 * brackets.high[r];
      if (std::fabs(off) <= 2e-16 * shares[r]) continue;
      next[r] = is_within ? step_to : middle;
      const bool moves = std::fabs(next[r] - x) > 4e-16 * std::fabs(x);
      is_done = is_done && !moves;
    }
  }
}

// Every link draws all rows, as rows are drawn one by one whatever stands beside them; a row takes
// one of the draws.
void StackedLink::sample(Workspace& workspace, std::uint64_t seed, std::int64_t first,
                         std::int64_t count, double* rows) const {
  const std::int64_t width = 1 + conditions();
  std::vector<double> drawn(rows, rows + count * width), left(static_cast<std::size_t>(count));
  for (std::int64_t r = 0; r < count; ++r) {
    const auto stream = static_cast<std::uint64_t>(first + r);
    left[static_cast<std::size_t>(r)] = core::Random(core::stream_seed(seed, stream)).uniform();
  }
  for (std::size_t k = 0; k < links_.size(); ++k) {
    links_[k].sample(workspace, core::stream_seed(seed, k + 1), first, count, drawn.data());
    const bool is_last = k + 1 == links_.size();
    for (std::int64_t r = 0; r < count; ++r) {
      double& share = left[static_cast<std::size_t>(r)];
      if (share < 0) continue;
      share -= shares_[k];
      if (share < 0 || is_last) rows[r * width] = drawn[static_cast<std::size_t>(r * width)];
    }
  }
}

std::vector<ChainLink> single_links(const ChainLink& link) {
  const auto* stack = std::get_if<std::shared_ptr<const StackedLink>>(&link.form());
  return stack == nullptr ? std::vector{link} : (*stack)->links();
}

std::vector<double> stacking_shares(const std::vector<Judgement>& judgements,
                                    const std::vector<double>& weights) {
  constexpr int kSteps = 200;
  constexpr double kSmallest = 0.01;
  const std::size_t links = judgements.size();
  std::vector<double> shares(links, 1 / static_cast<double>(links)), terms(links);
  const auto step = [&] {
    std::vector<double> sums(links);
    double total = 0;
    for (std::size_t r = 0; r < weights.size(); ++r) {
      for (std::size_t k = 0; k < links; ++k) {
        terms[k] = std::log(shares[k]) + judgements[k].logs[r];
      }
      const double all = log_sum(terms);
      if (!std::isfinite(all)) continue;
      for (std::size_t k = 0; k < links; ++k) sums[k] += weights[r] * std::exp(terms[k] - all);
      total += weights[r];
    }
    for (std::size_t k = 0; k < links; ++k) shares[k] = total > 0 ? sums[k] / total : shares[k];
  };
  for (int i = 0; i < kSteps; ++i) step();
  double left = 0;
  for (double& share : shares) {
    if (share < kSmallest) share = 0;
    left += share;
  }
  for (double& share : shares) share /= left;
  return shares;
}

}  // namespace finn::net
