// finn::Domain of capi/finn.hpp: a form for each kind, functions of one's own, and what is refused.
#include <atomic>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "finn.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

using Numbers = std::vector<double>;
constexpr double kPi = 3.14159265358979323846;

// x = 2 u on the unit square, with its inverse and determinant.
OwnMap doubled() {
  const auto scaled_by = [](double factor) {
    return [factor](const double* from, double* to) {
      to[0] = factor * from[0];
      to[1] = factor * from[1];
    };
  };
  return {{0, 0},   {1, 1}, scaled_by(2), scaled_by(0.5), [](const double*) { return 4.0; },
          "doubled"};
}

struct Kind {
  const char* name;
  Domain domain;
  double volume;  // infinite for an axis without end
};

std::vector<Kind> kinds() {
  const Domain disk = Domain::disk({1, 2}, 2);
  const Domain line = Domain::line(1, 2, FINN_TAIL_GAUSSIAN);
  return {
      {"open box", Domain::open_box({0, 1}, {2, 4}), 6},
      {"box", Domain::box({0, 1}, {2, 4}), 6},
      {"line", line, kInfinity},
      {"half-line", Domain::half_line(0, FINN_UPWARD, 1, FINN_TAIL_RATIONAL), kInfinity},
      {"parallelepiped", Domain::parallelepiped({1, 1}, {2, 0, 1, 3}), 6},
      {"affine", disk.affine({2, 1, 0, 3}, {1, -1}), 24 * kPi},
      {"disk", disk, 4 * kPi},
      {"annulus", Domain::annulus({0, 0}, 1, 2), 3 * kPi},
      {"sector", Domain::sector({0, 0}, 0, 2, 0, kPi), 2 * kPi},
      {"ellipse", Domain::ellipse({0, 1}, {2, 1}, 0.5), 2 * kPi},
      {"polar", Domain::polar({0, 0}, 1), kPi},
      {"ball", Domain::ball({0, 1, 2}, 1), 4 * kPi / 3},
      {"shell", Domain::shell({0, 1, 2}, 1, 2), 28 * kPi / 3},
      {"cylinder", Domain::cylinder({0, 0}, 1, 0, 2), 2 * kPi},
      {"simplex", Domain::simplex(2, {0, 0, 2, 0, 0, 1}), 1},
      {"polygon", Domain::polygon({0, 0, 2, 0, 2, 2, 0, 2}), 4},
      {"star", Domain::star({1, 0}, [](const double* d) { return 2 + d[0]; }), 4.5 * kPi},
      {"map", Domain::map(doubled()), 4},
      {"product", Domain::product({disk, line}), kInfinity},
  };
}

// Points that fill the box of u evenly, [rows][variables].
Numbers points_of_box(const Domain& domain, int rows) {
  constexpr double kStrides[] = {0.618, 0.414, 0.732};
  const auto [lower, upper] = domain.limits();
  Numbers u;
  for (int row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < domain.variables(); ++i) {
      u.push_back(lower[i] + std::fmod(0.5 + kStrides[i] * row, 1) * (upper[i] - lower[i]));
    }
  }
  return u;
}

template <class Function>
finn_status status_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.status();
  }
  return FINN_OK;
}

TEST(DomainWrapper, leadsFromUToXAndBack) {
  for (const Kind& kind : kinds()) {
    const Numbers u = points_of_box(kind.domain, 20);
    const Numbers found = kind.domain.to_box(kind.domain.to_point(u));
    ASSERT_EQ(found.size(), u.size());
    for (std::size_t i = 0; i < u.size(); ++i) EXPECT_NEAR(found[i], u[i], 1e-9) << kind.name;
  }
}

TEST(DomainWrapper, hasTheVolumeOfItsKind) {
  constexpr int kRows = 2000;
  for (const Kind& kind : kinds()) {
    if (std::isinf(kind.volume)) continue;
    Numbers log_weight;
    kind.domain.to_box(kind.domain.to_point(points_of_box(kind.domain, kRows)), &log_weight);
    ASSERT_EQ(log_weight.size(), static_cast<std::size_t>(kRows));
    double sum = 0;
    for (const double logarithm : log_weight) sum += std::exp(-logarithm);
    const auto [lower, upper] = kind.domain.limits();
    for (std::size_t i = 0; i < lower.size(); ++i) sum *= upper[i] - lower[i];
    EXPECT_NEAR(sum / kRows, kind.volume, 0.02 * kind.volume) << kind.name;
  }
}

TEST(DomainWrapper, makesModelsOnDomains) {
  for (const Kind& kind : kinds()) {
    const auto n = static_cast<std::int32_t>(kind.domain.variables());
    const Model model(Network::mlp(n, 1, mlp_options({6, 5})), kind.domain);
    Workspace workspace(1);
    EXPECT_EQ(model.variables(), kind.domain.variables());
    const auto [lower, upper] = kind.domain.limits();
    EXPECT_NEAR(model.integral(workspace, lower, upper, FINN_LIMITS_U).value[0], 1, 1e-12)
        << kind.name;
    EXPECT_EQ(model.domain().kind(), kind.domain.kind());
  }
}

TEST(DomainWrapper, givesNoWeightToAPointOutside) {
  Numbers log_weight;
  EXPECT_EQ(Domain::disk({0, 0}, 1).to_box({3, 0, 0.5, 0}, &log_weight)[0], 1);
  EXPECT_EQ(log_weight[0], -kInfinity);
  EXPECT_TRUE(std::isfinite(log_weight[1]));
}

