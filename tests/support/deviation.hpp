// Comparisons with a reference in long double, and its differences.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace finn::test {

// EXPECT_NEAR for long double; NaN is near nothing.
inline ::testing::AssertionResult is_near(long double got, long double expected,
                                          long double allowed) {
  if (std::fabs(got - expected) <= allowed) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "got " << got << ", expected " << expected << ", off by "
                                       << got - expected << ", allowed " << allowed;
}

// How far results are from a reference, relative to the largest magnitude of what is compared
// together.
class Deviation {
 public:
  void add(long double got, long double expected) {
    largest_ = std::max(largest_, std::fabs(expected));
    const long double difference = std::fabs(got - expected);
    if (!(difference <= worst_)) worst_ = difference;  // also when it is NaN
  }

  void expect_within(long double tolerance, const std::string& what) const {
    EXPECT_LE(worst_, tolerance * largest_) << what << ": largest magnitude " << largest_;
  }

 private:
  long double largest_ = 0;
  long double worst_ = 0;
};

// Central difference of f() with respect to x, which f reads.
template <class Function>
long double central_difference(long double& x, Function&& f) {
  constexpr long double step = 0x1p-20L;
  const long double start = x;
  x = start + step;
  const long double above = f();
  x = start - step;
  const long double below = f();
  x = start;
  return (above - below) / (2 * step);
}

}  // namespace finn::test
