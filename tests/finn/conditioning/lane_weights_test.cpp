#include "finn/conditioning/lane_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

NetworkShape conditioned(NetworkShape shape, ConditioningKind kind) {
  shape.conditioning.kind = kind;
  shape.conditioning.conditions = 1;
  return shape;
}

// Random deltas, [deltas][lanes], of which every lane has others.
template <class T>
core::Jet<T> random_deltas(core::Tape<T>& tape, int count, core::Random& random) {
  const core::Jet<T> deltas = tape.value(count);
  for (int k = 0; k < count; ++k) {
    core::fill_lanes(deltas.row(0, k), deltas.lanes, tape.samples(),
                     [&](int) { return 0.3 * random.normal(); });
  }
  return deltas;
}

// A network with the weights of each lane is that with the weights that add_deltas makes of the
// deltas of the lane, for every mixed partial and integral.
void expect_weights_of_each_lane(const NetworkShape& shape) {
  constexpr int samples = 3;
  const Network network(shape);
  const Conditioning conditioning(network, {{0}, {1}});
  const int n = shape.variables;
  core::Random random(7);
  std::vector<double> parameters, weights(static_cast<std::size_t>(network.parameter_count()));
  for (std::size_t i = 0; i < weights.size(); ++i) parameters.push_back(random.normal());
  network.map_parameters(parameters.data(), weights.data());
  const Box box = test::skew_box(n);
  const std::vector<double> x = test::points_in(box, samples);
  for (VariableSet subset = 0; subset <= all_variables(n); ++subset) {
    core::Tape<double> tape, single;
    tape.begin(samples, core::Mode::evaluate);
    const core::Jet<double> deltas = random_deltas(tape, conditioning.deltas(), random);
    const LaneWeights<double> lanes(tape, shape.conditioning.kind, shape.positivity,
                                    network.blocks(), parameters.data(), weights.data(), nullptr,
                                    deltas);
    const auto at = seed(tape, Coordinates::raw(), n, subset, x.data(), n);
    const auto partial = network.mixed_partial(at, lanes);
    const auto integral = network.lane_integral(tape, Coordinates::raw(), {box}, lanes);
    for (int sample = 0; sample < samples; ++sample) {
      std::vector<double> own(deltas.features > 0 ? static_cast<std::size_t>(deltas.features) : 0);
      for (std::size_t k = 0; k < own.size(); ++k) {
        own[k] = deltas.row(0, static_cast<int>(k))[sample];
      }
      std::vector<double> changed = weights;
      conditioning.add_deltas(network, own.data(), parameters.data(), changed.data());
      single.begin(1, core::Mode::evaluate);
      const SharedWeights<double> shared(single, changed.data(), nullptr);
      const auto point = seed(single, Coordinates::raw(), n, subset, x.data() + sample * n, n);
      const double expected = network.mixed_partial(point, shared).row(0, 0)[0];
      EXPECT_NEAR(partial.row(0, 0)[sample], expected, 1e-13 * (1 + std::fabs(expected)))
          << "subset " << subset << ", sample " << sample;
      const double whole =
          network.lane_integral(single, Coordinates::raw(), {box}, shared).of(0, 0).value;
      EXPECT_NEAR(integral.of(0, sample).value, whole, 1e-12 * (1 + std::fabs(whole)));
    }
  }
}

TEST(LaneWeights, areThoseOfEachSampleForEveryFormAndNetwork) {
  for (const auto kind :
       {ConditioningKind::film, ConditioningKind::hypernetwork, ConditioningKind::inputs}) {
    SCOPED_TRACE(static_cast<int>(kind));
    NetworkShape mlp = test::settings_of(2).network;
    expect_weights_of_each_lane(conditioned(mlp, kind));
    mlp.orthants = 2;
    mlp.skip_read_out = true;
    expect_weights_of_each_lane(conditioned(mlp, kind));
    mlp = test::settings_of(2).network;
    mlp.last_activation = true;
    mlp.positivity = ops::Positivity::softplus;
    expect_weights_of_each_lane(conditioned(mlp, kind));
    NetworkShape mixture = test::mixture_settings_of(2).network;
    expect_weights_of_each_lane(conditioned(mixture, kind));
    mixture.normals_per_axis = 1;
    mixture.positivity = ops::Positivity::exp;
    expect_weights_of_each_lane(conditioned(mixture, kind));
  }
}

TEST(LaneWeights, leaveSharedWhatNothingChanges) {
  const Network network(conditioned(test::settings_of(2).network, ConditioningKind::inputs));
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()), 1.0);
  core::Tape<double> tape;
  tape.begin(2, core::Mode::evaluate);
  const core::Jet<double> deltas = tape.value(6 + 5);
  std::fill_n(deltas.value, deltas.size(), 0.0);
  const LaneWeights<double> lanes(tape, ConditioningKind::inputs, ops::Positivity::abs,
                                  network.blocks(), weights.data(), weights.data(), nullptr,
                                  deltas);
  EXPECT_TRUE(lanes.is_shared(0, 1));   // the first weights
  EXPECT_FALSE(lanes.is_shared(0, 2));  // and their biases
  EXPECT_TRUE(lanes.is_shared(4, 2));   // the read-out
}

}  // namespace
}  // namespace finn::net
