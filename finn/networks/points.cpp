#include "finn/networks/points.hpp"

#include <cmath>

namespace finn::net {

Statistics statistics_of(const Points& points) {
  const auto features = static_cast<std::size_t>(points.features);
  Statistics statistics{std::vector<double>(features), std::vector<double>(features)};
  for (int j = 0; j < points.features; ++j) {
    double sum = 0;
    double squares = 0;
    for (int p = 0; p < points.count; ++p) sum += points(p, j);
    const double mean = sum / points.count;
    for (int p = 0; p < points.count; ++p) squares += std::pow(points(p, j) - mean, 2);
    statistics.mean[static_cast<std::size_t>(j)] = mean;
    statistics.deviation[static_cast<std::size_t>(j)] = std::sqrt(squares / points.count);
  }
  return statistics;
}

}  // namespace finn::net
