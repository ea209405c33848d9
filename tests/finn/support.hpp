// Small models for the tests of the room finn/.
#pragma once

#include <vector>

#include "core/random.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/network_shape.hpp"
#include "ops/positivity.hpp"

namespace finn::test {

inline net::Box box_of(std::vector<double> lower, std::vector<double> upper) {
  net::Box box;
  box.variables = static_cast<int>(lower.size());
  std::copy(lower.begin(), lower.end(), box.lower.begin());
  std::copy(upper.begin(), upper.end(), box.upper.begin());
  return box;
}

// A box with sides of different lengths and a centre that is not 0.
inline net::Box skew_box(int variables) {
  std::vector<double> lower, upper;
  for (int i = 0; i < variables; ++i) {
    lower.push_back(-1.0 - 0.1 * i);
    upper.push_back(0.5 + 0.3 * i);
  }
  return box_of(lower, upper);
}

// Two hidden layers of 6 and 5, positive and scaled to an integral of 1.
inline net::ModelSettings settings_of(int variables, int outputs = 1) {
  net::ModelSettings settings;
  settings.network.variables = variables;
  settings.network.outputs = outputs;
  settings.network.widths = {6, 5};
  settings.box = skew_box(variables);
  settings.constraint.target.assign(static_cast<std::size_t>(outputs), 1.0);
  return settings;
}

// The same with plain weights and tanh, shifted to an integral of 1.
inline net::ModelSettings signed_settings_of(int variables, int outputs = 1) {
  net::ModelSettings settings = settings_of(variables, outputs);
  settings.network.positivity = ops::Positivity::none;
  settings.network.activation = net::ActivationKind::tanh;
  settings.constraint.kind = net::ConstraintKind::shift;
  return settings;
}

// The mixture, of 3 components of 2 normals per axis, likewise.
inline net::ModelSettings mixture_settings_of(int variables, int outputs = 1) {
  net::ModelSettings settings = settings_of(variables, outputs);
  settings.network.kind = net::NetworkKind::mixture;
  settings.network.widths.clear();
  settings.network.components = 3;
  settings.network.normals_per_axis = 2;
  return settings;
}

template <class T>
net::Model<T> model_of(const net::ModelSettings& settings, std::uint64_t seed = 1) {
  net::Model<T> model(settings);
  net::CornerScratch scratch;
  net::initialise(model, seed, scratch);
  return model;
}

// batch uniform points of the box, [batch][variables].
inline std::vector<double> points_in(const net::Box& box, std::int64_t batch,
                                     std::uint64_t seed = 2) {
  core::Random random(seed);
  std::vector<double> x;
  for (std::int64_t row = 0; row < batch; ++row) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
      x.push_back(random.uniform(box.lower[i], box.upper[i]));
    }
  }
  return x;
}

}  // namespace finn::test
