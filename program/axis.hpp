#pragma once

#include <string>
#include <vector>

#include "program/svg.hpp"

namespace program {

// Numbers from least to most along a line of pixels from begin to end.
struct Axis {
  double least;
  double most;
  double begin;
  double end;
  std::string name;

  double at(double value) const { return begin + (value - least) / (most - least) * (end - begin); }
};

// Round numbers within an axis, some 5 of them.
std::vector<double> ticks_of(const Axis& axis);

// A frame with ticks, numbers and names: x along the bottom, y along the left.
void draw_frame(Svg& svg, const Axis& x, const Axis& y);
// Ticks, numbers and the name to the right of a bar that ends at this x.
void draw_right(Svg& svg, const Axis& y, double right);

}  // namespace program