TEST(DomainWrapper, keepsFunctionsAsLongAsWhatUsesThem) {
  auto captured = std::make_shared<int>(0);
  auto model = [&] {
    const Domain star = Domain::star({0, 0}, [captured](const double*) { return 1.0; });
    return std::make_unique<Model>(Network::mixture(2), star.affine({2, 0, 0, 2}, {1, 1}));
  }();
  EXPECT_EQ(captured.use_count(), 2);
  Workspace workspace(1);
  EXPECT_GT(model->integrand(workspace, {1.5, 1.0})[0], 0);
  model.reset();
  EXPECT_EQ(captured.use_count(), 1);
  OwnMap map = doubled();
  map.determinant = [captured](const double*) { return 1.0; };
  EXPECT_EQ(status_of([&] { Domain::map(std::move(map)); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(captured.use_count(), 1);
}

TEST(DomainWrapper, saysItsKindAndItsName) {
  EXPECT_EQ(Domain::open_box({0, 0}, {1, 1}).kind(), "open box");
  EXPECT_EQ(Domain::half_line(0, FINN_DOWNWARD, 1, FINN_TAIL_GAUSSIAN).kind(), "half-line");
  EXPECT_EQ(Domain::disk({0, 0}, 1).name(), "");
  EXPECT_EQ(Domain::map(doubled()).name(), "doubled");
  const auto radius = [](const double*) { return 1.0; };
  EXPECT_EQ(Domain::star({0, 0}, radius).name(), "");
  EXPECT_EQ(Domain::star({0, 0}, radius, "round").name(), "round");
}

// Copies are the domain itself.
TEST(DomainWrapper, isSharedByItsCopies) {
  auto captured = std::make_shared<int>(0);
  std::unique_ptr<Domain> copy;
  {
    const Domain star = Domain::star({0, 0}, [captured](const double*) { return 1.0; });
    copy = std::make_unique<Domain>(star);
    EXPECT_EQ(copy->get(), star.get());
  }
  EXPECT_EQ(captured.use_count(), 2);
  EXPECT_NEAR(copy->to_box({0.5, 0})[0], 0.25, 1e-9);
  copy.reset();
  EXPECT_EQ(captured.use_count(), 1);
}

TEST(DomainWrapper, failsWhereAFunctionThrows) {
  std::atomic<bool> broken{false};
  const Domain star = Domain::star({0, 0}, [&](const double*) {
    if (broken) throw std::runtime_error("lost");
    return 1.0;
  });
  const Model model(Network::mixture(2), star);
  Workspace workspace(2);
  broken = true;
  EXPECT_EQ(status_of([&] { star.to_box({0.5, 0}); }), FINN_ERROR_CALLBACK);
  EXPECT_EQ(status_of([&] { model.integrand(workspace, {0.5, 0}); }), FINN_ERROR_CALLBACK);
  const auto fails = [](const double*, double*) { throw std::runtime_error("lost"); };
  OwnMap map = doubled();
  map.to_point = fails;
  EXPECT_EQ(status_of([&] { Domain::map(map); }), FINN_ERROR_CALLBACK);
  map = doubled();
  map.to_box = fails;
  EXPECT_EQ(status_of([&] { Domain::map(map); }), FINN_ERROR_CALLBACK);
  map = doubled();
  map.determinant = [](const double*) -> double { throw std::runtime_error("lost"); };
  EXPECT_EQ(status_of([&] { Domain::map(map); }), FINN_ERROR_CALLBACK);
}

TEST(DomainWrapper, asksForFunctionsThatAreMissingOnlyWhereTheyMayBe) {
  EXPECT_EQ(status_of([] { Domain::star({0, 0}, {}); }), FINN_ERROR_NULL);
  OwnMap map = doubled();
  map.to_box = {};
  map.determinant = {};
  EXPECT_NEAR(Domain::map(map).to_box({1, 0.5})[0], 0.5, 1e-9);
  map.to_point = {};
  EXPECT_EQ(status_of([&] { Domain::map(map); }), FINN_ERROR_NULL);
}

TEST(DomainWrapper, throwsWhenALengthDoesNotFit) {
  const Numbers one(1), two(2), three(3);
  const Domain disk = Domain::disk(two, 1);
  const auto expect_size = [](auto&& function) { EXPECT_EQ(status_of(function), FINN_ERROR_SIZE); };
  expect_size([&] { Domain::box(one, two); });
  expect_size([&] { Domain::parallelepiped(two, three); });
  expect_size([&] { disk.affine(three, two); });
  expect_size([&] { disk.affine({1, 0, 0, 1}, three); });
  expect_size([&] { Domain::disk(three, 1); });
  expect_size([&] { Domain::annulus(three, 1, 2); });
  expect_size([&] { Domain::sector(three, 1, 2, 0, 1); });
  expect_size([&] { Domain::ellipse(three, {1, 1}, 0); });
  expect_size([&] { Domain::ellipse(two, three, 0); });
  expect_size([&] { Domain::polar(three, 1); });
  expect_size([&] { Domain::ball(two, 1); });
  expect_size([&] { Domain::shell(two, 1, 2); });
  expect_size([&] { Domain::cylinder(three, 1, 0, 1); });
  expect_size([&] { Domain::simplex(2, three); });
  expect_size([&] { Domain::polygon(three); });
  expect_size([&] { disk.to_point(three); });
  expect_size([&] { disk.to_box(three); });
  OwnMap map = doubled();
  map.upper = one;
  expect_size([&] { Domain::map(map); });
}

TEST(DomainWrapper, throwsTheStatusOfWhatIsNoRegion) {
  EXPECT_EQ(status_of([] { Domain::ball({0, 0, 0}, -1); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_of([] { Domain::simplex(-1, {}); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_of([] { Domain::star({0}, [](const double*) { return 1.0; }); }),
            FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_of([] { Domain::line(0, kInfinity, FINN_TAIL_GAUSSIAN); }),
            FINN_ERROR_NOT_FINITE);
}

}  // namespace
}  // namespace finn::test
