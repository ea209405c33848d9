#include "finn/initialise.hpp"

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "core/tile.hpp"
#include "finn/seed.hpp"

namespace finn::net {
namespace {

constexpr int kPoints = 1024;
constexpr double kSpread = 1.0;  // standard deviation of a pre-activation over the domain

// Mean and standard deviation of each unit of one layer over the points.
struct Statistics {
  std::vector<double> mean, deviation;
};

// Values of the network's first layers at the points: [point][unit], row-major.
struct Points {
  std::vector<double> values;
  int features;
};

Points draw_points(const Box& box, const Coordinates& coordinates, core::Random& random) {
  Points points{{}, box.variables};
  for (int p = 0; p < kPoints; ++p) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
      const double x = random.uniform(box.lower[i], box.upper[i]);
      points.values.push_back(coordinates.scale[i] * x + coordinates.offset[i]);
    }
  }
  return points;
}

// Sends the points through one layer and, if asked, its activation.
Points through_layer(const Points& points, const ops::Layer<double>& layer,
                     const ops::Activation<double>* phi) {
  core::Tape<double> tape;
  const auto count = static_cast<std::size_t>(core::checked_product(kPoints, layer.out));
  Points result{std::vector<double>(count), layer.out};
  const core::Tiling<double> tiles(kPoints, 0);
  for (std::int64_t t = 0; t < tiles.count(); ++t) {
    const core::Tile tile = tiles[t];
    tape.begin(tile.samples, core::Mode::evaluate);
    core::Jet<double> h = tape.value(points.features);
    core::gather(points.values.data() + tile.first * points.features, tile.samples, h);
    h = ops::affine(tape, h, layer);
    if (phi != nullptr) h = ops::compose(tape, h, *phi);
    core::scatter(h.value, h.features, h.lanes, tile.samples,
                  result.values.data() + tile.first * layer.out);
  }
  return result;
}

Statistics statistics_of(const Points& points) {
  const auto features = static_cast<std::size_t>(points.features);
  Statistics statistics{std::vector<double>(features), std::vector<double>(features)};
  for (std::size_t j = 0; j < features; ++j) {
    double sum = 0;
    double squares = 0;
    for (std::size_t p = 0; p < kPoints; ++p) sum += points.values[p * features + j];
    const double mean = sum / kPoints;
    for (std::size_t p = 0; p < kPoints; ++p) {
      squares += std::pow(points.values[p * features + j] - mean, 2);
    }
    statistics.mean[j] = mean;
    statistics.deviation[j] = std::sqrt(squares / kPoints);
  }
  return statistics;
}

// Draws one layer's weights and scales and centres its units; weights are mapped weights.
void draw_layer(const Network& network, const LayerLayout& at, const Points& points,
                core::Random& random, double* weights) {
  const bool positive = network.shape().positivity != ops::Positivity::none;
  for (std::int64_t i = at.weights; i < at.bias; ++i) {
    const double draw = random.normal();
    weights[i] = positive ? std::fabs(draw) : draw;
  }
  std::fill_n(weights + at.bias, at.out, 0.0);
  const ops::Layer<double> layer{at.in,   at.out, weights + at.weights, weights + at.bias,
                                 nullptr, nullptr};
  const Statistics statistics = statistics_of(through_layer(points, layer, nullptr));
  for (int unit = 0; unit < at.out; ++unit) {
    const auto j = static_cast<std::size_t>(unit);
    const double factor = kSpread / std::fmax(statistics.deviation[j], 1e-300);
    for (int k = 0; k < at.in; ++k) weights[at.weights + unit * at.in + k] *= factor;
    weights[at.bias + unit] = random.uniform(-kSpread, kSpread) - factor * statistics.mean[j];
  }
}

template <class T>
void store_parameters(const Network& network, const std::vector<double>& weights, T* parameters) {
  for (const LayerLayout& at : network.layers()) {
    for (std::int64_t i = at.weights; i < at.bias + at.out; ++i) {
      const double weight = weights[static_cast<std::size_t>(i)];
      parameters[i] = static_cast<T>(
          i < at.bias ? ops::parameter_of_weight(network.shape().positivity, weight) : weight);
    }
  }
}

}  // namespace

template <class T>
void initialise(Model<T>& model, std::uint64_t seed, CornerScratch& scratch) {
  const Network& network = model.network();
  core::Random random(seed);
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  const auto phi = network.shape().activation == ActivationKind::tanh
                       ? ops::tanh<double>()
                       : ops::sigma<double>(model.variables());
  Points points = draw_points(model.box(), model.coordinates(), random);
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    draw_layer(network, network.layers()[l], points, random, weights.data());
    points = through_layer(points, network.layer<double>(l, weights.data(), nullptr), &phi);
  }
  store_parameters(network, weights, model.mutable_parameters());
  model.update(scratch);
}

template void initialise(Model<float>&, std::uint64_t, CornerScratch&);
template void initialise(Model<double>&, std::uint64_t, CornerScratch&);

}  // namespace finn::net
