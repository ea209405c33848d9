// Integrals of f(x | c) for given conditions.
#include <algorithm>
#include <cmath>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::test {
namespace {

// What finn_integrand gives, integrated by a rule that knows nothing of F.
TEST(ConditionalIntegral, isThatOfAQuadratureOfF) {
  const WorkspaceHandle workspace = make_workspace();
  for (const int n : {1, 2}) {
    for_each_conditioned_case(n, [&](const ConditionedSpec& spec, const ModelHandle& model) {
      const auto given = spec.given(1);
      const std::vector<double> upper = [&] {
        auto part = spec.upper;
        part[0] = 0.3 * spec.lower[0] + 0.7 * spec.upper[0];
        return part;
      }();
      const auto expected =
          conditional_integral(model.get(), workspace.get(), spec.lower, upper, given, 1);
      std::vector<double> rows, weights;
      for_each_node(24, 2, spec.lower, upper, [&](const double* x, double weight) {
        rows.insert(rows.end(), x, x + n);
        rows.insert(rows.end(), given.begin(), given.end());
        weights.push_back(weight);
      });
      const auto f = integrand(model.get(), workspace.get(), rows);
      for (std::size_t j = 0; j < expected.size(); ++j) {
        double sum = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
          sum += weights[i] * f[i * expected.size() + j];
        }
        EXPECT_NEAR(sum, expected[j], 1e-10 * std::max(1.0, std::abs(expected[j])));
      }
    });
  }
}

TEST(ConditionalIntegral, ofAModelWithoutConditionsIsTheSameForEveryRow) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_EQ(finn_model_columns(model.get()), 2);
  const std::vector<double> lower{-0.5, -0.5}, upper{0.2, 0.4};
  std::vector<double> value(2);
  require_ok([&](finn_error* e) {
    return finn_conditional_integral(model.get(), workspace.get(), FINN_LIMITS_X, lower.data(),
                                     upper.data(), nullptr, 2, value.data(), nullptr, nullptr,
                                     length_of(value), e);
  });
  const double expected = integral(model.get(), workspace.get(), lower, upper).value[0];
  EXPECT_EQ(value[0], expected);
  EXPECT_EQ(value[1], expected);
}

// Of linear constraints there is no form for samples one by one, and none is needed.
TEST(ConditionalIntegral, ofAModelWithLinearConstraintsIsThatOfTheModel) {
  ModelSpec spec = small_mlp();
  spec.constraint = FINN_CONSTRAINT_LINEAR;
  spec.integrals = {{{}, {}, {2, 1}, {0.5}}};
  const ModelHandle model = make_model(spec);
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> lower{-0.5, -0.5}, upper{0.2, 0.4};
  const auto value = conditional_integral(model.get(), workspace.get(), lower, upper, {}, 2);
  const double expected = integral(model.get(), workspace.get(), lower, upper).value[0];
  EXPECT_EQ(value, (std::vector<double>{expected, expected}));
}

TEST(ConditionalIntegral, needsConditions) {
  ConditionedSpec spec;
  spec.use_row_targets();
  const ModelHandle model = make_model(spec);
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> given = spec.given(3);
  double value = 0;
  expect_refused(
      {"finn_integral", FINN_ERROR_ARGUMENT, "finn_conditional_integral", [&](finn_error* error) {
         return finn_integral(model.get(), workspace.get(), FINN_LIMITS_X, spec.lower.data(),
                              spec.upper.data(), &value, nullptr, nullptr, 1, error);
       }});
  const auto call = [&](const double* conditions, std::int64_t count, std::int64_t length) {
    return [=, &value, &spec, &workspace, &model](finn_error* error) {
      return finn_conditional_integral(model.get(), workspace.get(), FINN_LIMITS_X,
                                       spec.lower.data(), spec.upper.data(), conditions, count,
                                       &value, nullptr, nullptr, length, error);
    };
  };
  expect_refused({"conditions NULL", FINN_ERROR_NULL, "conditions", call(nullptr, 1, 1)});
  expect_refused({"count 0", FINN_ERROR_ARGUMENT, "count", call(given.data(), 0, 0)});
  expect_refused({"length too small", FINN_ERROR_SIZE, "length", call(given.data(), 3, 2)});
  expect_refused({"length too large", FINN_ERROR_SIZE, "length", call(given.data(), 1, 2)});
  EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace finn::test
