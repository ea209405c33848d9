// The initial weights of each form of network (finn/model/initialise.hpp), in double.
#pragma once

#include <vector>

#include "core/random.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/mlp.hpp"

namespace finn::net {

// Values at some points: [count][features], row-major.
struct Points {
  std::vector<double> values;
  int count = 0;
  int features = 0;

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

// weights [parameter_count] are mapped weights; points are in the coordinates of the network.
void draw_weights(const Mlp& network, const Points& points, core::Random& random, double* weights);
void draw_weights(const Mixture& network, const Points& points, core::Random& random,
                  double* weights);

}  // namespace finn::net
