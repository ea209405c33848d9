// Maps of the user: what is derived where callbacks are missing, and what is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

using Vector = std::array<double, core::kMaxVariables>;

std::string refusal_of(const UserMap& map, core::Status status) {
  try {
    user_map_domain(map);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), status);
    return error.what();
  }
  return "";
}

void expect_map_refused(const UserMap& map, const std::string& words,
                        core::Status status = core::Status::ERROR_ARGUMENT) {
  const std::string message = refusal_of(map, status);
  EXPECT_NE(message.find(words), std::string::npos) << words << " not in: " << message;
}

// The equal-area disk by callbacks: singular at its centre, with a seam.
std::int32_t disk_point(const double* u, double* x, void*) {
  x[0] = std::sqrt(u[0]) * std::cos(u[1]);
  x[1] = std::sqrt(u[0]) * std::sin(u[1]);
  return 0;
}

UserMap map_of(const Box& box, decltype(UserMap::to_point) to_point) {
  UserMap map{};
  map.box = box;
  map.to_point = to_point;
  return map;
}

TEST(UserMapDomain, findsInverseAndDeterminantByItself) {
  const auto given = user_map_domain(test::parabola_map(true, true));
  const auto found = user_map_domain(test::parabola_map(false, false));
  core::Random random(1);
  for (int k = 0; k < 200; ++k) {
    const double u[] = {random.uniform(), random.uniform(-1, 1)};
    Vector x{}, a{}, b{};
    given->to_point(u, x.data());
    EXPECT_NEAR(given->locate(x.data(), a.data()), found->locate(x.data(), b.data()), 1e-11);
    EXPECT_NEAR(a[0], b[0], 1e-12);
    EXPECT_NEAR(a[1], b[1], 1e-12);
  }
}

TEST(UserMapDomain, findsThePointsOfItsEdges) {
  const auto found = user_map_domain(test::parabola_map(false, false));
  for (const double u1 : {0.0, 0.3, 1.0}) {
    for (const double u2 : {-1.0, 0.2, 1.0}) {
      const double u[] = {u1, u2};
      Vector x{}, back{};
      found->to_point(u, x.data());
      EXPECT_TRUE(found->contains(x.data())) << u1 << ", " << u2;
      found->locate(x.data(), back.data());
      EXPECT_NEAR(back[0], u1, 1e-12);
      EXPECT_NEAR(back[1], u2, 1e-12);
    }
  }
}

TEST(UserMapDomain, knowsInsideFromOutside) {
  for (const bool with_inverse : {true, false}) {
    const auto domain = user_map_domain(test::parabola_map(with_inverse, true));
    for (const auto& x : {std::array{-0.01, 0.0}, {0.5, 1.76}, {0.5, -1.26}, {1.01, 1.0}}) {
      EXPECT_FALSE(domain->contains(x.data())) << x[0] << ", " << x[1];
      Vector u{};
      domain->locate(x.data(), u.data());
      EXPECT_TRUE(u[0] >= 0 && u[0] <= 1 && u[1] >= -1 && u[1] <= 1);
    }
    for (const auto& x : {std::array{0.01, 0.0}, {0.5, 1.74}, {0.5, -1.24}, {0.99, 1.0}}) {
      EXPECT_TRUE(domain->contains(x.data())) << x[0] << ", " << x[1];
    }
  }
}

TEST(UserMapDomain, staysFiniteWhereTheMapCollapses) {
  UserMap map = map_of(test::box_of({0, 0}, {1, 2 * test::kPi}), disk_point);
  map.to_point = [](const double* u, double* x, void*) -> std::int32_t {
    x[0] = u[0] * std::cos(u[1]);
    x[1] = u[0] * std::sin(u[1]);
    return 0;
  };
  map.to_box = [](const double* x, double* u, void*) -> std::int32_t {
    u[0] = std::hypot(x[0], x[1]);
    u[1] = std::atan2(x[1], x[0]) + (x[1] < 0 ? 2 * test::kPi : 0);
    return 0;
  };
  const auto polar = user_map_domain(map);
  const double centre[] = {0, 0};
  Vector u{};
  EXPECT_TRUE(std::isfinite(polar->locate(centre, u.data())));
  Slopes slopes;
  polar->slopes(centre, slopes);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE(std::isfinite(slopes.log_weight[i]));
    for (std::size_t j = 0; j < 2; ++j) EXPECT_TRUE(std::isfinite(slopes.u[j][i]));
  }
}

