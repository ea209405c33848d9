// The vector-Jacobian product of integrals over boxes, against central differences.
#include <cmath>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/refusal_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/central_differences.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

// A box, and what an integral over it depends on beside the parameters.
struct IntegralRows {
  std::vector<double> lower, upper, given;
  std::int64_t count;
  finn_limits limits = FINN_LIMITS_X;
};

struct IntegralVjp {
  std::vector<double> value, parameters, lower, upper, given;
};

class IntegralVjpTest : public ::testing::Test {
 protected:
  std::vector<double> value(const ModelHandle& model, const IntegralRows& rows) {
    std::vector<double> values(
        static_cast<std::size_t>(rows.count * finn_model_outputs(model.get())));
    require_ok([&](finn_error* e) {
      return finn_conditional_integral(
          model.get(), workspace_.get(), rows.limits, rows.lower.data(), rows.upper.data(),
          rows.given.data(), rows.count, values.data(), nullptr, nullptr, length_of(values), e);
    });
    return values;
  }
  IntegralVjp vjp(const ModelHandle& model, const IntegralRows& rows,
                  const std::vector<double>& adjoint) {
    IntegralVjp result{adjoint, {}, rows.lower, rows.upper, rows.given};
    result.parameters.resize(static_cast<std::size_t>(finn_model_parameter_count(model.get())));
    require_ok([&](finn_error* e) {
      return finn_conditional_integral_vjp(
          model.get(), workspace_.get(), rows.limits, rows.lower.data(), rows.upper.data(),
          rows.given.data(), rows.count, adjoint.data(), result.value.data(),
          length_of(result.value), result.parameters.data(), length_of(result.parameters),
          result.lower.data(), result.upper.data(), length_of(result.lower), result.given.data(),
          length_of(result.given), e);
    });
    return result;
  }
  // The sum of the values times their adjoints, as one number.
  std::vector<double> loss(const ModelHandle& model, const IntegralRows& rows,
                           const std::vector<double>& adjoint) {
    const std::vector<double> values = value(model, rows);
    double sum = 0;
    for (std::size_t k = 0; k < values.size(); ++k) sum += adjoint[k] * values[k];
    return {sum};
  }

  void expect_differences(const ModelHandle& model, const IntegralRows& rows,
                          double roundoff = 1e-8) {
    const auto count = static_cast<std::size_t>(rows.count * finn_model_outputs(model.get()));
    const auto adjoint = random_numbers<double>(count, -1, 1, 9);
    const IntegralVjp exact = vjp(model, rows, adjoint);
    const std::vector<double> values = value(model, rows);
    for (std::size_t k = 0; k < count; ++k) {
      EXPECT_NEAR(exact.value[k], values[k], 1e-11 * (1 + std::abs(values[k])));
    }
    const auto expect = [&](std::vector<double> IntegralRows::*part,
                            const std::vector<double>& slopes) {
      for (std::size_t k = 0; k < slopes.size(); ++k) {
        const auto reference = central_differences(1e-3, [&](double offset) {
          IntegralRows moved = rows;
          (moved.*part)[k] += offset;
          return loss(model, moved, adjoint);
        });
        EXPECT_NEAR(slopes[k], reference[0], roundoff * (1 + largest_of(slopes))) << k;
      }
    };
    expect(&IntegralRows::lower, exact.lower);
    expect(&IntegralRows::upper, exact.upper);
    expect(&IntegralRows::given, exact.given);
    const auto parameters = parameters_of<double>(model.get());
    for (std::size_t k = 0; k < trained_count(model.get()); k += 1 + parameters.size() / 40) {
      const auto reference = central_differences(1e-3, [&](double offset) {
        auto moved = parameters;
        moved[k] += offset;
        set_parameters(model.get(), moved);
        return loss(model, rows, adjoint);
      });
      EXPECT_NEAR(exact.parameters[k], reference[0], roundoff * (1 + largest_of(exact.parameters)))
          << "parameter " << k;
    }
    set_parameters(model.get(), parameters);
  }

  const WorkspaceHandle workspace_ = make_workspace(2);
};

TEST_F(IntegralVjpTest, isTheSlopeUnderEveryConditioning) {
  for (const int n : {1, 2}) {
    for_each_conditioned_case(n, [&](const ConditionedSpec& spec, const ModelHandle& model) {
      IntegralRows rows{spec.lower, spec.upper, spec.given(3), 3};
      for (double& x : rows.lower) x += 0.2;
      for (double& x : rows.upper) x -= 0.3;
      expect_differences(model, rows, 1e-7);
    });
  }
}

