// The map from the free parameters of a network to its weights, and back: block by block, as the
// role of the block asks. It acts once per step, not once per tile.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "finn/networks/block.hpp"
#include "ops/positivity.hpp"
#include "ops/softmax.hpp"

namespace finn::net {

// free: the weight is the parameter. positive: P(parameter), the positivity map. shares: softmax
// over each row. bias: that of a normal with centre m, its parameter, and slope w, so that w x +
// bias = w (x - m): -w m, where the slopes are the block of the same size before it.
enum class WeightMap { free, positive, shares, bias };

constexpr WeightMap weight_map(Role role) {
  switch (role) {
    case Role::hidden_weight:
    case Role::read_out_weight:
    case Role::slope:
    case Role::coefficient:
      return WeightMap::positive;
    case Role::share:
      return WeightMap::shares;
    case Role::location:
      return WeightMap::bias;
    default:
      return WeightMap::free;
  }
}

// The map P of a block. A slope is e^parameter whatever the map of the network: then a step changes
// it by a share of itself, whether it is a thousand or a thousandth.
constexpr ops::Positivity positivity_of(ops::Positivity network, Role role) {
  return role == Role::slope ? ops::Positivity::exp : network;
}

// Where the slopes begin that belong to a block of locations.
inline std::int64_t slopes_of(const Block& locations) noexcept {
  return locations.begin - locations.size();
}

// Whether the rows of a block are in the unit of an output each.
constexpr bool has_unit(Role role) {
  return role == Role::read_out_weight || role == Role::read_out_bias || role == Role::coefficient;
}

// All arrays below are those of the whole network, [parameter_count]; only the block is touched.
// units [outputs] are what the read-out of each output is multiplied by; null is 1 for all.

// Multiplies the rows of a block by the units of their outputs.
template <class T>
void multiply_by_units(const double* units, const Block& block, T* numbers) {
  if (units == nullptr || !has_unit(block.role)) return;
  T* row = numbers + block.begin;
  for (std::int64_t r = 0; r < block.rows; ++r, row += block.columns) {
    const auto unit = static_cast<T>(units[block.first_output + r]);
    for (std::int64_t k = 0; k < block.columns; ++k) row[k] *= unit;
  }
}

// All arrays below are those of the whole network, [parameter_count]; only the block is touched,
// and by pull_back_block of locations the adjoints of their slopes.

// weights = map(parameters), in the type of the result. Slopes come before their locations.
template <class T, class U>
void map_block(ops::Positivity positivity, const Block& block, const T* parameters, U* weights,
               const double* units = nullptr) {
  U* begin = weights + block.begin;
  std::transform(parameters + block.begin, parameters + block.begin + block.size(), begin,
                 [](T parameter) { return static_cast<U>(parameter); });
  if (weight_map(block.role) == WeightMap::positive) {
    ops::map_weights(positivity_of(positivity, block.role), begin, block.size(), begin);
  } else if (weight_map(block.role) == WeightMap::shares) {
    ops::softmax(begin, block.rows, static_cast<int>(block.columns), begin);
  } else if (weight_map(block.role) == WeightMap::bias) {
    const U* slopes = weights + slopes_of(block);
    for (std::int64_t i = 0; i < block.size(); ++i) begin[i] = -(slopes[i] * begin[i]);
  }
  multiply_by_units(units, block, weights);
}

// Turns dLoss/dweights into dLoss/dparameters, in place; weights are those of the parameters.
// Locations come before their slopes, to whose adjoints they add: with b = -w m,
//   dLoss/dm = -w dLoss/db,   and dLoss/dw by way of b is -m dLoss/db.
template <class T>
void pull_back_block(ops::Positivity positivity, const Block& block, const T* parameters,
                     const T* weights, T* adjoints, const double* units = nullptr) {
  multiply_by_units(units, block, adjoints);
  const T* at = parameters + block.begin;
  T* adjoint = adjoints + block.begin;
  if (weight_map(block.role) == WeightMap::positive) {
    ops::pull_back_weights(positivity_of(positivity, block.role), at, block.size(), adjoint);
  } else if (weight_map(block.role) == WeightMap::shares) {
    ops::pull_back_softmax(at, block.rows, static_cast<int>(block.columns), adjoint);
  } else if (weight_map(block.role) == WeightMap::bias) {
    const T* slopes = weights + slopes_of(block);
    T* slope_adjoint = adjoints + slopes_of(block);
    for (std::int64_t i = 0; i < block.size(); ++i) {
      slope_adjoint[i] -= at[i] * adjoint[i];
      adjoint[i] *= -slopes[i];
    }
  }
}

template <class T, class U>
void map_parameters(ops::Positivity positivity, std::span<const Block> blocks, const T* parameters,
                    U* weights, const double* units = nullptr) {
  for (const Block& block : blocks) map_block(positivity, block, parameters, weights, units);
}

// Turns weights into parameters that map to them, in place.
void unmap_weights(ops::Positivity positivity, std::span<const Block> blocks, double* weights);

}  // namespace finn::net
