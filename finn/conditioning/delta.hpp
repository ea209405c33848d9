// What the conditions of a sample change in a block of parameters: one table of role x form.
#pragma once

#include <cmath>
#include <cstdint>

#include "finn/networks/block.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::net {

// none: the block is the same for all samples. offset: a number is added to every free parameter,
// before the map to weights. scale: every weight is multiplied by the exponential of a number.
// row_scale: so is every row of weights, by one number a row.
enum class Delta { none, offset, scale, row_scale };

// A row for each role, in the order of Role; a column for each form, in that of ConditioningKind.
// film is FiLM, feature-wise linear modulation (Perez et al. 2018): units are scaled and
// moved. docs/CONDITIONING.md.
inline constexpr Delta kDeltas[kRoles][4] = {
    // none       film              hypernetwork   inputs
    {Delta::none, Delta::row_scale, Delta::offset, Delta::none},  // hidden_weight
    {Delta::none, Delta::offset, Delta::offset, Delta::offset},   // hidden_bias
    {Delta::none, Delta::scale, Delta::offset, Delta::none},      // read_out_weight
    {Delta::none, Delta::none, Delta::offset, Delta::none},       // read_out_bias
    {Delta::none, Delta::none, Delta::offset, Delta::none},       // slope
    {Delta::none, Delta::offset, Delta::offset, Delta::offset},   // location
    {Delta::none, Delta::none, Delta::offset, Delta::none},       // share
    {Delta::none, Delta::scale, Delta::offset, Delta::none},      // coefficient
};

constexpr Delta delta_of(ConditioningKind form, Role role) {
  return kDeltas[static_cast<int>(role)][static_cast<int>(form)];
}

// The factor that a delta of a scale or row scale is: exp(delta) within 0.04 % up to |delta| = 1,
// and between e^-30 and e^30 whatever the delta. Without bounds conditions beyond the range of the
// rows scale layers by what float cannot hold, and the integral overflows.
inline constexpr double kLargestLogScale = 30;

inline double scale_of(double delta) {
  return std::exp(kLargestLogScale * std::tanh(delta / kLargestLogScale));
}

// How many numbers the delta of a block takes.
constexpr std::int64_t delta_count(Delta delta, const Block& block) {
  if (delta == Delta::none) return 0;
  return delta == Delta::row_scale ? block.rows : block.size();
}

}  // namespace finn::net
