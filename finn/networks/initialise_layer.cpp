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

}  // namespace

Points through_layer(const Points& points, const ops::Layer<double>& layer,
                     const ops::Activation<double>* phi) {
  core::Tape<double> tape;
  const auto count = static_cast<std::size_t>(core::checked_product(points.count, layer.out));
  Points result{std::vector<double>(count), points.count, layer.out};
  const core::Tiling<double> tiles(points.count, 0);
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

void draw_layer(bool positive, const ops::Layer<double>& layer, const Points& points,
                core::Random& random, double* weights, double* bias) {
  for (int i = 0; i < layer.out * layer.in; ++i) {
    const double draw = random.normal();
    weights[i] = positive ? std::fabs(draw) : draw;
  }
  std::fill_n(bias, layer.out, 0.0);
  const Statistics statistics = statistics_of(through_layer(points, layer, nullptr));
  for (int unit = 0; unit < layer.out; ++unit) {
    const auto j = static_cast<std::size_t>(unit);
    const double deviation = statistics.deviation[j];
    const double rounding = 1e-12 * std::fabs(statistics.mean[j]);
    const double factor = deviation > rounding ? kSpread / deviation : 1.0;
    for (int k = 0; k < layer.in; ++k) weights[unit * layer.in + k] *= factor;
    bias[unit] = random.uniform(-kSpread, kSpread) - factor * statistics.mean[j];
  }
}

}  // namespace finn::net