TEST(UserMapDomain, findsTheEqualAreaDiskWithoutItsInverse) {
  const auto disk = user_map_domain(map_of(test::box_of({0, 0}, {1, 2 * test::kPi}), disk_point));
  const double x[] = {0.3, -0.6};
  Vector u{};
  EXPECT_NEAR(disk->locate(x, u.data()), std::log(2), 1e-9);
  EXPECT_NEAR(u[0], 0.45, 1e-12);
}

TEST(UserMapDomain, worksInOneAndInEightVariables) {
  const auto cubes = [](const double* u, double* x, void* n) -> std::int32_t {
    for (int i = 0; i < *static_cast<int*>(n); ++i) x[i] = u[i] * u[i] * u[i] + u[i];
    return 0;
  };
  for (int n : {1, 8}) {
    UserMap map{};
    map.box.variables = n;
    map.box.upper.fill(1);
    map.to_point = cubes;
    map.user_data = std::shared_ptr<void>(&n, [](void*) {});
    const auto domain = user_map_domain(map);
    const Vector x{0.625, 0.625, 0.625, 0.625, 0.625, 0.625, 0.625, 0.625};
    Vector u{};
    EXPECT_NEAR(domain->locate(x.data(), u.data()), -n * std::log(1.75), 1e-10);
    for (int i = 0; i < n; ++i) EXPECT_NEAR(u[static_cast<std::size_t>(i)], 0.5, 1e-13);
  }
}

TEST(UserMapDomain, refusesAnInverseThatIsNoneAndNamesThePoint) {
  UserMap map = test::parabola_map(true, true);
  map.to_box = [](const double* x, double* u, void*) -> std::int32_t {
    u[0] = x[0];
    u[1] = x[1];
    return 0;
  };
  expect_map_refused(map, "to_box: the round trip from u = (");
}

TEST(UserMapDomain, refusesADeterminantThatIsNoneAndNamesThePoint) {
  UserMap map = test::parabola_map(true, true);
  map.determinant = [](const double* u, double* determinant, void*) -> std::int32_t {
    *determinant = 1.0001 + u[0];
    return 0;
  };
  expect_map_refused(map, "determinant: ");
  expect_map_refused(map, "at u = (");
}

TEST(UserMapDomain, refusesAMapThatFolds) {
  const auto square = [](const double* u, double* x, void*) -> std::int32_t {
    x[0] = u[0] * u[0];
    return 0;
  };
  expect_map_refused(map_of(test::box_of({-1}, {1}), square), "the map folds");
  const auto flat = [](const double* u, double* x, void*) -> std::int32_t {
    x[0] = x[1] = u[0] + u[1];
    return 0;
  };
  expect_map_refused(map_of(test::box_of({0, 0}, {1, 1}), flat), "to_point: ");
  const auto twice_round = [](const double* u, double* x, void*) -> std::int32_t {
    x[0] = u[0] * std::cos(u[1]);
    x[1] = u[0] * std::sin(u[1]);
    return 0;
  };
  expect_map_refused(map_of(test::box_of({1, 0}, {2, 4 * test::kPi}), twice_round), "round trip");
}

TEST(UserMapDomain, refusesAMapThatIsNotFinite) {
  const auto infinite = [](const double* u, double* x, void*) -> std::int32_t {
    x[0] = 1 / (u[0] < 0.5 ? 0.0 : 1.0);
    return 0;
  };
  expect_map_refused(map_of(test::box_of({0}, {1}), infinite), "to_point: gives x = (inf) at u = (",
                     core::Status::ERROR_NOT_FINITE);
  expect_map_refused(map_of(test::box_of({1}, {0}), infinite), "upper");
}

TEST(UserMapDomain, refusesADeterminantThatIsNoNumber) {
  UserMap map = test::parabola_map(true, true);
  map.determinant = [](const double*, double* determinant, void*) -> std::int32_t {
    *determinant = std::nan("");
    return 0;
  };
  expect_map_refused(map, "determinant: nan given at u = (", core::Status::ERROR_NOT_FINITE);
}

TEST(UserMapDomain, reportsACallbackThatFails) {
  UserMap map = test::parabola_map(true, true);
  const auto failing = [](const double*, double*, void*) -> std::int32_t { return 1; };
  for (auto* callback : {&map.to_point, &map.to_box, &map.determinant}) {
    const auto before = *callback;
    *callback = failing;
    expect_map_refused(map, "the callback reported an error at (", core::Status::ERROR_CALLBACK);
    *callback = before;
  }
}

}  // namespace
}  // namespace finn::net
