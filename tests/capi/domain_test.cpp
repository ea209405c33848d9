// Domains through finn.h and finn.hpp: that each function makes the region it names, and models on
// them.
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

const double kPi = std::acos(-1.0);

TEST(Domain, isTheRegionThatTheNameOfItsFunctionSays) {
  for (const Region& region : regions()) {
    SCOPED_TRACE(region.name);
    const DomainHandle domain = make_domain(region.make);
    ASSERT_EQ(finn_domain_variables(domain.get()), static_cast<int>(region.inside.size()));
    std::vector<double> log_weight;
    const std::vector<double> u = to_box(domain.get(), region.inside, &log_weight);
    EXPECT_NEAR(std::exp(log_weight[0]) / region.weight, 1, 1e-11);
    const std::vector<double> x = to_point(domain.get(), u);
    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(x[i], region.inside[i], 1e-12);
    if (region.outside.empty()) continue;
    to_box(domain.get(), region.outside, &log_weight);
    EXPECT_EQ(log_weight[0], -HUGE_VAL);
  }
}

TEST(Domain, givesTheLimitsOfItsBox) {
  double lower[2], upper[2];
  require_ok([&](finn_error* e) { return finn_domain_limits(unit_disk().get(), lower, upper, e); });
  EXPECT_EQ(lower[0], 0);
  EXPECT_EQ(upper[0], 1);
  EXPECT_EQ(lower[1], 0);
  EXPECT_EQ(upper[1], 2 * kPi);
  EXPECT_EQ(finn_domain_variables(nullptr), 0);
  finn_domain_destroy(nullptr);
}

TEST(Domain, livesOnInTheModelsAndDomainsMadeOfIt) {
  int released = 0;
  ModelHandle model;
  {
    const finn_map_options map = cubic_map(&released);
    const DomainHandle domain =
        make_domain([&](finn_domain** d, finn_error* e) { return finn_domain_map(&map, d, e); });
    const DomainHandle square = make_domain([&](finn_domain** d, finn_error* e) {
      const finn_domain* factors[] = {domain.get(), domain.get()};
      return finn_domain_product(factors, 2, d, e);
    });
    model = model_on(square.get());
  }
  EXPECT_EQ(released, 0);
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_GT(integrand<double>(model.get(), workspace.get(), {0.5, 1.5})[0], 0);
  EXPECT_EQ(integrand<double>(model.get(), workspace.get(), {0.5, 2.5})[0], 0);
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  model.reset();
  EXPECT_EQ(released, 0);
  finn_model_destroy(copy);
  EXPECT_EQ(released, 1);
}

TEST(Domain, releasesTheUserDataOnceOfWhatCouldNotBeMade) {
  int released = 0;
  finn_domain* domain = nullptr;
  const finn_map_options map = cubic_map(&released);
  const auto expect_release_of = [&](const char* what, finn_status expected, finn_status given) {
    EXPECT_EQ(given, expected) << what;
    EXPECT_EQ(released, 1) << what;
    EXPECT_EQ(domain, nullptr) << what;
    released = 0;
  };
  const auto expect_release = [&](const char* what, finn_status expected, auto&& spoil) {
    finn_map_options spoiled = map;
    spoil(spoiled);
    expect_release_of(what, expected, finn_domain_map(&spoiled, &domain, nullptr));
  };
  using Map = finn_map_options;
  expect_release("map", FINN_ERROR_NULL, [](Map& m) { m.to_point = nullptr; });
  expect_release("limits", FINN_ERROR_NULL, [](Map& m) { m.upper = nullptr; });
  expect_release("reserved", FINN_ERROR_ARGUMENT, [](Map& m) { m.reserved = 1; });
  expect_release("variables", FINN_ERROR_ARGUMENT, [](Map& m) { m.variables = 0; });
  expect_release("failing map", FINN_ERROR_CALLBACK, [](Map& m) {
    m.to_point = [](const double*, double*, void*) -> std::int32_t { return 1; };
  });
  expect_release_of("nowhere", FINN_ERROR_NULL, finn_domain_map(&map, nullptr, nullptr));
  const auto star = [&](int variables, const double* centre, finn_radius_callback radius,
                        finn_domain** out) {
    return finn_domain_star(variables, centre, radius, &released, map.release, out, nullptr);
  };
  const finn_radius_callback round = [](const double*, double* radius, void*) -> std::int32_t {
    *radius = 1;
    return 0;
  };
  expect_release_of("no radius", FINN_ERROR_NULL, star(2, kCentre, nullptr, &domain));
  expect_release_of("no centre", FINN_ERROR_NULL, star(2, nullptr, round, &domain));
  expect_release_of("variables", FINN_ERROR_ARGUMENT, star(4, kCentre, round, &domain));
  expect_release_of("star nowhere", FINN_ERROR_NULL, star(2, kCentre, round, nullptr));
}

