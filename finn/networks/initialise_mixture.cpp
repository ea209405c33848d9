#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"

namespace finn::net {
namespace {

// The first widths of a component: those of the points around the one on which it is centred. So
// many points that components side by side fill all of them, a twentieth of a side at least.
class Neighbourhood {
 public:
  Neighbourhood(const Points& points, const NetworkShape& shape)
      : points_(points),
        deviation_(statistics_of(points).deviation),
        order_(static_cast<std::size_t>(points.count)),
        distance_(order_.size()) {
    const double side = std::pow(static_cast<double>(shape.components), -1.0 / shape.variables);
    const double share = std::pow(std::fmax(side, kLeastShare), shape.variables);
    count_ = std::clamp<int>(static_cast<int>(std::lround(share * points.count)),
                             std::min(kFewest, points.count), points.count);
    for (double& deviation : deviation_) deviation = std::fmax(deviation, 1e-6);
  }

  // Goes to a point.
  void centre_on(int point) {
    for (int p = 0; p < points_.count; ++p) distance_[at(p)] = squared_distance(p, point);
    std::iota(order_.begin(), order_.end(), 0);
    const auto nearer = [&](int a, int b) {
      return distance_[at(a)] != distance_[at(b)] ? distance_[at(a)] < distance_[at(b)] : a < b;
    };
    std::nth_element(order_.begin(), order_.begin() + (count_ - 1), order_.end(), nearer);
    std::sort(order_.begin(), order_.begin() + count_);
  }

  // The standard deviation of the points around in a variable. Points that do not differ say
  // nothing of it: then it is a share of that of all points.
  double width(int variable) const {
    double mean = 0;
    double square = 0;
    for (int k = 0; k < count_; ++k) mean += points_(order_[at(k)], variable) / count_;
    for (int k = 0; k < count_; ++k) {
      square += std::pow(points_(order_[at(k)], variable) - mean, 2) / count_;
    }
    const double whole = deviation_[at(variable)];
    return std::sqrt(square) > 1e-9 * whole ? std::sqrt(square) : kLeastShare * whole;
  }

 private:
  static constexpr double kLeastShare = 0.05;
  static constexpr int kFewest = 8;

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  // In deviations of each variable.
  double squared_distance(int a, int b) const {
    double sum = 0;
    for (int i = 0; i < points_.features; ++i) {
      sum += std::pow((points_(a, i) - points_(b, i)) / deviation_[at(i)], 2);
    }
    return sum;
  }

  const Points& points_;
  std::vector<double> deviation_;  // of all points
  std::vector<int> order_;         // the nearest points, first
  std::vector<double> distance_;   // from the point, [points]
  int count_;
};

// The width of component j in a variable. Rows of data may lie far from all points: the first of
// several components is as wide as the box, so that f is above 0 at all of them.
double first_width(const Points& points, const Neighbourhood& neighbourhood, std::int64_t j,
                   const NetworkShape& shape, int variable) {
  const bool is_wide = j == 0 && shape.components > 1 && !points.corners.empty();
  return is_wide ? 0.5 * points.side(variable) : neighbourhood.width(variable);
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
  Neighbourhood neighbourhood(points, shape);
  for (const ComponentLayout& at : groups_) {
    for (std::int64_t j = 0; j < shape.components; ++j) {
      const auto point = static_cast<int>(random.below(static_cast<std::uint64_t>(points.count)));
      neighbourhood.centre_on(point);
      for (int i = 0; i < shape.variables; ++i) {
        const std::int64_t row = i * normals_of_variable() + j * shape.normals_per_axis;
        const double width = first_width(points, neighbourhood, j, shape, i);
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
