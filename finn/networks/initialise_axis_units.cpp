#include "finn/networks/initialise_axis_units.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace finn::net {
namespace {

// The narrowest axis unit, as a share of the spread of the points.
constexpr double kLeastWidth = 1e-3;

std::vector<double> sorted_feature(const Points& points, int feature) {
  std::vector<double> sorted;
  for (int p = 0; p < points.count; ++p) sorted.push_back(points(p, feature));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// The entry of a sorted list at a rank from 0 to 1; beyond these the first and the last one.
double quantile(const std::vector<double>& sorted, double rank) {
  const double place = std::clamp(rank, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(place))];
}

// The width of a unit that has this rank among `units`. Points that do not differ have width 1.
double width_at(const std::vector<double>& sorted, double rank, int units) {
  const double least = kLeastWidth * (sorted.back() - sorted.front());
  const double half = 0.5 / units;
  const double width = quantile(sorted, rank + half) - quantile(sorted, rank - half);
  if (width > least) return width;
  return least > 0 ? least : 1.0;
}

// The values of the units at points, [points][features * units].
std::vector<double> values_at(const std::vector<double>& points, int features, int units,
                              const double* slopes, const double* locations) {
  std::vector<double> values;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const int first = static_cast<int>(k) % features * units;
    for (int unit = first; unit < first + units; ++unit) {
      values.push_back(0.5 * std::erfc(-(slopes[unit] * points[k] + locations[unit])));
    }
  }
  return values;
}

// Appends more values to each of so many points.
std::vector<double> joined_values(const std::vector<double>& points,
                                  const std::vector<double>& more, std::size_t count) {
  std::vector<double> result;
  const auto append = [&](const std::vector<double>& values, std::size_t point) {
    const std::size_t size = values.size() / count;
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(point * size);
    result.insert(result.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
  };
  for (std::size_t point = 0; point < count; ++point) {
    append(points, point);
    append(more, point);
  }
  return result;
}

}  // namespace

Points draw_axis_units(const Points& points, int units, core::Random& random, double* slopes,
                       double* locations) {
  for (int i = 0; i < points.features; ++i) {
    const std::vector<double> sorted = sorted_feature(points, i);
    for (int k = 0; k < units; ++k) {
      const double rank = (k + random.uniform(0, 1)) / units;
      const int unit = i * units + k;
      slopes[unit] = 1 / (std::sqrt(2.0) * width_at(sorted, rank, units));
      locations[unit] = -slopes[unit] * quantile(sorted, rank);
    }
  }
  const auto values_of = [&](const std::vector<double>& of) {
    return values_at(of, points.features, units, slopes, locations);
  };
  return joined(points, {values_of(points.values), points.count, points.features * units,
                         values_of(points.corners)});
}

Points joined(const Points& points, const Points& more) {
  return {joined_values(points.values, more.values, static_cast<std::size_t>(points.count)),
          points.count, points.features + more.features,
          points.corners.empty() ? std::vector<double>{}
                                 : joined_values(points.corners, more.corners, 2)};
}

}  // namespace finn::net
