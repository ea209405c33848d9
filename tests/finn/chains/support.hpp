// What the tests of chains share: mixtures of normals with full covariances, chains of them, what
// is known of both in closed form, and rows that follow a law.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <numbers>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/chain.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"

namespace finn::test {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A mixture of which every number is another one.
inline net::LinearChains linear_mixture(int variables, int components, std::uint64_t seed = 3) {
  net::LinearChains chains(variables, components);
  core::Random random(seed);
  for (double& weight : chains.log_weight) weight = random.uniform(-1, 0);
  const double all = net::log_sum(chains.log_weight);
  for (double& weight : chains.log_weight) weight -= all;
  for (double& offset : chains.offset) offset = random.uniform(-1.5, 1.5);
  for (double& deviation : chains.deviation) deviation = random.uniform(0.5, 1.5);
  for (int k = 0; k < components; ++k) {
    for (int i = 0; i < variables; ++i) {
      for (int j = 0; j < i; ++j) {
        const std::size_t at = chains.at(k, i) * static_cast<std::size_t>(variables);
        chains.slope[at + static_cast<std::size_t>(j)] = random.uniform(-0.8, 0.8);
      }
    }
  }
  return chains;
}

// Two standard normals of this correlation.
inline net::LinearChains two_normals(double correlation) {
  net::LinearChains chains(2, 1);
  chains.slope[2] = correlation;
  chains.deviation[1] = std::sqrt(1 - correlation * correlation);
  return chains;
}

// Links of a mixture, behind so many conditions; limits of the variables may be left out.
inline net::Chain chain_of(net::LinearChains chains, int conditions = 0,
                           std::vector<double> lower = {}, std::vector<double> upper = {}) {
  const auto shared = std::make_shared<const net::LinearChains>(std::move(chains));
  lower.resize(static_cast<std::size_t>(shared->variables - conditions), -kInfinity);
  upper.resize(lower.size(), kInfinity);
  net::ChainLinks links{conditions, {}};
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const net::LinearLink link{shared, conditions + static_cast<int>(i)};
    links.links.emplace_back(link, lower[i], upper[i]);
  }
  return net::Chain(std::make_shared<const net::ChainLinks>(std::move(links)));
}

// Mean and covariance [n][n] of one component: x = mean + (I - B)^-1 e, column by column.
struct NormalMoments {
  std::vector<double> mean, covariance;

  NormalMoments(const net::LinearChains& chains, int component) {
    const auto n = static_cast<std::size_t>(chains.variables);
    std::vector<double> spread(n * n);  // x by e
    mean.assign(n, 0);
    covariance.assign(n * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = chains.at(component, static_cast<int>(i));
      const double* slopes = chains.slope.data() + row * n;
      mean[i] = chains.offset[row];
      spread[i * n + i] = chains.deviation[row];
      for (std::size_t j = 0; j < i; ++j) {
        mean[i] += slopes[j] * mean[j];
        for (std::size_t k = 0; k <= j; ++k) spread[i * n + k] += slopes[j] * spread[j * n + k];
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n; ++k) {
          covariance[i * n + j] += spread[i * n + k] * spread[j * n + k];
        }
      }
    }
  }
};

// log N(x; mean, covariance) by elimination, which leaves the determinant and the quadratic form.
inline double log_normal_density(const NormalMoments& moments, const double* x) {
  const std::size_t n = moments.mean.size();
  std::vector<double> matrix = moments.covariance, right(n), off(n);
  for (std::size_t i = 0; i < n; ++i) right[i] = off[i] = x[i] - moments.mean[i];
  double log = -0.5 * static_cast<double>(n) * std::log(2 * std::numbers::pi);
  for (std::size_t k = 0; k < n; ++k) {
    log -= 0.5 * std::log(matrix[k * n + k]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = matrix[i * n + k] / matrix[k * n + k];
      for (std::size_t j = 0; j < n; ++j) matrix[i * n + j] -= factor * matrix[k * n + j];
      right[i] -= factor * right[k];
    }
  }
  for (std::size_t k = 0; k < n; ++k) log -= 0.5 * off[k] * right[k] / matrix[k * n + k];
  return log;
}

// log f of a mixture at x, by its covariances.
inline double log_mixture_density(const net::LinearChains& chains, const double* x) {
  std::vector<double> logs;
  for (int k = 0; k < chains.components; ++k) {
    logs.push_back(chains.log_weight[static_cast<std::size_t>(k)] +
                   log_normal_density(NormalMoments(chains, k), x));
  }
  return net::log_sum(logs);
}

inline double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// Rows of a mixture, each of weight 1.
inline net::WeightedRows rows_of(const net::LinearChains& chains, int count, std::uint64_t seed) {
  core::Random random(seed);
  net::WeightedRows rows;
  rows.variables = chains.variables;
  std::vector<double> x(static_cast<std::size_t>(chains.variables));
  for (int r = 0; r < count; ++r) {
    double left = random.uniform();
    int component = 0;
    while (component + 1 < chains.components) {
      left -= std::exp(chains.log_weight[static_cast<std::size_t>(component)]);
      if (left < 0) break;
      ++component;
    }
    for (int i = 0; i < chains.variables; ++i) {
      x[static_cast<std::size_t>(i)] = chains.mean(component, i, x.data()) +
                                       chains.deviation[chains.at(component, i)] * random.normal();
    }
    rows.add(x.data(), 1);
  }
  return rows;
}

// A mixture far from all others: two normals whose first variables are 6 deviations apart.
inline net::LinearChains two_clusters() {
  net::LinearChains chains(2, 2);
  chains.log_weight = {std::log(0.3), std::log(0.7)};
  chains.offset = {-3, 1, 3, 0};
  chains.deviation = {1, 0.5, 0.7, 1};
  chains.slope = {0, 0, 0.5, 0, 0, 0, -0.4, 0};
  return chains;
}

inline double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// sqrt(count) times the largest distance of a sample from the uniform law: above 1.95 with a
// probability of 0.001 (Kolmogorov).
inline double distance_from_uniform(std::vector<double> shares) {
  std::sort(shares.begin(), shares.end());
  const auto count = static_cast<double>(shares.size());
  double distance = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const auto before = static_cast<double>(k);
    distance = std::max({distance, shares[k] - before / count, (before + 1) / count - shares[k]});
  }
  return std::sqrt(count) * distance;
}

// A fit that takes little time.
inline net::ChainOptions short_options(std::int64_t steps = 100) {
  net::ChainOptions options;
  options.steps = steps;
  options.batch = 64;
  options.learning_rate = 0.01;
  options.components = 6;
  options.linear_components = 2;
  options.widths = {8};
  return options;
}

}  // namespace finn::test
