// What a fit learns from bins and from censored rows, beside one that sees the rows themselves: the
// tables of docs/TRAINING.md, "Bins and censored rows". Every figure is what the fit loses of the
// log density of the truth, in nats, as the mean over rows of the truth that no fit has seen.
//
//   bench_intervals [SEEDS [STEPS]]        (3 seeds of data, model and trainer, 3000 steps)
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "capi/finn.hpp"

namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();
constexpr double kPi = 3.14159265358979323846;
constexpr std::size_t kTestRows = 20000;

// Rows of a fit: points x alone, or intervals from x to y; weights may be empty.
struct Data {
  std::string name;
  std::vector<double> x{}, y{}, weights{};
};

struct Setting {
  finn::Network network;
  finn::Domain domain;
  finn_precision precision = FINN_FLOAT64;
};

struct Run {
  std::int64_t steps;
  std::uint64_t seed;
};

// Mean of log truth - log density of the fit over the rows of a test.
double lost(const Setting& setting, const Data& data, const std::vector<double>& test,
            double log_truth, const Run& run) {
  finn::ModelSettings settings;
  settings.seed = run.seed;
  settings.precision = setting.precision;
  finn::Model model(setting.network, setting.domain, settings);
  finn::Workspace workspace(1);
  finn_training_options options = finn::training_options();
  options.loss = data.y.empty() ? FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD : FINN_LOSS_INTERVAL_LIKELIHOOD;
  options.steps = run.steps;
  options.seed = run.seed;
  finn::Trainer trainer(model, options);
  trainer.fit(workspace, data.x, data.y, data.weights);
  double sum = 0;
  for (const double f : model.integrand(workspace, test)) sum += std::log(f);
  return log_truth - sum / static_cast<double>(kTestRows);
}

void print(const std::string& network, const std::vector<std::string>& names,
           const std::vector<std::vector<double>>& losses) {
  for (std::size_t k = 0; k < names.size(); ++k) {
    std::printf("| %s | %s |", network.c_str(), names[k].c_str());
    for (const double loss : losses[k]) std::printf(" %.4f", loss);
    std::printf(" |\n");
  }
  std::fflush(stdout);
}

// Two correlated bumps in (-4, 4)^2, cut there: a rejected point is drawn anew.
class Bumps {
 public:
  std::vector<double> draw(std::size_t count, std::mt19937_64& random) const {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<double> x;
    while (x.size() < 2 * count) {
      const bool is_first = uniform(random) < kShare;
      const double a = normal(random), b = normal(random);
      const double u = is_first ? -1 + 0.5 * a : 1 + 0.8 * a;
      const double v = is_first ? 0.5 + 0.4 * b : 0.6 * a - 0.5 + 0.4 * b;
      if (std::fabs(u) >= kEdge || std::fabs(v) >= kEdge) continue;
      x.insert(x.end(), {u, v});
    }
    return x;
  }
  // What is cut off is less than 1e-3 of all and counts as nothing.
  double mean_log(const std::vector<double>& x) const {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); i += 2) {
      const double u = x[i], v = x[i + 1], a = (u - 1) / 0.8;
      const double first = gauss((u + 1) / 0.5) / 0.5 * gauss((v - 0.5) / 0.4) / 0.4;
      const double second = gauss(a) / 0.8 * gauss((v + 0.5 - 0.6 * a) / 0.4) / 0.4;
      sum += std::log(kShare * first + (1 - kShare) * second);
    }
    return 2 * sum / static_cast<double>(x.size());
  }

  static constexpr double kEdge = 4;

 private:
  static constexpr double kShare = 0.4;
  static double gauss(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2 * kPi); }
};

// The bins that have rows, of so many in each variable, with how many rows they have.
Data counts_of(const std::vector<double>& x, std::size_t bins) {
  const double edge = Bumps::kEdge, width = 2 * edge / static_cast<double>(bins);
  std::vector<double> counts(bins * bins);
  const auto bin = [&](double value) {
    return std::min(bins - 1, static_cast<std::size_t>((value + edge) / width));
  };
  for (std::size_t i = 0; i < x.size(); i += 2) counts[bin(x[i]) * bins + bin(x[i + 1])] += 1;
  Data data{std::to_string(bins) + " x " + std::to_string(bins) + " counts"};
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] == 0) continue;
    const double u = -edge + width * static_cast<double>(k / bins);
    const double v = -edge + width * static_cast<double>(k % bins);
    data.x.insert(data.x.end(), {u, v});
    data.y.insert(data.y.end(), {u + width, v + width});
    data.weights.push_back(counts[k]);
  }
  return data;
}

