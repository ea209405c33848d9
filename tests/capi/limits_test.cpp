// Integrals whose limits are given in x, on domains that map one variable at a time and on those
// that do not.
#include <cmath>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/gauss_legendre.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

DomainHandle half_line(double end, finn_direction direction, finn_tail tail) {
  return make_domain([&](finn_domain** domain, finn_error* e) {
    return finn_domain_half_line(end, direction, 1.5, tail, domain, e);
  });
}

DomainHandle line() {
  return make_domain([](finn_domain** domain, finn_error* e) {
    return finn_domain_line(0.5, 2, FINN_TAIL_GAUSSIAN, domain, e);
  });
}

// [0, infinity) x [2, 3].
DomainHandle strip() {
  const DomainHandle first = half_line(0, FINN_UPWARD, FINN_TAIL_EXPONENTIAL);
  const DomainHandle second = make_domain([](finn_domain** domain, finn_error* e) {
    const double lower = 2, upper = 3;
    return finn_domain_box(1, &lower, &upper, domain, e);
  });
  return make_domain([&](finn_domain** domain, finn_error* e) {
    const finn_domain* factors[] = {first.get(), second.get()};
    return finn_domain_product(factors, 2, domain, e);
  });
}

DomainHandle image(const DomainHandle& inner, const std::vector<double>& matrix) {
  return make_domain([&](finn_domain** domain, finn_error* e) {
    const double offset[] = {1, -1};
    return finn_domain_affine(inner.get(), matrix.data(), offset, domain, e);
  });
}

class LimitsInX : public ::testing::Test {
 protected:
  double over(const std::vector<double>& lower, const std::vector<double>& upper,
              finn_limits limits = FINN_LIMITS_X) {
    return integral(model_.get(), workspace_.get(), lower, upper, limits).value[0];
  }
  void use(const DomainHandle& domain) { model_ = make_moved(spec_on(domain.get())); }

  // f integrated over a finite box by a rule that knows nothing of F.
  double cubature(const std::vector<double>& lower, const std::vector<double>& upper) {
    std::vector<double> x, weights;
    for_each_node(24, lower.size() == 1 ? 64 : 8, lower, upper,
                  [&](const double* point, double weight) {
                    x.insert(x.end(), point, point + lower.size());
                    weights.push_back(weight);
                  });
    const auto f = integrand(model_.get(), workspace_.get(), x);
    double sum = 0;
    for (std::size_t k = 0; k < f.size(); ++k) sum += weights[k] * f[k];
    return sum;
  }

  const WorkspaceHandle workspace_ = make_workspace();
  ModelHandle model_;
};

// What a user wants who asks for P(0 < x < 5): [0, 5] taken for shares u would be all of it.
TEST_F(LimitsInX, giveTheProbabilityOfAnIntervalOfAHalfLine) {
  for (const finn_tail tail : {FINN_TAIL_GAUSSIAN, FINN_TAIL_EXPONENTIAL, FINN_TAIL_RATIONAL}) {
    const DomainHandle domain = half_line(0, FINN_UPWARD, tail);
    use(domain);
    EXPECT_LT(over({0}, {5}), 1);
    EXPECT_NEAR(over({0}, {5}), cubature({0}, {5}), 1e-9) << "tail " << tail;
    EXPECT_NEAR(over({0}, {5}), over({0}, to_box(domain.get(), {5}), FINN_LIMITS_U), 1e-13);
    EXPECT_NEAR(over({0}, {5}) + over({5}, {kInfinity}), 1, 1e-12);
    EXPECT_NEAR(over({-3}, {kInfinity}), 1, 1e-12);
    EXPECT_EQ(over({-3}, {-1}), 0);
  }
}

TEST_F(LimitsInX, giveTheProbabilityOfAnIntervalOfADownwardHalfLine) {
  const DomainHandle domain = half_line(2, FINN_DOWNWARD, FINN_TAIL_EXPONENTIAL);
  use(domain);
  EXPECT_NEAR(over({-1}, {1.5}), cubature({-1}, {1.5}), 1e-9);
  EXPECT_NEAR(over({-kInfinity}, {-1}) + over({-1}, {7}), 1, 1e-12);
  EXPECT_EQ(over({2}, {9}), 0);
}

TEST_F(LimitsInX, giveTheProbabilityOfAnIntervalOfALine) {
  use(line());
  EXPECT_NEAR(over({-1}, {2}), cubature({-1}, {2}), 1e-9);
  EXPECT_NEAR(over({-kInfinity}, {kInfinity}), 1, 1e-12);
  EXPECT_EQ(over({kInfinity}, {kInfinity}), 0);
}

