#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/initialise_layer.hpp"
#include "finn/networks/layer_layout.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/points.hpp"
#include "ops/affine.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

// The narrowest axis unit, as a share of the spread of the points.
constexpr double kLeastWidth = 1e-3;

// The entry of a sorted list at a rank from 0 to 1; beyond these the first and the last one.
double quantile(const std::vector<double>& sorted, double rank) {
  const double place = std::clamp(rank, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(place))];
}

Points flipped(const Points& points, std::uint64_t flipped) {
  Points result = points;
  for (std::size_t k = 0; k < result.values.size(); ++k) {
    const std::size_t feature = k % static_cast<std::size_t>(points.features);
    if ((flipped >> feature & 1) != 0) result.values[k] = -result.values[k];
  }
  return result;
}

// Appends the features of more to each point.
Points joined(const Points& points, const Points& more) {
  Points result{{}, points.count, points.features + more.features};
  for (int p = 0; p < points.count; ++p) {
    for (int j = 0; j < points.features; ++j) result.values.push_back(points(p, j));
    for (int j = 0; j < more.features; ++j) result.values.push_back(more(p, j));
  }
  return result;
}

// The read-out of all hidden layers is drawn as one layer whose inputs are those of the layers in
// order, and cut into their pieces.
void draw_skip_read_out(const Stack& stack, bool positive, const Points& hidden,
                        core::Random& random, double* weights) {
  const LayerLayout& last = stack.layers.back();
  std::vector<double> all(static_cast<std::size_t>(hidden.features * last.out));
  const ops::Layer<double> layer{hidden.features,     last.out, all.data(),
                                 weights + last.bias, nullptr,  nullptr};
  draw_layer(positive, layer, hidden, random, all.data(), weights + last.bias);
  int first = 0;
  const auto cut = [&](const LayerLayout& at) {
    for (int o = 0; o < at.out; ++o) {
      std::copy_n(all.data() + o * hidden.features + first, at.in,
                  weights + at.weights + o * at.in);
    }
    first += at.in;
  };
  for (const LayerLayout& at : stack.skips) cut(at);
  cut(last);
}

// The axis units of a stack: their centres lie at quantiles of the points, evenly in rank, with
// widths from one to the next. Returns the points with the values of the units behind them.
Points draw_axis_units(const Mlp& network, const Stack& stack, const Points& points,
                       core::Random& random, double* weights) {
  const int units = network.axis_units();
  if (units == 0) return points;
  double* slopes = weights + network.blocks()[stack.first_block].begin;
  double* locations = weights + network.blocks()[stack.first_block + 1].begin;
  Points values{
      std::vector<double>(static_cast<std::size_t>(points.count * points.features * units)),
      points.count, points.features * units};
  std::vector<double> sorted(static_cast<std::size_t>(points.count));
  for (int i = 0; i < points.features; ++i) {
    for (int p = 0; p < points.count; ++p) sorted[static_cast<std::size_t>(p)] = points(p, i);
    std::sort(sorted.begin(), sorted.end());
    const double least = kLeastWidth * (sorted.back() - sorted.front());
    for (int k = 0; k < units; ++k) {
      const double rank = (k + random.uniform(0, 1)) / units, half = 0.5 / units;
      const double width = quantile(sorted, rank + half) - quantile(sorted, rank - half);
      const int unit = i * units + k;
      slopes[unit] = 1 / (std::sqrt(2.0) * (width > least ? width : least > 0 ? least : 1.0));
      locations[unit] = -slopes[unit] * quantile(sorted, rank);
      for (int p = 0; p < points.count; ++p) {
        values.values[static_cast<std::size_t>(p * values.features + unit)] =
            0.5 * std::erfc(-(slopes[unit] * points(p, i) + locations[unit]));
      }
    }
  }
  return joined(points, values);
}

ops::Layer<double> layer_of(const LayerLayout& at, const double* weights) {
  return {at.in, at.out, weights + at.weights, weights + at.bias, nullptr, nullptr};
}

void draw_stack(const Mlp& network, const Stack& stack, Points points, core::Random& random,
                double* weights) {
  const bool positive = network.shape().positivity != ops::Positivity::none;
  const auto phi = network.activation<double>();
  const bool skips = !stack.skips.empty();
  points = draw_axis_units(network, stack, points, random, weights);
  Points hidden{{}, points.count, 0};
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const LayerLayout& at = stack.layers[l];
    if (skips && l + 1 == stack.layers.size()) break;
    const ops::Layer<double> layer = layer_of(at, weights);
    draw_layer(positive, layer, points, random, weights + at.weights, weights + at.bias);
    points = through_layer(points, layer, &phi);
    if (skips) hidden = joined(hidden, points);
  }
  if (skips) draw_skip_read_out(stack, positive, hidden, random, weights);
}

}  // namespace

void Mlp::draw_weights(const Points& points, core::Random& random, double* weights) const {
  for (const Stack& stack : stacks_) {
    draw_stack(*this, stack, flipped(points, stack.flipped), random, weights);
  }
}

}  // namespace finn::net