// Rounded to multiples of a step.
Data rounded(const std::vector<double>& x, double step) {
  Data data{"rounded to 0.1"};
  for (const double value : x) {
    const double middle = step * std::round(value / step);
    data.x.push_back(middle - 0.5 * step);
    data.y.push_back(middle + 0.5 * step);
  }
  return data;
}

void compare_bins(const std::string& name, const finn::Network& network, finn_precision precision,
                  std::uint64_t seeds, std::int64_t steps) {
  const Bumps truth;
  std::vector<std::string> names;
  std::vector<std::vector<double>> losses;
  const Setting setting{network, finn::Domain::open_box({-4.0, -4.0}, {4.0, 4.0}), precision};
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    std::mt19937_64 random(100 + seed);
    const std::vector<double> x = truth.draw(10000, random), test = truth.draw(kTestRows, random);
    const std::vector<Data> all = {
        {"the rows"}, counts_of(x, 20), counts_of(x, 10), rounded(x, 0.1)};
    names.clear();
    losses.resize(all.size());
    for (std::size_t k = 0; k < all.size(); ++k) {
      Data data = all[k];
      if (k == 0) data.x = x;
      names.push_back(data.name);
      losses[k].push_back(lost(setting, data, test, truth.mean_log(test), {steps, seed}));
    }
  }
  print(name, names, losses);
}

// Times of a Weibull distribution, of which one that is later than an exponential time is only
// known to be later than that.
struct Censored {
  std::vector<double> time, known;
  std::vector<bool> is_seen;
  double share = 0;

  Censored(std::size_t count, double shape, double mean_limit, std::mt19937_64& random) {
    std::weibull_distribution<double> weibull(shape, 1);
    std::exponential_distribution<double> limit(1 / mean_limit);
    for (std::size_t i = 0; i < count; ++i) {
      const double t = weibull(random), c = limit(random);
      time.push_back(t);
      known.push_back(std::fmin(t, c));
      is_seen.push_back(t <= c);
      share += t <= c ? 0 : 1 / static_cast<double>(count);
    }
  }
};

void compare_censored(const std::string& name, const finn::Network& network, double shape,
                      std::uint64_t seeds, std::int64_t steps) {
  std::vector<std::string> names;
  std::vector<std::vector<double>> losses(4);
  const Setting setting{network, finn::Domain::half_line(0, FINN_UPWARD, 1, FINN_TAIL_EXPONENTIAL)};
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    std::mt19937_64 random(200 + seed);
    const Censored rows(3000, shape, 1.3, random);
    Data whole{"all times known", rows.time}, censored{"interval likelihood"};
    Data dropped{"censored rows left out"}, exact{"censored times taken as known", rows.known};
    for (std::size_t i = 0; i < rows.time.size(); ++i) {
      censored.x.push_back(rows.known[i]);
      censored.y.push_back(rows.is_seen[i] ? rows.known[i] : kEndless);
      if (rows.is_seen[i]) dropped.x.push_back(rows.known[i]);
    }
    std::vector<double> test;
    double log_truth = 0;
    std::weibull_distribution<double> weibull(shape, 1);
    for (std::size_t i = 0; i < kTestRows; ++i) {
      const double t = weibull(random);
      test.push_back(t);
      log_truth += (std::log(shape) + (shape - 1) * std::log(t) - std::pow(t, shape)) / kTestRows;
    }
    names.clear();
    const Data* all[] = {&whole, &censored, &dropped, &exact};
    for (std::size_t k = 0; k < 4; ++k) {
      names.push_back(all[k]->name);
      losses[k].push_back(lost(setting, *all[k], test, log_truth, {steps, seed}));
    }
    std::printf("%.0f %% censored\n", 100 * rows.share);
  }
  print(name, names, losses);
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t seeds = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 3;
  const std::int64_t steps = count > 2 ? std::strtoll(arguments[2], nullptr, 10) : 3000;
  const finn::Network plane = finn::Network::mixture(2), line = finn::Network::mixture(1);
  const finn::Network mlp = finn::Network::mlp(2), mlp_line = finn::Network::mlp(1);
  std::printf("bins and rounded rows, of 10000 rows of two bumps\n");
  compare_bins("mixture", plane, FINN_FLOAT64, seeds, steps);
  compare_bins("mixture, float32", plane, FINN_FLOAT32, seeds, steps);
  compare_bins("mlp", mlp, FINN_FLOAT64, seeds, steps);
  std::printf("censored rows, 3000 times of a Weibull distribution of shape 1.5\n");
  compare_censored("mixture", line, 1.5, seeds, steps);
  compare_censored("mlp", mlp_line, 1.5, seeds, steps);
  std::printf("censored rows, 3000 exponential times\n");
  compare_censored("mixture", line, 1, seeds, steps);
  return 0;
}
