#include "finn/model/initialise.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/random.hpp"
#include "finn/conditioning/initialise_conditioning.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/points.hpp"
#include "finn/networks/weight_map.hpp"

namespace finn::net {
namespace {

constexpr int kPoints = 1024;

std::array<double, kMaxBoxVariables> uniform_in_box(const Box& box, core::Random& random) {
  std::array<double, kMaxBoxVariables> u;
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    u[i] = random.uniform(box.lower[i], box.upper[i]);
  }
  return u;
}

// kPoints points in the coordinates of the network: uniform ones of the box, or rows drawn from the
// given ones; all of those in order where there are fewer.
Points draw_points(const Region& region, const Coordinates& coordinates, const InitialPoints& given,
                   int columns, core::Random& random) {
  const Box& box = region.box;
  const bool all = given.count > 0 && given.count <= kPoints;
  Points points{{}, all ? static_cast<int>(given.count) : kPoints, box.variables};
  for (const auto* limits : {&box.lower, &box.upper}) {
    for (std::size_t i = 0; given.count > 0 && i < static_cast<std::size_t>(box.variables); ++i) {
      points.corners.push_back(coordinates.scale[i] * (*limits)[i] + coordinates.offset[i]);
    }
  }
  for (int p = 0; p < points.count; ++p) {
    std::int64_t row = p;
    if (given.count > kPoints) {
      row = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(given.count)));
    }
    std::array<double, kMaxBoxVariables> u;
    if (given.count > 0) {
      region.to_box(given.rows + row * columns, u.data());
    } else {
      u = uniform_in_box(box, random);
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
      points.values.push_back(coordinates.scale[i] * u[i] + coordinates.offset[i]);
    }
  }
  return points;
}

std::vector<double> initial_parameters(const Network& network, const Points& points,
                                       core::Random& random) {
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  network.visit([&](const auto& form) { form.draw_weights(points, random, weights.data()); });
  unmap_weights(network.shape().positivity, network.blocks(), weights.data());
  return weights;
}

}  // namespace

template <class T>
void initialise(Model<T>& model, std::uint64_t seed, CornerScratch& scratch,
                const InitialPoints& given) {
  core::Random random(seed);
  const Points points =
      draw_points(model.region(), model.coordinates(), given, model.columns(), random);
  const std::vector<double> of_network = initial_parameters(model.network(), points, random);
  T* parameters = model.mutable_parameters();
  std::fill_n(parameters, model.layout().trained_count(), T(0));
  std::transform(of_network.begin(), of_network.end(), parameters,
                 [](double parameter) { return static_cast<T>(parameter); });
  draw_conditioning(model.conditioning(), random, parameters + model.layout().conditioning());
  model.update(scratch);
  if (given.count == 0) model.set_seed(seed);
}

template void initialise(Model<float>&, std::uint64_t, CornerScratch&, const InitialPoints&);
template void initialise(Model<double>&, std::uint64_t, CornerScratch&, const InitialPoints&);

}  // namespace finn::net
