#include "finn/chains/fit_linear_chains.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/random.hpp"

namespace finn::net {
namespace {

constexpr int kMostIterations = 200;
constexpr double kSmallestGain = 1e-6;  // of the mean log likelihood, in nats

double squared_distance(const double* a, const double* b, int variables) {
  double sum = 0;
  for (int i = 0; i < variables; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

// Rows to begin around, each with a probability in proportion to its squared distance from those
// before (k-means++: D. Arthur, S. Vassilvitskii, 2007).
std::vector<std::int64_t> spread_rows(const WeightedRows& rows, int count, core::Random& random) {
  std::vector<std::int64_t> chosen;
  std::vector<double> distance(rows.weights.size(), std::numeric_limits<double>::infinity());
  for (int k = 0; k < count; ++k) {
    double total = 0;
    for (std::size_t i = 0; i < distance.size(); ++i) {
      total += rows.weights[i] * (k == 0 ? 1 : distance[i]);
    }
    double left = random.uniform() * total;
    std::size_t at = 0;
    for (std::size_t i = 0; i < distance.size(); ++i) {
      const double share = rows.weights[i] * (k == 0 ? 1 : distance[i]);
      if (share > 0) at = i;
      left -= share;
      if (left < 0) break;
    }
    chosen.push_back(static_cast<std::int64_t>(at));
    for (std::size_t i = 0; i < distance.size(); ++i) {
      const double here = squared_distance(rows.row(static_cast<std::int64_t>(i)),
                                           rows.row(chosen.back()), rows.variables);
      distance[i] = std::min(distance[i], here);
    }
  }
  return chosen;
}

// Mean and covariance of weighted rows as a chain: with the covariance L D L^T and L of unit
// diagonal, x = mean + L e for e of variances D, so that L^-1 (x - mean) = e.
class ChainOfMoments {
 public:
  ChainOfMoments(const WeightedRows& rows, const double* share, double ridge)
      : n_(static_cast<std::size_t>(rows.variables)), mean_(n_), covariance_(n_ * n_), total_(0) {
    for (std::int64_t r = 0; r < rows.count(); ++r) {
      total_ += share[r];
      for (std::size_t i = 0; i < n_; ++i) mean_[i] += share[r] * rows.row(r)[i];
    }
    for (double& mean : mean_) mean /= total_;
    for (std::int64_t r = 0; r < rows.count(); ++r) {
      for (std::size_t i = 0; i < n_; ++i) {
        const double off = share[r] * (rows.row(r)[i] - mean_[i]) / total_;
        for (std::size_t j = 0; j <= i; ++j) {
          covariance_[i * n_ + j] += off * (rows.row(r)[j] - mean_[j]);
        }
      }
    }
    for (std::size_t i = 0; i < n_; ++i) covariance_[i * n_ + i] += ridge;
  }

  double total() const { return total_; }

  void write(LinearChains& chains, int component) {
    factorise();
    // The rows of L^-1, by forward substitution.
    std::vector<double> inverse(n_ * n_);
    for (std::size_t i = 0; i < n_; ++i) {
      inverse[i * n_ + i] = 1;
      for (std::size_t j = 0; j < i; ++j) {
        double sum = 0;
        for (std::size_t k = j; k < i; ++k) sum += covariance_[i * n_ + k] * inverse[k * n_ + j];
        inverse[i * n_ + j] = -sum;
      }
    }
    for (std::size_t i = 0; i < n_; ++i) {
      const std::size_t row = chains.at(component, static_cast<int>(i));
      double offset = mean_[i];
      for (std::size_t j = 0; j < i; ++j) {
        const double slope = -inverse[i * n_ + j];
        chains.slope[row * n_ + j] = slope;
        offset -= slope * mean_[j];
      }
      chains.offset[row] = offset;
      chains.deviation[row] = std::sqrt(std::max(covariance_[i * n_ + i], 1e-30));
    }
  }

 private:
  // In place: below the diagonal L, on it D.
  void factorise() {
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = covariance_[i * n_ + j];
        for (std::size_t k = 0; k < j; ++k) {
          sum -= covariance_[i * n_ + k] * covariance_[j * n_ + k] * covariance_[k * n_ + k];
        }
        covariance_[i * n_ + j] = j == i ? sum : sum / covariance_[j * n_ + j];
      }
    }
  }

  std::size_t n_;
  std::vector<double> mean_, covariance_;
  double total_;
};

// The shares of all components in each row, [components][count], from the chains so far; returns
// the weighted mean of log f.
double find_shares(const LinearChains& chains, const WeightedRows& rows,
                   std::vector<double>& shares) {
  const auto count = static_cast<std::size_t>(rows.count());
  std::vector<double> logs(static_cast<std::size_t>(chains.components));
  double sum = 0, total = 0;
  for (std::size_t r = 0; r < count; ++r) {
    const double* x = rows.row(static_cast<std::int64_t>(r));
    for (std::size_t k = 0; k < logs.size(); ++k) {
      logs[k] = chains.log_weight[k];
      for (int i = 0; i < chains.variables; ++i) {
        logs[k] += chains.log_normal(static_cast<int>(k), i, x);
      }
    }
    const double all = log_sum(logs);
    for (std::size_t k = 0; k < logs.size(); ++k) {
      shares[k * count + r] = rows.weights[r] * std::exp(logs[k] - all);
    }
    sum += rows.weights[r] * all;
    total += rows.weights[r];
  }
  return sum / total;
}

// A component that explains less than one row keeps what it has, and its weight goes to 0.
void fit_components(const WeightedRows& rows, const std::vector<double>& shares, double ridge,
                    LinearChains& chains) {
  const auto count = static_cast<std::size_t>(rows.count());
  double total = 0;
  for (const double share : shares) total += share;
  for (int k = 0; k < chains.components; ++k) {
    const auto at = static_cast<std::size_t>(k);
    ChainOfMoments moments(rows, shares.data() + at * count, ridge);
    chains.log_weight[at] = std::log(std::max(moments.total() / total, 1e-300));
    if (moments.total() * static_cast<double>(count) > total) moments.write(chains, k);
  }
}

}  // namespace

StandardRows::StandardRows(const WeightedRows& rows) {
  const auto n = static_cast<std::size_t>(rows.variables);
  mean.assign(n, 0);
  deviation.assign(n, 0);
  double total = 0;
  for (std::int64_t r = 0; r < rows.count(); ++r) {
    const double weight = rows.weights[static_cast<std::size_t>(r)];
    if (weight == 0) continue;
    total += weight;
    for (std::size_t i = 0; i < n; ++i) {
      const double off = rows.row(r)[i] - mean[i];
      mean[i] += off * weight / total;
      deviation[i] += weight * off * (rows.row(r)[i] - mean[i]);
    }
  }
  for (double& d : deviation) d = d > 0 ? std::sqrt(d / total) : 1;
}

WeightedRows StandardRows::of(WeightedRows rows) const {
  const std::size_t n = mean.size();
  for (std::size_t i = 0; i < rows.x.size(); ++i) {
    rows.x[i] = (rows.x[i] - mean[i % n]) / deviation[i % n];
  }
  return rows;
}

LinearChains fit_linear_chains(const WeightedRows& rows, int components, double ridge,
                               std::uint64_t seed) {
  LinearChains chains(rows.variables, components);
  const auto count = static_cast<std::size_t>(rows.count());
  core::Random random(seed);
  const std::vector<std::int64_t> seeds = spread_rows(rows, components, random);
  std::vector<double> shares(static_cast<std::size_t>(components) * count);
  for (std::size_t r = 0; r < count; ++r) {
    const double* x = rows.row(static_cast<std::int64_t>(r));
    std::size_t nearest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < seeds.size(); ++k) {
      const double distance = squared_distance(x, rows.row(seeds[k]), rows.variables);
      if (distance >= least) continue;
      least = distance;
      nearest = k;
    }
    shares[nearest * count + r] = rows.weights[r];
  }
  double before = -std::numeric_limits<double>::infinity();
  for (int step = 0; step < kMostIterations; ++step) {
    fit_components(rows, shares, ridge, chains);
    const double now = find_shares(chains, rows, shares);
    if (now - before < kSmallestGain) break;
    before = now;
  }
  return chains;
}

std::vector<double> log_likelihoods(const LinearChains& chains, const WeightedRows& rows,
                                    int first) {
  std::vector<double> logs(static_cast<std::size_t>(chains.components)), given(logs.size()), all;
  for (std::int64_t r = 0; r < rows.count(); ++r) {
    for (std::size_t k = 0; k < logs.size(); ++k) {
      logs[k] = chains.log_weight[k];
      for (int i = 0; i < chains.variables; ++i) {
        if (i == first) given[k] = logs[k];
        logs[k] += chains.log_normal(static_cast<int>(k), i, rows.row(r));
      }
    }
    all.push_back(log_sum(logs) - (first == 0 ? 0 : log_sum(given)));
  }
  return all;
}

LinearChains fit_linear_chains(const WeightedRows& rows, const LinearChoice& choice,
                               std::uint64_t seed) {
  const StandardRows standard(rows);
  return fit_linear_chains(standard.of(rows), choice.components, choice.ridge, seed)
      .in_units(standard.deviation.data(), standard.mean.data());
}

}  // namespace finn::net
