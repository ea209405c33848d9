#include "finn/queries/mode.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "finn/domains/domain.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/sampler.hpp"

namespace finn::net {
namespace {

constexpr std::size_t kPeaks = 8;
constexpr double kSmallestStep = 1e-9;  // of the spread of the samples

// Points beside what is given, as density takes them, with the logarithms there.
class Climber {
 public:
  Climber(const Distribution& distribution, Workspace& workspace, const double* given)
      : distribution_(distribution), workspace_(workspace), given_(given) {}

  // points [count][variables].
  std::vector<double> logs_at(const std::vector<double>& points) {
    const auto n = static_cast<std::size_t>(distribution_.variables());
    const auto more = static_cast<std::size_t>(distribution_.given_columns());
    std::vector<double> rows;
    for (std::size_t first = 0; first < points.size(); first += n) {
      const auto point = points.begin() + static_cast<std::ptrdiff_t>(first);
      rows.insert(rows.end(), point, point + static_cast<std::ptrdiff_t>(n));
      rows.insert(rows.end(), given_, given_ + more);
    }
    std::vector<double> logs(points.size() / n);
    density(distribution_, workspace_, rows.data(), static_cast<std::int64_t>(logs.size()), nullptr,
            logs.data());
    return logs;
  }

  // Moves x up until no step of kSmallestStep times spread along an axis leads higher; returns the
  // logarithm there.
  double climb(std::vector<double>& x, double log, const std::vector<double>& spread) {
    for (double step = 0.5; step > kSmallestStep;) {
      std::vector<double> around;
      for (std::size_t i = 0; i < 2 * x.size(); ++i) {
        around.insert(around.end(), x.begin(), x.end());
        around[i * x.size() + i / 2] += (i % 2 == 0 ? step : -step) * spread[i / 2];
      }
      const std::vector<double> logs = logs_at(around);
      const auto best = std::max_element(logs.begin(), logs.end());
      if (!(*best > log)) {
        step /= 2;
        continue;
      }
      log = *best;
      const std::ptrdiff_t first = (best - logs.begin()) * static_cast<std::ptrdiff_t>(x.size());
      std::copy_n(around.begin() + first, x.size(), x.begin());
    }
    return log;
  }

 private:
  const Distribution& distribution_;
  Workspace& workspace_;
  const double* given_;
};

// The standard deviation of each of n columns.
std::vector<double> spread_of(const std::vector<double>& points, std::size_t n) {
  std::vector<double> spread(n);
  const double count = static_cast<double>(points.size()) / static_cast<double>(n);
  for (std::size_t k = 0; k < n; ++k) {
    double mean = 0, squares = 0;
    for (std::size_t at = k; at < points.size(); at += n) mean += points[at] / count;
    for (std::size_t at = k; at < points.size(); at += n) {
      squares += (points[at] - mean) * (points[at] - mean) / count;
    }
    spread[k] = std::sqrt(squares);
  }
  return spread;
}

}  // namespace

void mode(const Distribution& distribution, Workspace& workspace, const SampleMean& by, double* x,
          double* log_density) {
  const auto n = static_cast<std::size_t>(distribution.variables());
  std::vector<double> given, points(static_cast<std::size_t>(by.samples) * n);
  for (std::int64_t r = 0; r < by.samples; ++r) {
    given.insert(given.end(), by.given, by.given + distribution.given_columns());
  }
  sample(distribution, workspace, by.seed, 0, given.empty() ? nullptr : given.data(), by.samples,
         points.data());
  Climber climber(distribution, workspace, by.given);
  const std::vector<double> logs = climber.logs_at(points), spread = spread_of(points, n);
  std::vector<std::size_t> order(logs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return logs[a] != logs[b] ? logs[a] > logs[b] : a < b;
  });
  const auto point = [&](std::size_t sample) {
    const auto first = points.begin() + static_cast<std::ptrdiff_t>(sample * n);
    return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(n));
  };
  // A sample near one from which a search has begun would lead to the same peak.
  std::vector<std::size_t> begun;
  const auto is_near = [&](std::size_t a, std::size_t b) {
    for (std::size_t k = 0; k < n; ++k) {
      if (std::fabs(points[a * n + k] - points[b * n + k]) > 0.5 * spread[k]) return false;
    }
    return true;
  };
  double best = Domain::kOutside;
  for (const std::size_t candidate : order) {
    if (begun.size() == kPeaks) break;
    if (std::any_of(begun.begin(), begun.end(),
                    [&](std::size_t other) { return is_near(candidate, other); })) {
      continue;
    }
    begun.push_back(candidate);
    std::vector<double> at = point(candidate);
    const double log = climber.climb(at, logs[candidate], spread);
    if (!(log > best)) continue;
    best = log;
    std::copy(at.begin(), at.end(), x);
  }
  if (log_density != nullptr) *log_density = best;
}

}  // namespace finn::net
