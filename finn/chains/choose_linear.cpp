#include "finn/chains/choose_linear.hpp"

#include <limits>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/data/rows.hpp"

namespace finn::net {
namespace {

double mean_log_likelihood(const LinearChains& chains, const WeightedRows& rows, int first) {
  const std::vector<double> logs = log_likelihoods(chains, rows, first);
  double sum = 0, total = 0;
  for (std::size_t r = 0; r < logs.size(); ++r) {
    sum += rows.weights[r] * logs[r];
    total += rows.weights[r];
  }
  return sum / total;
}

// 1, 2, 3, 4, 6, 8, 12 ..
int components_of_step(int step) {
  if (step < 2) return step + 1;
  return (step % 2 == 0 ? 3 : 4) << (step / 2 - 1);
}

struct Fold {
  WeightedRows fitted, held_out;
};

// Each row is held out by one of five folds; of many rows there is but the first.
std::vector<Fold> folds_of(const WeightedRows& rows, std::uint64_t seed) {
  constexpr std::int64_t kFolds = 5, kManyRows = 2000;
  RowOrder order(rows.count());
  core::Random random(seed);
  order.shuffle(random);
  std::vector<Fold> folds(rows.count() > kManyRows ? 1 : kFolds);
  for (std::size_t fold = 0; fold < folds.size(); ++fold) {
    folds[fold].fitted.variables = folds[fold].held_out.variables = rows.variables;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
      const bool is_out = i % kFolds == static_cast<std::int64_t>(fold);
      const std::int64_t r = order.rows[static_cast<std::size_t>(i)];
      (is_out ? folds[fold].held_out : folds[fold].fitted)
          .add(rows.row(r), rows.weights[static_cast<std::size_t>(r)]);
    }
  }
  return folds;
}

}  // namespace

LinearChoice choose_linear(const WeightedRows& rows, int first, int most, std::uint64_t seed) {
  const std::vector<Fold> folds = folds_of(StandardRows(rows).of(rows), seed);
  LinearChoice best;
  double best_value = -std::numeric_limits<double>::infinity();
  int worse = 0;
  for (int step = 0; worse < 2; ++step) {
    const int components = components_of_step(step);
    if (components > most || components > folds.front().fitted.count()) break;
    ++worse;
    for (const double ridge : {1e-6, 1e-3, 1e-2, 0.03}) {
      double value = 0;
      for (const Fold& fold : folds) {
        value += mean_log_likelihood(fit_linear_chains(fold.fitted, components, ridge, seed),
                                     fold.held_out, first);
      }
      if (!(value > best_value)) continue;
      best_value = value;
      best = {components, ridge};
      worse = 0;
    }
  }
  return best;
}

}  // namespace finn::net