// Without options there is no user data; of a struct that is not known nothing is read.
TEST(Domain, releasesNothingOfOptionsThatItCannotRead) {
  int released = 0;
  finn_domain* domain = nullptr;
  EXPECT_EQ(finn_domain_map(nullptr, &domain, nullptr), FINN_ERROR_NULL);
  finn_map_options map = cubic_map(&released);
  map.struct_size = 8;
  EXPECT_EQ(finn_domain_map(&map, &domain, nullptr), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(released, 0);
}

TEST(Domain, releasesTheUserDataOnceWhateverMemoryIsRefused) {
  for (std::int64_t k = 0;; ++k) {
    ASSERT_LT(k, 100);
    int released = 0;
    const finn_map_options map = cubic_map(&released);
    finn_domain* domain = nullptr;
    finn_status status = FINN_OK;
    with_refused_memory(k, 1, [&] { status = finn_domain_map(&map, &domain, nullptr); });
    EXPECT_EQ(released, status == FINN_OK ? 0 : 1) << "allocation " << k;
    finn_domain_destroy(domain);
    EXPECT_EQ(released, 1) << "allocation " << k;
    if (status == FINN_OK) break;
  }
}

// A struct of the size that finn.h had before it knew domains, in memory that ends there.
// finn_domain_destroy is called where nothing can be thrown: in destructors.
TEST(Domain, dropsWhatItsReleaseCallbackThrows) {
  static int released;
  released = 0;
  const finn_release_callback release = [](void*) {
    ++released;
    throw std::runtime_error("release");
  };
  const finn_radius_callback round = [](const double*, double* radius, void*) -> std::int32_t {
    *radius = 1;
    return 0;
  };
  finn_domain* domain = nullptr;
  finn_error error = FINN_ERROR_INIT;
  ASSERT_EQ(finn_domain_star(2, kCentre, round, nullptr, release, &domain, &error), FINN_OK);
  finn_domain_destroy(domain);
  EXPECT_EQ(released, 1);
  EXPECT_EQ(finn_domain_star(2, kCentre, nullptr, nullptr, release, &domain, &error),
            FINN_ERROR_NULL);
  EXPECT_TRUE(mentions(error.message, "radius")) << error.message;
  EXPECT_EQ(released, 2);
}

TEST(Domain, mayBeAnAffineImageOfAnAffineImageWithoutEnd) {
  const double turn[] = {0, -1, 1, 0}, step[] = {1, 0};
  DomainHandle domain = unit_disk();
  for (int k = 0; k < 200000; ++k) {
    finn_domain* over = nullptr;
    ASSERT_EQ(finn_domain_affine(domain.get(), turn, step, &over, nullptr), FINN_OK);
    domain.reset(over);
  }
  // After four turns by a right angle the steps have come back to where they began.
  const std::vector<double> x = to_point(domain.get(), {0.25, 0});
  EXPECT_NEAR(x[0], 0.5, 1e-12);
  EXPECT_NEAR(x[1], 0, 1e-12);
}

TEST(Domain, liesOverAsManyOthersAsTheHeaderSays) {
  DomainHandle domain = unit_disk();
  const auto product_of = [&](finn_domain** over, finn_error* e) {
    const finn_domain* factors[] = {domain.get()};
    return finn_domain_product(factors, 1, over, e);
  };
  for (int k = 1; k < 32; ++k) domain = make_domain(product_of);
  expect_refused({"33 domains", FINN_ERROR_ARGUMENT, "factors", [&](finn_error* e) {
                    finn_domain* over = nullptr;
                    return product_of(&over, e);
                  }});
}

TEST(ModelOptions, ofTheHeaderBeforeDomainsAreStillTaken) {
  constexpr std::size_t old_size = offsetof(finn_model_options, domain);
  const double lower[] = {0}, upper[] = {1};
  finn_model_options whole;
  finn_model_options_init(&whole);
  whole.variables = 1;
  whole.lower = lower;
  whole.upper = upper;
  whole.struct_size = old_size;
  const std::unique_ptr<void, decltype(&std::free)> old(std::malloc(old_size), &std::free);
  std::memcpy(old.get(), &whole, old_size);
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) {
    return finn_model_create(static_cast<const finn_model_options*>(old.get()), &model, e);
  });
  const ModelHandle owner(model);
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_GT(integrand<double>(model, workspace.get(), {1.01})[0], 0);
}

