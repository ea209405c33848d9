#include "finn/optimisers/line_search.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

// Searches from 0 with a count of the evaluations, and checks both conditions.
template <class Value, class Slope>
void expect_wolfe_point(Value value, Slope slope, double first_step) {
  double last = 0;
  auto at = [&](double step) {
    last = step;
    return LinePoint{step, value(step), slope(step)};
  };
  const LinePoint origin{0, value(0.0), slope(0.0)};
  const LinePoint found = LineSearch(WolfeConditions{}, origin, at).run(first_step);
  EXPECT_GT(found.step, 0);
  EXPECT_EQ(found.step, last) << "the point is not the one evaluated last";
  EXPECT_LE(found.value, origin.value + 1e-4 * found.step * origin.slope);
  EXPECT_LE(std::fabs(found.slope), 0.9 * std::fabs(origin.slope));
}

TEST(LineSearch, findsAStrongWolfePointFromStepsTooShortAndTooLong) {
  for (const double first : {1e-4, 0.1, 1.0, 50.0, 1e4}) {
    expect_wolfe_point([](double a) { return (a - 2) * (a - 2); },
                       [](double a) { return 2 * (a - 2); }, first);
    // J. J. More & D. J. Thuente (1994), their first function.
    expect_wolfe_point([](double a) { return -a / (a * a + 2); },
                       [](double a) { return (a * a - 2) / ((a * a + 2) * (a * a + 2)); }, first);
  }
}

TEST(LineSearch, comesBackFromWhereTheFunctionIsNotDefined) {
  auto at = [](double step) {
    if (step >= 1) return LinePoint{step, HUGE_VAL, 0};
    return LinePoint{step, -step - std::log(1 - step) * 0.1, -1 + 0.1 / (1 - step)};
  };
  const LinePoint found = LineSearch(WolfeConditions{}, {0, 0, -0.9}, at).run(8);
  EXPECT_GT(found.step, 0);
  EXPECT_LT(found.step, 1);
  EXPECT_LT(found.value, 0);
}

TEST(LineSearch, returnsTheOriginWhenNothingIsLower) {
  auto at = [](double step) { return LinePoint{step, 1 + step, -1}; };
  const LinePoint found = LineSearch(WolfeConditions{}, {0, 1, -1}, at).run(1);
  EXPECT_EQ(found.step, 0);
}

}  // namespace
}  // namespace finn::net
