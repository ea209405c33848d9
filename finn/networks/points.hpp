// Values at some points, from whose statistics a network takes its first weights
// (docs/INITIALISATION.md); in double.
#pragma once

#include <cstddef>
#include <vector>

namespace finn::net {

// [count][features], row-major.
struct Points {
  std::vector<double> values;
  int count = 0;
  int features = 0;
  // Of points that are rows of data: the lowest and the highest corner, [2][features], of the box
  // in which all rows lie. Empty where the points fill the box.
  std::vector<double> corners = {};

  double side(int feature) const {
    const auto i = static_cast<std::size_t>(feature);
    return corners[i + static_cast<std::size_t>(features)] - corners[i];
  }

  double operator()(int point, int feature) const {
    return values[static_cast<std::size_t>(point) * static_cast<std::size_t>(features) +
                  static_cast<std::size_t>(feature)];
  }
};

// Mean and standard deviation of each feature.
struct Statistics {
  std::vector<double> mean, deviation;
};
Statistics statistics_of(const Points& points);

}  // namespace finn::net
