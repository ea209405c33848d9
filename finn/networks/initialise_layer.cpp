#include "finn/networks/initialise_layer.hpp"

#include <algorithm>
#include <cmath>

#include "core/jet.hpp"
#include "core/shape.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "ops/compose.hpp"

namespace finn::net {
namespace {

constexpr double kSpread = 1.0;  // standard deviation of a pre-activation over the points

// Values [count][in] sent through a layer, [count][out].
std::vector<double> values_through(const std::vector<double>& values, int count,
                                   const ops::Layer<double>& layer,
                                   const ops::Activation<double>* phi) {
  core::Tape<double> tape;
  std::vector<double> result(static_cast<std::size_t>(core::checked_product(count, layer.out)));
  const core::Tiling<double> tiles(count, 0);
  for (std::int64_t t = 0; t < tiles.count(); ++t) {
    const core::Tile tile = tiles[t];
    tape.begin(tile.samples, core::Mode::evaluate);
    core::Jet<double> h = tape.value(layer.in);
    core::gather(values.data() + tile.first * layer.in, tile.samples, h);
    h = ops::affine(tape, h, layer);
    if (phi != nullptr) h = ops::compose(tape, h, *phi);
    core::scatter(h.value, h.features, h.lanes, tile.samples,
                  result.data() + tile.first * layer.out);
  }
  return result;
}

// How far from its mean over the points a pre-activation is at a corner.
double reach_of(const Points& z, const Statistics& statistics, int unit) {
  const auto j = static_cast<std::size_t>(unit);
  double reach = 0;
  for (std::size_t k = j; k < z.corners.size(); k += static_cast<std::size_t>(z.features)) {
    reach = std::fmax(reach, std::fabs(z.corners[k] - statistics.mean[j]));
  }
  return reach;
}

}  // namespace

Points through_layer(const Points& points, const ops::Layer<double>& layer,
                     const ops::Activation<double>* phi) {
  Points result{values_through(points.values, points.count, layer, phi), points.count, layer.out};
  if (!points.corners.empty()) result.corners = values_through(points.corners, 2, layer, phi);
  return result;
}

void draw_layer(bool positive, const ops::Layer<double>& layer, const Points& points,
                core::Random& random, double* weights, double* bias) {
  for (int i = 0; i < layer.out * layer.in; ++i) {
    const double draw = random.normal();
    weights[i] = positive ? std::fabs(draw) : draw;
  }
  std::fill_n(bias, layer.out, 0.0);
  const Points z = through_layer(points, layer, nullptr);
  const Statistics statistics = statistics_of(z);
  for (int unit = 0; unit < layer.out; ++unit) {
    const auto j = static_cast<std::size_t>(unit);
    const double deviation = statistics.deviation[j];
    const double rounding = 1e-12 * std::fabs(statistics.mean[j]);
    double factor = deviation > rounding ? kSpread / deviation : 1.0;
    const double reach = unit == 0 ? reach_of(z, statistics, unit) : 0;
    if (reach > 0) factor = std::fmin(factor, kSpread / reach);
    for (int k = 0; k < layer.in; ++k) weights[unit * layer.in + k] *= factor;
    bias[unit] = random.uniform(-kSpread, kSpread) - factor * statistics.mean[j];
  }
}

}  // namespace finn::net
