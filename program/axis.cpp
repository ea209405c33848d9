#include "program/axis.hpp"

#include <algorithm>
#include <cmath>

#include "program/text.hpp"

namespace program {
namespace {

constexpr const char* kLine = "fill=\"none\" stroke=\"#444\"";
constexpr double kTick = 5;

std::string line(double x0, double y0, double x1, double y1) {
  return "M" + pixels(x0) + " " + pixels(y0) + "L" + pixels(x1) + " " + pixels(y1);
}

// The round number, 1, 2 or 5 times a power of ten, that is the nearest above a length.
double round_above(double length) {
  const double power = std::pow(10, std::floor(std::log10(length)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= length) return factor * power;
  }
  return 10 * power;
}

}  // namespace

std::vector<double> ticks_of(const Axis& axis) {
  const double step = round_above((axis.most - axis.least) / 6);
  std::vector<double> ticks;
  // Multiples of the step, so that 0 is 0, and by + 0.0 not -0; the edges count in spite of
  // rounding.
  const double first = std::ceil(axis.least / step - 1e-9);
  const double last = std::floor(axis.most / step + 1e-9);
  for (double i = first; i <= last && ticks.size() < 20; ++i) ticks.push_back(i * step + 0.0);
  return ticks;
}

void draw_frame(Svg& svg, const Axis& x, const Axis& y) {
  svg.rectangle(x.begin, y.end, x.end - x.begin, y.begin - y.end, kLine);
  for (const double value : ticks_of(x)) {
    svg.path(line(x.at(value), y.begin, x.at(value), y.begin + kTick), kLine);
    svg.text(x.at(value), y.begin + 20, Anchor::middle, short_text(value));
  }
  for (const double value : ticks_of(y)) {
    svg.path(line(x.begin - kTick, y.at(value), x.begin, y.at(value)), kLine);
    svg.text(x.begin - 9, y.at(value) + 4, Anchor::end, short_text(value));
  }
  svg.text((x.begin + x.end) / 2, y.begin + 42, Anchor::middle, x.name);
  svg.upright_text(x.begin - 58, (y.begin + y.end) / 2, y.name);
}

void draw_right(Svg& svg, const Axis& y, double right) {
  for (const double value : ticks_of(y)) {
    svg.path(line(right, y.at(value), right + kTick, y.at(value)), kLine);
    svg.text(right + 9, y.at(value) + 4, Anchor::start, short_text(value, 4));
  }
  svg.text(right, y.end - 10, Anchor::end, y.name);
}

}  // namespace program
