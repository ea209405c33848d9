#include <algorithm>
#include <cmath>

#include "core/random.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"

namespace finn::net {
namespace {

// Standard deviation of a component along a variable in which the points have the given one: so
// many components side by side fill the points.
double width_of(double deviation, const NetworkShape& shape) {
  const double share = std::pow(static_cast<double>(shape.components), -1.0 / shape.variables);
  return std::fmax(deviation, 1e-6) * std::fmax(share, 0.05);
}

// One component of a variable, centred on a point: its normals lie around it, up to a width away.
// phi is the density of a normal distribution of standard deviation 1 / (sqrt(2) slope).
void draw_normals(double centre, double width, int normals, core::Random& random, double* slopes,
                  double* biases) {
  for (int k = 0; k < normals; ++k) {
    slopes[k] = 1 / (std::sqrt(2.0) * width);
    const double shift = normals == 1 ? 0.0 : random.uniform(-width, width);
    biases[k] = -slopes[k] * (centre + shift);
  }
}

}  // namespace

void Mixture::draw_weights(const Points& points, core::Random& random, double* weights) const {
  const NetworkShape& shape = shape_;
  const Statistics statistics = statistics_of(points);
  for (const ComponentLayout& at : groups_) {
    for (std::int64_t j = 0; j < shape.components; ++j) {
      const auto point = static_cast<int>(random.below(static_cast<std::uint64_t>(points.count)));
      for (int i = 0; i < shape.variables; ++i) {
        const std::int64_t row = i * normals_of_variable() + j * shape.normals_per_axis;
        const double width = width_of(statistics.deviation[static_cast<std::size_t>(i)], shape);
        draw_normals(points(point, i), width, shape.normals_per_axis, random,
                     weights + at.slopes + row, weights + at.locations + row);
      }
    }
    if (has_shares())
      std::fill_n(weights + at.shares, normals_of_all(), 1.0 / shape.normals_per_axis);
    std::fill_n(weights + at.coefficients, std::int64_t{1} * at.outputs * shape.components,
                1.0 / shape.components);
  }
}

}  // namespace finn::net
