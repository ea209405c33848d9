#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "program/axis.hpp"
#include "program/picture.hpp"
#include "program/svg.hpp"

namespace program {
namespace {

constexpr double kWidth = 640, kHeight = 420;
constexpr std::size_t kPoints = 512;

struct Bar {
  double left, right, height;
};

std::vector<double> grid_of(double lower, double upper) {
  std::vector<double> x;
  for (std::size_t i = 0; i <= kPoints; ++i) {
    const double share = static_cast<double>(i) / kPoints;
    x.push_back(lower + share * (upper - lower));
  }
  return x;
}

// As high as f is where f fits: the bars within the picture have together the area of f there.
std::vector<Bar> bars_of(const Subject& subject, const std::vector<double>& f) {
  if (subject.names.size() != 1 || subject.points.empty()) return {};
  const double lower = subject.lower[0], width = subject.upper[0] - lower;
  const auto rows = static_cast<double>(subject.points.size());
  const auto count = static_cast<std::size_t>(std::clamp(2 * std::cbrt(rows), 8.0, 60.0));
  const double each = width / static_cast<double>(count);
  double mean = 0;
  for (const double value : f) mean += value / static_cast<double>(f.size());
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < count; ++i) {
    bars.push_back(
        {lower + each * static_cast<double>(i), lower + each * static_cast<double>(i + 1), 0});
  }
  for (const double x : subject.points) {
    const double place = std::floor((x - lower) / each);
    if (place < 0 || place >= static_cast<double>(count)) continue;
    bars[static_cast<std::size_t>(place)].height += mean * width / rows / each;
  }
  return bars;
}

Axis vertical(const Subject& subject, const std::vector<double>& f, const std::vector<Bar>& bars) {
  double least = 0, most = 0;
  for (const double value : f) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  for (const Bar& bar : bars) most = std::max(most, bar.height);
  const bool has_values = subject.names.size() == 2;
  for (std::size_t i = 1; has_values && i < subject.points.size(); i += 2) {
    least = std::min(least, subject.points[i]);
    most = std::max(most, subject.points[i]);
  }
  const double room = most > least ? 0.05 * (most - least) : 1;
  return {least < 0 ? least - room : 0, most + room, kHeight - 60, 20,
          has_values ? subject.names[1] : "f"};
}

std::string points_path(const Subject& subject, const Axis& x, const Axis& y) {
  std::string d;
  for (std::size_t i = 0; subject.names.size() == 2 && i + 1 < subject.points.size(); i += 2) {
    const double place = subject.points[i];
    if (place < x.least || place > x.most) continue;
    d += "M" + pixels(x.at(place)) + " " + pixels(y.at(subject.points[i + 1])) + "h0";
  }
  return d;
}

}  // namespace

std::string curve_of(const Subject& subject) {
  const std::vector<double> grid = grid_of(subject.lower[0], subject.upper[0]);
  const std::vector<double> f = values_at(subject, grid);
  const std::vector<Bar> bars = bars_of(subject, f);
  const Axis x{subject.lower[0], subject.upper[0], 80, kWidth - 20, subject.names[0]};
  const Axis y = vertical(subject, f, bars);
  Svg svg(kWidth, kHeight);
  for (const Bar& bar : bars) {
    svg.rectangle(x.at(bar.left), y.at(bar.height), x.at(bar.right) - x.at(bar.left),
                  y.at(0) - y.at(bar.height), "fill=\"#c9dcea\" stroke=\"white\"");
  }
  const std::string points = points_path(subject, x, y);
  if (!points.empty()) {
    svg.path(points, "stroke=\"#7aa6c8\" stroke-width=\"4\" stroke-linecap=\"round\"");
  }
  std::string d;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    d += (i == 0 ? "M" : "L") + pixels(x.at(grid[i])) + " " + pixels(y.at(f[i]));
  }
  svg.path(d, "fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"2\"");
  draw_frame(svg, x, y);
  return svg.finished();
}

}  // namespace program
