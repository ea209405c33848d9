#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "program/axis.hpp"
#include "program/picture.hpp"
#include "program/svg.hpp"

namespace program {
namespace {

constexpr double kWidth = 640, kHeight = 540;
constexpr std::size_t kCells = 160;  // of a side
constexpr std::size_t kLevels = 40;

// From the least to the largest value, ever darker.
struct Colour {
  double red, green, blue;
};
constexpr Colour kColours[] = {{253, 253, 246}, {214, 232, 208}, {128, 195, 186},
                               {58, 141, 165},  {38, 84, 130},   {28, 30, 70}};

std::string colour_of(std::size_t level) {
  const double place = static_cast<double>(level) / (kLevels - 1) * (std::size(kColours) - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), std::size(kColours) - 2);
  const double share = place - static_cast<double>(below);
  const Colour& a = kColours[below];
  const Colour& b = kColours[below + 1];
  const auto mixed = [share](double from, double to) {
    return static_cast<int>(std::lround(from + share * (to - from)));
  };
  char text[32];
  std::snprintf(text, sizeof text, "fill=\"#%02x%02x%02x\"", mixed(a.red, b.red),
                mixed(a.green, b.green), mixed(a.blue, b.blue));
  return text;
}

// Values at the middles of cells [kCells][kCells], the second variable slowest.
std::vector<double> cells_of(const Subject& subject) {
  const auto middle = [&](std::size_t variable, std::size_t i) {
    const double share = (static_cast<double>(i) + 0.5) / kCells;
    return subject.lower[variable] + share * (subject.upper[variable] - subject.lower[variable]);
  };
  std::vector<double> x;
  for (std::size_t j = 0; j < kCells; ++j) {
    for (std::size_t i = 0; i < kCells; ++i) x.insert(x.end(), {middle(0, i), middle(1, j)});
  }
  return values_at(subject, x);
}

// The cells of at least this value, as rectangles of one row each. What lies above is drawn over
// what lies below, so that no seam shows between two colours.
std::string region(const std::vector<double>& cells, double level, const Axis& x, const Axis& y) {
  const double width = (x.end - x.begin) / kCells, height = (y.begin - y.end) / kCells;
  std::string d;
  for (std::size_t j = 0; j < kCells; ++j) {
    for (std::size_t i = 0; i < kCells; ++i) {
      const std::size_t first = i;
      while (i < kCells && cells[j * kCells + i] >= level) ++i;
      if (i == first) continue;
      const double run = width * static_cast<double>(i - first);
      d += "M" + pixels(x.begin + width * static_cast<double>(first)) + " " +
           pixels(y.begin - height * static_cast<double>(j + 1)) + "h" + pixels(run) + "v" +
           pixels(height) + "h" + pixels(-run) + "z";
    }
  }
  return d;
}

void draw_bar(Svg& svg, const Axis& values) {
  const double left = kWidth - 90, width = 18;
  const double height = (values.begin - values.end) / kLevels;
  for (std::size_t k = 0; k < kLevels; ++k) {
    svg.rectangle(left, values.end, width,
                  values.begin - values.end - height * static_cast<double>(k),
                  colour_of(k) + " shape-rendering=\"crispEdges\"");
  }
  draw_right(svg, values, left + width);
}

std::string points_path(const Subject& subject, const Axis& x, const Axis& y) {
  std::string d;
  for (std::size_t i = 0; i + 1 < subject.points.size(); i += subject.names.size()) {
    const double a = subject.points[i], b = subject.points[i + 1];
    if (a < x.least || a > x.most || b < y.least || b > y.most) continue;
    d += "M" + pixels(x.at(a)) + " " + pixels(y.at(b)) + "h0";
  }
  return d;
}

}  // namespace

std::string heat_map_of(const Subject& subject) {
  const std::vector<double> cells = cells_of(subject);
  const auto [least, most] = std::minmax_element(cells.begin(), cells.end());
  const Axis x{subject.lower[0], subject.upper[0], 80, kWidth - 120, subject.names[0]};
  const Axis y{subject.lower[1], subject.upper[1], kHeight - 60, 30, subject.names[1]};
  const Axis values{*least, *most > *least ? *most : *least + 1, y.begin, y.end, "f"};
  Svg svg(kWidth, kHeight);
  for (std::size_t k = 0; k < kLevels; ++k) {
    const double share = static_cast<double>(k) / kLevels;
    const double level = values.least + share * (values.most - values.least);
    svg.path(region(cells, level, x, y), colour_of(k) + " shape-rendering=\"crispEdges\"");
  }
  const std::string points = points_path(subject, x, y);
  if (!points.empty()) {
    svg.path(points,
             "stroke=\"#c1440e\" stroke-width=\"3\" stroke-linecap=\"round\" "
             "stroke-opacity=\"0.6\"");
  }
  draw_frame(svg, x, y);
  draw_bar(svg, values);
  return svg.finished();
}

}  // namespace program