template <class T>
class DomainQuery : public ::testing::Test {};
using ArrayTypes = ::testing::Types<double, float>;
TYPED_TEST_SUITE(DomainQuery, ArrayTypes);

// f at the centre of a disk, on its edge, across the seam, and outside.
TYPED_TEST(DomainQuery, isFiniteInTheClosedDiskAndZeroOutside) {
  const WorkspaceHandle workspace = make_workspace();
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model = model_on(unit_disk().get(), precision);
    const std::vector<TypeParam> x{0, 0, 1, 0, -1, 0, 0.5, TypeParam(-1e-20), 2, 0};
    const std::vector<TypeParam> ones(5, 1);
    const auto result = integrand_vjp(model.get(), workspace.get(), x, ones);
    for (int k = 0; k < 4; ++k) EXPECT_GT(result.f[static_cast<std::size_t>(k)], 0);
    EXPECT_EQ(result.f[4], 0);
    for (const TypeParam value : result.x) EXPECT_TRUE(std::isfinite(value));
    EXPECT_TRUE(same_bits(integrand(model.get(), workspace.get(), x), result.f));
  }
}

TEST(DomainTraining, fitsADensityOnADiskToItsExactIntegral) {
  const DomainHandle disk = unit_disk();
  const ModelHandle model = model_on(disk.get());
  const WorkspaceHandle workspace = make_workspace();
  const TrainerHandle trainer = make_trainer(model.get(), short_training(800, 256));
  Callbacks callbacks;  // (1 + x) / pi has the integral 1
  callbacks.sample = [](std::int64_t, std::int64_t batch, double* x, double* y) {
    for (std::int64_t i = 0; i < batch; ++i) y[i] = (1 + x[2 * i]) / kPi;
    return 0;
  };
  ASSERT_EQ(fit_sampler(trainer.get(), model.get(), workspace.get(), callbacks), FINN_OK);
  const auto losses = history_of(trainer.get());
  EXPECT_LT(losses.back(), 0.05 * losses.front());
  const auto whole = integral(model.get(), workspace.get(), {0, 0}, {1, 2 * kPi});
  EXPECT_NEAR(whole.value[0], 1, 1e-12);
  // The upper half by the angle: 1/2.
  const auto half = integral(model.get(), workspace.get(), {0, 0}, {1, kPi});
  EXPECT_NEAR(half.value[0], 0.5, 0.02);
}

TEST(DomainTraining, refusesRowsOutside) {
  const ModelHandle model = model_on(unit_disk().get());
  const WorkspaceHandle workspace = make_workspace();
  const TrainerHandle trainer = make_trainer(model.get(), short_training(5, 2));
  const double x[] = {0, 0, 0.8, 0.7}, y[] = {1, 1};
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(finn_trainer_fit_data(trainer.get(), model.get(), workspace.get(), x, y, 2, nullptr,
                                  nullptr, &error),
            FINN_ERROR_ARGUMENT);
  EXPECT_TRUE(mentions(error.message, "x") && mentions(error.message, "1")) << error.message;
}

}  // namespace
}  // namespace finn::test
