// Line search for the strong Wolfe conditions: J. Nocedal & S. J. Wright, "Numerical
// Optimization" (2nd edition, 2006), algorithms 3.5 and 3.6, with cubic interpolation.
//
//   value(a) <= value(0) + c1 a slope(0)      and      |slope(a)| <= c2 |slope(0)|
#pragma once

#include <algorithm>
#include <cmath>

namespace finn::net {

// A point on the line; the value is infinite where the function is not defined.
struct LinePoint {
  double step;
  double value;
  double slope;
};

struct WolfeConditions {
  double decrease = 1e-4;  // c1
  double curvature = 0.9;  // c2
  int evaluations = 25;    // at most
};

// The minimum of the cubic through the values and slopes of two points, kept away from the ends of
// their interval by a tenth of it; the middle where there is no such minimum.
inline double interpolate(const LinePoint& a, const LinePoint& b) {
  const double middle = 0.5 * (a.step + b.step);
  const double width = b.step - a.step;
  const double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step);
  const double square = d1 * d1 - a.slope * b.slope;
  if (!std::isfinite(square) || square < 0) return middle;
  const double d2 = std::copysign(std::sqrt(square), width);
  const double step = b.step - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
  const double low = std::min(a.step, b.step) + 0.1 * std::fabs(width);
  const double high = std::max(a.step, b.step) - 0.1 * std::fabs(width);
  return std::isfinite(step) ? std::clamp(step, low, high) : middle;
}

// One search from origin (step 0, slope < 0). at(step) evaluates the function there.
template <class Function>
class LineSearch {
 public:
  LineSearch(const WolfeConditions& conditions, const LinePoint& origin, Function& at)
      : conditions_(conditions), origin_(origin), best_(origin), at_(at) {}

  // The point that satisfies both conditions. When the evaluations are used up: the best point
  // seen, which may be the origin and need not be the one evaluated last.
  LinePoint run(double first_step) {
    LinePoint before = origin_;
    for (double step = first_step; left() > 0; step *= kGrowth) {
      const LinePoint here = evaluate(step);
      const bool is_first = before.step == 0;
      if (!decreases(here) || (!is_first && here.value >= before.value)) {
        return zoom(before, here);
      }
      if (is_flat(here)) return here;
      if (here.slope >= 0) return zoom(here, before);
      before = here;
    }
    return best_;
  }

 private:
  static constexpr double kGrowth = 2;

  int left() const { return conditions_.evaluations - used_; }
  bool decreases(const LinePoint& p) const {
    return p.value <= origin_.value + conditions_.decrease * p.step * origin_.slope;
  }
  bool is_flat(const LinePoint& p) const {
    return std::fabs(p.slope) <= -conditions_.curvature * origin_.slope;
  }

  LinePoint evaluate(double step) {
    ++used_;
    const LinePoint here = at_(step);
    if (here.value < best_.value) best_ = here;
    return here;
  }

  // low has the smaller value of the two, and the minimum lies between them.
  LinePoint zoom(LinePoint low, LinePoint high) {
    while (left() > 0) {
      const LinePoint here = evaluate(interpolate(low, high));
      if (here.step == low.step || here.step == high.step) break;
      if (!decreases(here) || here.value >= low.value) {
        high = here;
        continue;
      }
      if (is_flat(here)) return here;
      if (here.slope * (high.step - low.step) >= 0) high = low;
      low = here;
    }
    return best_;
  }

  WolfeConditions conditions_;
  LinePoint origin_;
  LinePoint best_;
  Function& at_;
  int used_ = 0;
};

}  // namespace finn::net
