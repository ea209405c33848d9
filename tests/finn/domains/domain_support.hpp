// What the tests of single kinds of domains share: points there and back, and refusals.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {

using Point = std::vector<double>;
constexpr double kOrigin[] = {0, 0, 0};

inline Point u_of(const net::DomainPointer& domain, const Point& x) {
  Point u(x.size());
  domain->locate(x.data(), u.data());
  return u;
}

inline Point x_of(const net::DomainPointer& domain, const Point& u) {
  Point x(u.size());
  domain->to_point(u.data(), x.data());
  return x;
}

inline bool contains(const net::DomainPointer& domain, const Point& x) {
  return domain->contains(x.data());
}

inline void expect_near(const Point& a, const Point& b, double tolerance = 1e-14) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], tolerance) << "element " << i;
}

}  // namespace finn::test
