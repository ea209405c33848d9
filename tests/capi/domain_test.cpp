// Domains through finn.h: their boxes and maps, what they say of themselves, and models on them.
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

const double kPi = std::acos(-1.0);

TEST(Domain, givesTheLimitsOfItsBox) {
  double lower[2], upper[2];
  require_ok(
      [&](finn_error* e) { return finn_domain_limits(unit_disk().get(), lower, upper, 2, e); });
  EXPECT_EQ(lower[0], 0);
  EXPECT_EQ(upper[0], 1);
  EXPECT_EQ(lower[1], 0);
  EXPECT_EQ(upper[1], 2 * kPi);
  const DomainHandle box = make_open_box({.lower = {-3, 1}, .upper = {-1, 5}});
  require_ok([&](finn_error* e) { return finn_domain_limits(box.get(), lower, upper, 2, e); });
  EXPECT_EQ(lower[0], -3);
  EXPECT_EQ(upper[0], -1);
  EXPECT_EQ(lower[1], 1);
  EXPECT_EQ(upper[1], 5);
}

TEST(Domain, saysOfWhichKindItIsAndWhatItIsCalled) {
  const std::map<std::string, std::string> kinds{{"open box", "open box"},
                                                 {"box", "box"},
                                                 {"line", "line"},
                                                 {"half-line up", "half-line"},
                                                 {"half-line down", "half-line"},
                                                 {"simplex", "simplex"},
                                                 {"polygon", "polygon"},
                                                 {"star", "star"},
                                                 {"product", "product"},
                                                 {"map", "map"}};
  for (const Region& region : regions()) {
    SCOPED_TRACE(region.name);
    const DomainHandle domain = make_domain(region.make);
    const std::string kind = finn_domain_kind(domain.get());
    EXPECT_NE(kind, "");
    const auto known = kinds.find(region.name);
    if (known != kinds.end()) {
      EXPECT_EQ(kind, known->second);
    }
    if (kind == "star") {
      EXPECT_STREQ(finn_domain_name(domain.get()), "a star");
    } else {
      EXPECT_EQ(finn_domain_name(domain.get()), nullptr);
    }
  }
  EXPECT_STREQ(finn_domain_kind(nullptr), "");
  EXPECT_EQ(finn_domain_name(nullptr), nullptr);
  EXPECT_EQ(finn_domain_variables(nullptr), 0);
}

// Of an open box u is x, also outside, where f goes on.
TEST(Domain, thatIsAnOpenBoxLeavesEveryPointWhereItIs) {
  const DomainHandle box = make_open_box({});
  const std::vector<double> x = random_points<double>(2, 20, 1, 3);
  std::vector<double> log_weight;
  EXPECT_EQ(to_box(box.get(), x, &log_weight), x);
  EXPECT_EQ(log_weight, std::vector<double>(20));
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_GT(integrand<double>(model_on(box.get()).get(), workspace.get(), {0.6, 0.9})[0], 0);
  const DomainHandle closed = make_domain([](finn_domain** domain, finn_error* e) {
    const auto lower = lower_of(2), upper = upper_of(2);
    return finn_domain_box(2, lower.data(), upper.data(), domain, e);
  });
  EXPECT_EQ(integrand<double>(model_on(closed.get()).get(), workspace.get(), {0.6, 0.9})[0], 0);
}

TEST(Domain, thatIsAnOpenBoxMayHaveSixtyFourVariables) {
  const DomainHandle box = make_open_box({.variables = FINN_MAX_MIXTURE_VARIABLES});
  EXPECT_EQ(finn_domain_variables(box.get()), FINN_MAX_MIXTURE_VARIABLES);
}

// Under an affine map, and as a factor of a product, an open box is the closed one.
TEST(Domain, thatIsAnOpenBoxIsClosedUnderAnotherDomain) {
  const DomainHandle box = make_open_box({});
  const DomainHandle image = make_domain([&](finn_domain** domain, finn_error* e) {
    const double matrix[] = {1, 0, 0, 1}, offset[] = {0, 0};
    return finn_domain_affine(box.get(), matrix, offset, domain, e);
  });
  const DomainHandle product = make_domain([&](finn_domain** domain, finn_error* e) {
    const finn_domain* factors[] = {box.get()};
    return finn_domain_product(factors, 1, domain, e);
  });
  for (const DomainHandle* domain : {&image, &product}) {
    std::vector<double> log_weight;
    to_box(domain->get(), {0, 0.5, 0.6, 0.5}, &log_weight);
    EXPECT_NEAR(log_weight[0], 0, 1e-15);
    EXPECT_EQ(log_weight[1], -HUGE_VAL);
  }
}