TEST_F(LimitsInX, goThroughProductsAndDiagonalImages) {
  use(strip());
  EXPECT_NEAR(over({0.5, 2.25}, {2, 2.75}), cubature({0.5, 2.25}, {2, 2.75}), 1e-9);
  EXPECT_NEAR(over({0, 2}, {kInfinity, 3}), 1, 1e-12);
  EXPECT_NEAR(over({-kInfinity, -kInfinity}, {kInfinity, kInfinity}), 1, 1e-12);
  // The first variable is turned round: its half-line goes down from 1.
  use(image(strip(), {-2, 0, 0, 3}));
  EXPECT_NEAR(over({-2, 5.5}, {0.5, 7.5}), cubature({-2, 5.5}, {0.5, 7.5}), 1e-9);
  EXPECT_NEAR(over({-kInfinity, 5}, {1, 8}), 1, 1e-12);
  EXPECT_EQ(over({1, 5}, {4, 8}), 0);
}

TEST_F(LimitsInX, mayLieAnywhereOutsideOfABox) {
  use(make_domain([](finn_domain** domain, finn_error* e) {
    const double lower[] = {0, 1}, upper[] = {2, 3};
    return finn_domain_box(2, lower, upper, domain, e);
  }));
  EXPECT_NEAR(over({-kInfinity, -5}, {9, kInfinity}), 1, 1e-12);
  EXPECT_NEAR(over({0.5, 0}, {1, 2}), cubature({0.5, 1}, {1, 2}), 1e-9);
  EXPECT_EQ(over({-2, 1}, {-1, 3}), 0);
}

TEST_F(LimitsInX, areThoseOfConditionalIntegralsToo) {
  const DomainHandle domain = half_line(0, FINN_UPWARD, FINN_TAIL_EXPONENTIAL);
  ConditionedSpec spec(1);
  spec.domain = domain.get();
  const ModelHandle model = make_moved(spec);
  const std::vector<double> given = spec.given(4), end = to_box(domain.get(), {5});
  const auto in_x =
      conditional_integral(model.get(), workspace_.get(), {-1}, {5}, given, 4, FINN_LIMITS_X);
  const auto in_u =
      conditional_integral(model.get(), workspace_.get(), {0}, end, given, 4, FINN_LIMITS_U);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(in_x[k], in_u[k], 1e-13);
    EXPECT_LT(in_x[k], 1);
  }
}

TEST_F(LimitsInX, areRefusedWhereTheMapMixesVariables) {
  const double centre[] = {0, 0};
  const DomainHandle disk = make_domain(
      [&](finn_domain** domain, finn_error* e) { return finn_domain_disk(centre, 1, domain, e); });
  const DomainHandle turned = image(strip(), {1, -1, 1, 1}), swapped = image(strip(), {0, 1, 1, 0});
  const DomainHandle holding_a_disk = make_domain([&](finn_domain** domain, finn_error* e) {
    const DomainHandle first = line();
    const finn_domain* factors[] = {first.get(), disk.get()};
    return finn_domain_product(factors, 2, domain, e);
  });
  for (const DomainHandle* domain : {&disk, &turned, &swapped, &holding_a_disk}) {
    use(*domain);
    const std::vector<double> low(3, -0.5), high(3, 0.5);
    double value = 7;
    const auto query = [&](finn_error* e) {
      return finn_integral(model_.get(), workspace_.get(), FINN_LIMITS_X, low.data(), high.data(),
                           &value, nullptr, nullptr, 1, e);
    };
    expect_refused({"limits", FINN_ERROR_ARGUMENT, "limits", query});
    expect_refused({"the way out", FINN_ERROR_ARGUMENT, "FINN_LIMITS_U", query});
    EXPECT_EQ(value, 7);
  }
}

TEST_F(LimitsInX, areRefusedWhereTheyAreNone) {
  use(half_line(0, FINN_UPWARD, FINN_TAIL_EXPONENTIAL));
  const auto refuse = [&](finn_status status, const char* name, double low, double high) {
    expect_refused({name, status, name, [&](finn_error* e) {
                      double value = 0;
                      return finn_integral(model_.get(), workspace_.get(), FINN_LIMITS_X, &low,
                                           &high, &value, nullptr, nullptr, 1, e);
                    }});
  };
  refuse(FINN_ERROR_NOT_FINITE, "lower", kNaN, 1);
  refuse(FINN_ERROR_NOT_FINITE, "upper", 0, kNaN);
  refuse(FINN_ERROR_ARGUMENT, "upper", 2, 1);
  refuse(FINN_ERROR_ARGUMENT, "upper", kInfinity, 1);
}

}  // namespace
}  // namespace finn::test
