#include "finn/chains/linear_chains.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace finn::net {

LinearChains::LinearChains(int variable_count, int component_count)
    : variables(variable_count), components(component_count) {
  const auto n = static_cast<std::size_t>(variable_count);
  const auto k = static_cast<std::size_t>(component_count);
  log_weight.assign(k, -std::log(static_cast<double>(component_count)));
  offset.assign(k * n, 0);
  deviation.assign(k * n, 1);
  slope.assign(k * n * n, 0);
}

double LinearChains::mean(int component, int variable, const double* x) const {
  const std::size_t row = at(component, variable);
  const double* slopes = slope.data() + row * static_cast<std::size_t>(variables);
  double sum = offset[row];
  for (int j = 0; j < variable; ++j) sum += slopes[j] * x[j];
  return sum;
}

double LinearChains::log_normal(int component, int variable, const double* x) const {
  const double s = deviation[at(component, variable)];
  const double z = (x[variable] - mean(component, variable, x)) / s;
  return -0.5 * z * z - std::log(s) - 0.5 * std::log(2 * std::numbers::pi);
}

LinearChains LinearChains::in_units(const double* scale, const double* shift) const {
  LinearChains other = *this;
  for (int k = 0; k < components; ++k) {
    for (int i = 0; i < variables; ++i) {
      const std::size_t row = at(k, i);
      double* slopes = other.slope.data() + row * static_cast<std::size_t>(variables);
      double sum = scale[i] * offset[row] + shift[i];
      for (int j = 0; j < i; ++j) {
        slopes[j] *= scale[i] / scale[j];
        sum -= slopes[j] * shift[j];
      }
      other.offset[row] = sum;
      other.deviation[row] *= scale[i];
    }
  }
  return other;
}

double log_sum(const std::vector<double>& logs) {
  double most = -std::numeric_limits<double>::infinity();
  for (const double log : logs) most = std::max(most, log);
  if (!std::isfinite(most)) return most;
  double sum = 0;
  for (const double log : logs) sum += std::exp(log - most);
  return most + std::log(sum);
}

LinearConditional::LinearConditional(const LinearChains& chains)
    : chains_(chains),
      log_share_(static_cast<std::size_t>(chains.components)),
      mean_(log_share_.size()),
      deviation_(log_share_.size()),
      log_peak_(log_share_.size()),
      logs_(log_share_.size()) {
  const double log_root = 0.5 * std::log(2 * std::numbers::pi);
  for (const double s : chains.deviation) log_peaks_.push_back(-std::log(s) - log_root);
}

void LinearConditional::set(int variable, const double* before) {
  for (std::size_t k = 0; k < log_share_.size(); ++k) {
    const int component = static_cast<int>(k);
    log_share_[k] = chains_.log_weight[k];
    for (int j = 0; j < variable; ++j) {
      const std::size_t row = chains_.at(component, j);
      const double z = (before[j] - chains_.mean(component, j, before)) / chains_.deviation[row];
      log_share_[k] += log_peaks_[row] - 0.5 * z * z;
    }
    mean_[k] = chains_.mean(component, variable, before);
    deviation_[k] = chains_.deviation[chains_.at(component, variable)];
    log_peak_[k] = log_peaks_[chains_.at(component, variable)];
  }
  const double all = log_sum(log_share_);
  for (double& log : log_share_) log -= all;
}

double LinearConditional::mean() const {
  double sum = 0;
  for (std::size_t k = 0; k < mean_.size(); ++k) sum += std::exp(log_share_[k]) * mean_[k];
  return sum;
}

double LinearConditional::deviation() const {
  const double centre = mean();
  double sum = 0;
  for (std::size_t k = 0; k < mean_.size(); ++k) {
    const double off = mean_[k] - centre;
    sum += std::exp(log_share_[k]) * (deviation_[k] * deviation_[k] + off * off);
  }
  return std::sqrt(sum);
}

double LinearConditional::log_density(double x) const {
  for (std::size_t k = 0; k < logs_.size(); ++k) {
    const double z = (x - mean_[k]) / deviation_[k];
    logs_[k] = log_share_[k] + log_peak_[k] - 0.5 * z * z;
  }
  return log_sum(logs_);
}

double LinearConditional::tail(double x, bool upper) const {
  double sum = 0;
  for (std::size_t k = 0; k < mean_.size(); ++k) {
    const double z = (x - mean_[k]) / deviation_[k];
    sum += std::exp(log_share_[k]) * 0.5 * std::erfc((upper ? z : -z) / std::numbers::sqrt2);
  }
  return std::min(sum, 1.0);
}

double LinearConditional::cdf(double x) const { return tail(x, false); }
double LinearConditional::survival(double x) const { return tail(x, true); }

double LinearConditional::quantile(double p) const {
  constexpr double kFarthest = 39;  // deviations beyond which erfc is 0
  double low = std::numeric_limits<double>::infinity(), high = -low, x = mean();
  for (std::size_t k = 0; k < mean_.size(); ++k) {
    low = std::min(low, mean_[k] - kFarthest * deviation_[k]);
    high = std::max(high, mean_[k] + kFarthest * deviation_[k]);
  }
  // Of the smaller of the two tails, by Newton's method on its logarithm within a bracket.
  const bool upper = p > 0.5;
  const double wanted = upper ? 1 - p : p;
  for (int step = 0; step < 200; ++step) {
    const double found = tail(x, upper);
    const bool is_low = upper ? found > wanted : found < wanted;
    (is_low ? low : high) = x;
    if (std::fabs(found - wanted) <= 1e-15 * wanted) break;
    const double slope = std::exp(log_density(x)) / found * (upper ? -1 : 1);
    double next = x - std::log(found / wanted) / slope;
    if (!(next > low && next < high)) next = 0.5 * low + 0.5 * high;
    if (next == x) break;
    x = next;
  }
  return x;
}

double LinearConditional::sample(core::Random& random) const {
  double left = random.uniform();
  std::size_t k = 0;
  for (; k + 1 < log_share_.size(); ++k) {
    left -= std::exp(log_share_[k]);
    if (left < 0) break;
  }
  return mean_[k] + deviation_[k] * random.normal();
}

}  // namespace finn::net
