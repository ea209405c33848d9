// The unit in which a log likelihood takes f.
//
// f = d^nF/dx_1..dx_n is a density: its size is a product of one factor for each variable, the rate
// at which the network's coordinate grows with it. With ten variables of size 1e-5 that is 1e50 and
// leaves the range of float, although log f and its gradient are ordinary numbers. So f is counted
// in f_0 = prod_i 1/length_i, where length_i is four standard deviations of the rows, or of the box
// in raw coordinates: in lengths of its own a normal distribution has the entropy log(4.13 / 4) per
// variable, and f / f_0 is near 1 at most rows, for any number of variables. log f_0 joins log f in
// double. docs/TRAINING.md.
#pragma once

#include <array>

#include "finn/domains/box.hpp"

namespace finn::net {

struct DensityUnit {
  // The rates at which the coordinates of the network grow with x_i / length_i.
  std::array<double, kMaxBoxVariables> rate{};
  double log_value = 0;  // log f_0, in the variables of the box

  // A density of the variables of the box, counted in the unit.
  double count(double density) const noexcept { return density * root_ * root_; }

  // coordinates: those of the network; standard: those in which a standard deviation is 1.
  static DensityUnit of(const Coordinates& coordinates, const Coordinates& standard, int variables);

 private:
  // f_0^(-1/2): f_0 itself may leave the range of double.
  double root_ = 1;
};

}  // namespace finn::net