TEST_F(IntegralVjpTest, isTheSlopeUnderEveryConstraint) {
  for (ModelSpec spec : {small_mlp(), small_mixture()}) {
    spec.outputs = 2;
    spec.target = {1, 2};
    for (const ModelSpec& constrained : with_every_constraint(spec)) {
      expect_differences(make_moved(constrained), {{-0.6, -0.4}, {0.2, 0.5}, {}, 1}, 1e-7);
    }
  }
  ModelSpec linear = small_mlp();
  linear.constraint = FINN_CONSTRAINT_LINEAR;
  linear.integrals = {{{}, {}, {2, 1}, {0.5}}, {{-0.5, -0.7}, {0.4, 0.8}, {0, 3}, {0.25}}};
  expect_differences(make_moved(linear), {{-0.6, -0.4}, {0.2, 0.5}, {}, 1}, 1e-7);
}

// In x of a half-line, and of one that is turned round, so that u falls as x grows and the limits
// change places.
TEST_F(IntegralVjpTest, reachesLimitsOfXThroughTheMap) {
  const DomainHandle half_line = make_domain([&](finn_domain** made, finn_error* e) {
    return finn_domain_half_line(0.5, FINN_UPWARD, 1, FINN_TAIL_GAUSSIAN, made, e);
  });
  const DomainHandle turned = make_domain([&](finn_domain** made, finn_error* e) {
    const double matrix = -2, offset = 1;
    return finn_domain_affine(half_line.get(), &matrix, &offset, made, e);
  });
  for (const finn_domain* domain : {half_line.get(), turned.get()}) {
    const double lower = domain == half_line.get() ? 0.8 : -1.5, upper = lower + 0.8;
    for (const finn_network_form form : {FINN_NETWORK_MIXTURE, FINN_NETWORK_MLP}) {
      ModelSpec spec = spec_on(domain);
      spec.network = form;
      spec.components = 3;
      const ModelHandle model = make_moved(spec);
      expect_differences(model, {{lower}, {upper}, {}, 1}, 1e-7);
      const IntegralVjp whole = vjp(model, {{-kInfinity}, {kInfinity}, {}, 1}, {1});
      EXPECT_EQ(whole.lower[0], 0);
      EXPECT_EQ(whole.upper[0], 0);
    }
  }
}

TEST_F(IntegralVjpTest, inFloatIsInDouble) {
  ModelSpec spec = small_mlp();
  const IntegralRows rows{{-0.5, -0.5}, {0.25, 0.5}, {}, 1};
  spec.precision = FINN_FLOAT32;
  const ModelHandle narrow = make_model(spec);
  const auto parameters = parameters_of<double>(narrow.get());
  spec.precision = FINN_FLOAT64;
  const ModelHandle model = make_model(spec);
  set_parameters(model.get(), parameters);
  EXPECT_EQ(vjp(narrow, rows, {1}).parameters, vjp(model, rows, {1}).parameters);
}

TEST_F(IntegralVjpTest, refusesWrongArrays) {
  const ModelHandle model = make_model(small_mlp());
  const double lower[] = {-0.5, -0.5}, upper[] = {0.2, 0.4}, adjoint[] = {1, 1}, bad[] = {NAN, 1};
  std::vector<double> parameters(static_cast<std::size_t>(finn_model_parameter_count(model.get())));
  double value[2], of_lower[2];
  const auto call = [&](const double* from, const double* to, std::int64_t count,
                        const double* of_value, std::int64_t values, std::int64_t of_parameters,
                        std::int64_t limits) {
    return [=, this, &model, &parameters, &value, &of_lower](finn_error* e) {
      return finn_conditional_integral_vjp(
          model.get(), workspace_.get(), FINN_LIMITS_X, from, to, nullptr, count, of_value, value,
          values, parameters.data(), of_parameters, of_lower, nullptr, limits, nullptr, 0, e);
    };
  };
  const std::int64_t p = length_of(parameters);
  require_ok(call(lower, upper, 2, adjoint, 2, p, 2));
  expect_refused(
      {"reversed", FINN_ERROR_ARGUMENT, "lower", call(upper, lower, 2, adjoint, 2, p, 2)});
  expect_refused({"rows", FINN_ERROR_ARGUMENT, "count", call(lower, upper, 0, adjoint, 2, p, 2)});
  expect_refused(
      {"NULL", FINN_ERROR_NULL, "value_adjoint", call(lower, upper, 2, nullptr, 2, p, 2)});
  expect_refused(
      {"NaN", FINN_ERROR_NOT_FINITE, "value_adjoint", call(lower, upper, 2, bad, 2, p, 2)});
  expect_refused(
      {"length", FINN_ERROR_SIZE, "value_length", call(lower, upper, 2, adjoint, 1, p, 2)});
  expect_refused(
      {"length", FINN_ERROR_SIZE, "parameter_length", call(lower, upper, 2, adjoint, 2, 7, 2)});
  expect_refused(
      {"length", FINN_ERROR_SIZE, "limit_length", call(lower, upper, 2, adjoint, 2, p, 3)});
}

}  // namespace
}  // namespace finn::test