TEST(Domain, refusesBadQueriesByName) {
  const DomainHandle disk = unit_disk();
  const finn_domain* d = disk.get();
  const double zeros[4] = {}, no_number[] = {0, std::nan("")};
  std::vector<double> out(4, 7.0);
  double* o = out.data();
  const std::vector<BadCall> calls{
      {"no domain", FINN_ERROR_NULL, "domain",
       [&](auto* e) { return finn_domain_to_point(nullptr, zeros, 1, o, 2, e); }},
      {"no u", FINN_ERROR_NULL, "u",
       [&](auto* e) { return finn_domain_to_point(d, nullptr, 1, o, 2, e); }},
      {"no x", FINN_ERROR_NULL, "x",
       [&](auto* e) { return finn_domain_to_point(d, zeros, 1, nullptr, 2, e); }},
      {"u NaN", FINN_ERROR_NOT_FINITE, "u",
       [&](auto* e) { return finn_domain_to_point(d, no_number, 1, o, 2, e); }},
      {"no points", FINN_ERROR_ARGUMENT, "count",
       [&](auto* e) { return finn_domain_to_point(d, zeros, 0, o, 0, e); }},
      {"x too short", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_domain_to_point(d, zeros, 2, o, 3, e); }},
      {"x too long", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_domain_to_point(d, zeros, 1, o, 3, e); }},
      {"box of no domain", FINN_ERROR_NULL, "domain",
       [&](auto* e) { return finn_domain_to_box(nullptr, zeros, 1, o, 2, nullptr, e); }},
      {"box of no x", FINN_ERROR_NULL, "x",
       [&](auto* e) { return finn_domain_to_box(d, nullptr, 1, o, 2, nullptr, e); }},
      {"box nowhere", FINN_ERROR_NULL, "u",
       [&](auto* e) { return finn_domain_to_box(d, zeros, 1, nullptr, 2, nullptr, e); }},
      {"x NaN", FINN_ERROR_NOT_FINITE, "x",
       [&](auto* e) { return finn_domain_to_box(d, no_number, 1, o, 2, nullptr, e); }},
      {"box of no points", FINN_ERROR_ARGUMENT, "count",
       [&](auto* e) { return finn_domain_to_box(d, zeros, 0, o, 0, nullptr, e); }},
      {"u too short", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_domain_to_box(d, zeros, 2, o, 3, nullptr, e); }},
      {"u too long", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_domain_to_box(d, zeros, 1, o, 3, nullptr, e); }},
      {"limits of no domain", FINN_ERROR_NULL, "domain",
       [&](auto* e) { return finn_domain_limits(nullptr, o, o + 2, 2, e); }},
      {"no lower", FINN_ERROR_NULL, "lower",
       [&](auto* e) { return finn_domain_limits(d, nullptr, o, 2, e); }},
      {"no upper", FINN_ERROR_NULL, "upper",
       [&](auto* e) { return finn_domain_limits(d, o, nullptr, 2, e); }},
      {"limits too short", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_domain_limits(d, o, o + 2, 1, e); }},
      {"limits too long", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return finn_domain_limits(d, o, o, 3, e); }}};
  for (const BadCall& call : calls) expect_refused(call);
  EXPECT_EQ(out, std::vector<double>(4, 7.0));
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
  ASSERT_EQ(fit_sampler(trainer.get(), workspace.get(), callbacks), FINN_OK);
  const auto losses = history_of(trainer.get());
  EXPECT_LT(losses.back(), 0.05 * losses.front());
  const auto whole = integral(model.get(), workspace.get(), {0, 0}, {1, 2 * kPi}, FINN_LIMITS_U);
  EXPECT_NEAR(whole.value[0], 1, 1e-12);
  // The upper half by the angle: 1/2.
  const auto half = integral(model.get(), workspace.get(), {0, 0}, {1, kPi}, FINN_LIMITS_U);
  EXPECT_NEAR(half.value[0], 0.5, 0.02);
}

TEST(DomainTraining, refusesRowsOutside) {
  const ModelHandle model = model_on(unit_disk().get());
  const WorkspaceHandle workspace = make_workspace();
  const TrainerHandle trainer = make_trainer(model.get(), short_training(5, 2));
  const double x[] = {0, 0, 0.8, 0.7}, y[] = {1, 1};
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(finn_trainer_fit_data(trainer.get(), workspace.get(), x, y, nullptr, 2, nullptr,
                                  nullptr, &error),
            FINN_ERROR_ARGUMENT);
  EXPECT_TRUE(mentions(error.message, "x") && mentions(error.message, "1")) << error.message;
}

}  // namespace
}  // namespace finn::test
