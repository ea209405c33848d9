#include "finn/training/loss_trend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace finn::net {
namespace {

struct Mean {
  double value, squared_error;  // of the mean, with losses that know nothing of each other
};

Mean mean_of(std::span<const double> losses) {
  const auto count = static_cast<double>(losses.size());
  double mean = 0, squares = 0;
  for (const double loss : losses) mean += loss / count;
  for (const double loss : losses) squares += (loss - mean) * (loss - mean);
  return {mean, squares / (count - 1) / count};
}

}  // namespace

double smoothed_end(std::span<const double> losses) {
  if (losses.empty()) return std::numeric_limits<double>::quiet_NaN();
  const std::size_t count = std::min<std::size_t>(losses.size(), kSmoothedSteps);
  return mean_of(losses.last(count)).value;
}

double gain_of(std::span<const double> losses) {
  return losses.empty() ? 0 : std::fmax(losses.front() - smoothed_end(losses), 0);
}

bool still_falls(std::span<const double> losses) {
  const std::size_t tenth = losses.size() / 10;
  if (tenth < 3) return false;
  const Mean end = mean_of(losses.last(tenth));
  const Mean before = mean_of(losses.subspan(losses.size() - 2 * tenth, tenth));
  const double fall = before.value - end.value;
  const double error = std::sqrt(before.squared_error + end.squared_error);
  return fall > kLeastShare * gain_of(losses) && fall > 3 * error;
}

}  // namespace finn::net
