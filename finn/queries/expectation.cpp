#include "finn/queries/expectation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace finn::net {
namespace {

// Samples that are drawn, and looked at, at once.
constexpr std::int64_t kBatch = 4096;

// Calls each(rows, x, count) for some samples after the others: x [count][variables], and rows
// [count][columns], in which what is given stands beside each.
template <class Each>
void for_each_sample(const SampledDistribution& distribution, const SampleMean& by, Each&& each) {
  const int n = distribution.variables, given = distribution.given_columns;
  std::vector<double> conditions, drawn, rows;
  for (std::int64_t first = 0; first < by.samples; first += kBatch) {
    const std::int64_t count = std::min(kBatch, by.samples - first);
    conditions.clear();
    for (std::int64_t r = 0; r < count; ++r) {
      conditions.insert(conditions.end(), by.given, by.given + given);
    }
    drawn.resize(static_cast<std::size_t>(count * n));
    distribution.sample(by.seed, first, given == 0 ? nullptr : conditions.data(), count,
                        drawn.data());
    rows.clear();
    for (std::int64_t r = 0; r < count; ++r) {
      rows.insert(rows.end(), drawn.begin() + r * n, drawn.begin() + (r + 1) * n);
      rows.insert(rows.end(), by.given, by.given + given);
    }
    each(rows.data(), drawn.data(), count);
  }
}

// Running mean and spread (Welford, Technometrics 4, 1962).
class Mean {
 public:
  void add(double value) {
    ++count_;
    const double off = value - mean_;
    mean_ += off / static_cast<double>(count_);
    squares_ += off * (value - mean_);
  }
  double value() const { return mean_; }
  double standard_error() const {
    const auto count = static_cast<double>(count_);
    return std::sqrt(squares_ / (count - 1) / count);
  }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0, squares_ = 0;
};

// log p of all samples.
std::vector<double> log_densities(const SampledDistribution& distribution, const SampleMean& by) {
  std::vector<double> logs;
  for_each_sample(distribution, by, [&](const double* rows, const double*, std::int64_t count) {
    const std::size_t first = logs.size();
    logs.resize(first + static_cast<std::size_t>(count));
    distribution.log_density(rows, count, logs.data() + first);
  });
  return logs;
}

}  // namespace

void expectation(const SampledDistribution& distribution, const SampleMean& by, int outputs,
                 const SampleFunction& function, double* value, double* standard_error) {
  std::vector<Mean> means(static_cast<std::size_t>(outputs));
  std::vector<double> values;
  for_each_sample(distribution, by, [&](const double*, const double* x, std::int64_t count) {
    values.assign(static_cast<std::size_t>(count * outputs), 0);
    function(x, count, values.data());
    for (std::size_t i = 0; i < values.size(); ++i) {
      means[i % means.size()].add(values[i]);
    }
  });
  for (std::size_t j = 0; j < means.size(); ++j) {
    value[j] = means[j].value();
    if (standard_error != nullptr) standard_error[j] = means[j].standard_error();
  }
}

void entropy(const SampledDistribution& distribution, const SampleMean& by, double* value,
             double* standard_error) {
  Mean mean;
  for (const double log : log_densities(distribution, by)) mean.add(-log);
  *value = mean.value();
  if (standard_error != nullptr) *standard_error = mean.standard_error();
}

void density_level(const SampledDistribution& distribution, const SampleMean& by, double share,
                   double* level, double* standard_error) {
  std::vector<double> logs = log_densities(distribution, by);
  std::sort(logs.begin(), logs.end());
  const auto samples = static_cast<double>(logs.size());
  const auto at = [&](double wanted) {
    const double place = std::clamp((1 - wanted) * samples - 0.5, 0.0, samples - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, logs.size() - 1);
    const double part = place - std::floor(place);
    return std::exp(logs[below]) * (1 - part) + std::exp(logs[above]) * part;
  };
  *level = at(share);
  if (standard_error == nullptr) return;
  const double spread = std::sqrt(share * (1 - share) / samples);
  *standard_error = 0.5 * (at(share - spread) - at(share + spread));
}

}  // namespace finn::net
