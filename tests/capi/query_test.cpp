// f, F and the partials between them: how they belong together, signs, types, threads.
#include <cmath>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

const finn_positivity kPositive[] = {FINN_POSITIVITY_ABS, FINN_POSITIVITY_SOFTPLUS,
                                     FINN_POSITIVITY_SQUARE, FINN_POSITIVITY_EXP};

template <class T>
class Query : public ::testing::Test {
 protected:
  const WorkspaceHandle workspace_ = make_workspace();
};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(Query, Reals);

TYPED_TEST(Query, mixedPartialOfAllVariablesIsTheIntegrand) {
  for (const ModelSpec& spec :
       with_every_constraint({.variables = 3, .outputs = 2, .target = {1, 2.5}})) {
    const ModelHandle model = make_model(spec);
    const auto x = random_points<TypeParam>(3, 40, 1);
    EXPECT_TRUE(same_bits(mixed_partial(model.get(), this->workspace_.get(), 7, x),
                          integrand(model.get(), this->workspace_.get(), x)));
  }
}

TYPED_TEST(Query, mixedPartialOfNoVariableIsTheAntiderivative) {
  for (const ModelSpec& spec : with_every_constraint({})) {
    const ModelHandle model = make_model(spec);
    const auto x = random_points<TypeParam>(2, 40, 1);
    std::vector<TypeParam> F(40);
    require_ok([&](finn_error* e) {
      return Api<TypeParam>::antiderivative(model.get(), this->workspace_.get(), x.data(), 40,
                                            F.data(), 40, e);
    });
    EXPECT_TRUE(same_bits(mixed_partial(model.get(), this->workspace_.get(), 0, x), F));
  }
}

TYPED_TEST(Query, givesTheSameBitsWhenTheBatchIsSplit) {
  constexpr std::size_t kRows = 500;
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model = make_model({.variables = 3, .outputs = 2, .precision = precision});
    const auto x = random_points<TypeParam>(3, kRows, 1);
    const auto whole = integrand(model.get(), this->workspace_.get(), x);
    std::vector<TypeParam> parts;
    std::size_t begin = 0;
    for (const std::size_t rows : {std::size_t{1}, std::size_t{130}, std::size_t{7}, kRows - 138}) {
      const auto first = x.begin() + static_cast<std::ptrdiff_t>(3 * begin);
      const std::vector<TypeParam> part(first, first + static_cast<std::ptrdiff_t>(3 * rows));
      const auto f = integrand(model.get(), this->workspace_.get(), part);
      parts.insert(parts.end(), f.begin(), f.end());
      begin += rows;
    }
    EXPECT_TRUE(same_bits(parts, whole));
  }
}

TYPED_TEST(Query, givesTheSameBitsForEveryNumberOfThreads) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model =
        make_model({.variables = 3, .outputs = 2, .widths = {12, 9}, .precision = precision});
    const auto x = random_points<TypeParam>(3, 1000, 1);
    const auto adjoint = random_numbers<TypeParam>(2000, -1, 1, 2);
    const auto F = mixed_partial(model.get(), this->workspace_.get(), 0, x);
    const auto one = integrand_vjp(model.get(), this->workspace_.get(), x, adjoint);
    for (const int threads : {2, 3, 8, 0}) {
      SCOPED_TRACE(threads);
      const WorkspaceHandle workspace = make_workspace(threads);
      const auto many = integrand_vjp(model.get(), workspace.get(), x, adjoint);
      EXPECT_TRUE(same_bits(mixed_partial(model.get(), workspace.get(), 0, x), F));
      EXPECT_TRUE(same_bits(integrand(model.get(), workspace.get(), x), one.f));
      EXPECT_TRUE(same_bits(many.f, one.f));
      EXPECT_TRUE(same_bits(many.parameters, one.parameters));
      EXPECT_TRUE(same_bits(many.x, one.x));
    }
  }
}

// Far outside of the domain f underflows; it must do so to zero and not below.
TYPED_TEST(Query, isNeverNegativeUnderPositivity) {
  for (const finn_positivity positivity : kPositive) {
    for (int n = 1; n <= 4; ++n) {
      for (const double stretch : {1.0, 20.0}) {
        SCOPED_TRACE(std::to_string(positivity) + " n=" + std::to_string(n));
        const ModelHandle model =
            make_model({.variables = n, .precision = FINN_FLOAT32, .positivity = positivity});
        const auto x = random_points<TypeParam>(n, 2000, 3, stretch);
        for (const TypeParam f : integrand(model.get(), this->workspace_.get(), x)) {
          ASSERT_GE(f, TypeParam(0));
        }
      }
    }
  }
}

TEST(QueryOfAFloatModel, isTheSameThroughArraysOfEitherType) {
  const ModelHandle model = make_model({.precision = FINN_FLOAT32});
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<float>(2, 100, 1);
  const std::vector<double> x_double(x.begin(), x.end());
  const auto f = integrand(model.get(), workspace.get(), x);
  const auto f_double = integrand(model.get(), workspace.get(), x_double);
  const std::vector<float> rounded(f_double.begin(), f_double.end());
  EXPECT_TRUE(same_bits(rounded, f));
}

TEST(QueryOfAFloatModel, isCloseToThatOfTheDoubleModel) {
  const ModelHandle precise = make_model({.variables = 3});
  const ModelHandle coarse = make_model({.variables = 3, .precision = FINN_FLOAT32});
  set_parameters(coarse.get(), parameters_of<double>(precise.get()));
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<double>(3, 200, 1);
  const auto f = integrand(precise.get(), workspace.get(), x);
  const auto g = integrand(coarse.get(), workspace.get(), x);
  for (std::size_t k = 0; k < f.size(); ++k) EXPECT_NEAR(g[k], f[k], 1e-4 * f[k]);
}

TEST(MixedPartial, isTheDerivativeOfTheNextLowerOne) {
  const double h = 1e-3;
  const WorkspaceHandle workspace = make_workspace();
  for (const ModelSpec& spec : with_every_constraint({.variables = 3})) {
    const ModelHandle model = make_model(spec);
    const auto x = random_points<double>(3, 10, 1);
    for (std::uint32_t subset = 1; subset < 8; ++subset) {
      for (std::uint32_t i = 0; i < 3; ++i) {
        if ((subset >> i & 1u) == 0) continue;
        SCOPED_TRACE("subset " + std::to_string(subset) + " variable " + std::to_string(i));
        const auto at = [&](double offset) {
          std::vector<double> moved = x;
          for (std::size_t k = i; k < moved.size(); k += 3) moved[k] += offset;
          return mixed_partial(model.get(), workspace.get(), subset ^ (1u << i), moved);
        };
        const auto left2 = at(-2 * h), left = at(-h), right = at(h), right2 = at(2 * h);
        const auto got = mixed_partial(model.get(), workspace.get(), subset, x);
        for (std::size_t b = 0; b < got.size(); ++b) {
          const double slope = (8 * (right[b] - left[b]) - (right2[b] - left2[b])) / (12 * h);
          EXPECT_NEAR(got[b], slope, 1e-7 * (1 + std::abs(slope)));
        }
      }
    }
  }
}

TEST(UniformShare, isALowerBoundOfTheIntegrand) {
  const WorkspaceHandle workspace = make_workspace();
  const double V = volume(lower_of(2), upper_of(2));
  const ModelHandle model = make_model({.target = {3}, .uniform_share = 0.25});
  const ModelHandle plain = make_model({.target = {3}});
  const auto x = random_points<double>(2, 500, 1);
  const auto f = integrand(model.get(), workspace.get(), x);
  const auto g = integrand(plain.get(), workspace.get(), x);
  for (std::size_t k = 0; k < f.size(); ++k) {
    EXPECT_GE(f[k], 0.25 * 3 / V * (1 - 1e-15));
    EXPECT_NEAR(f[k], 0.25 * 3 / V + 0.75 * g[k], 1e-13);
  }
}

TEST(Shift, differsFromTheNetworkByAConstant) {
  const WorkspaceHandle workspace = make_workspace();
  ModelSpec spec{.positivity = FINN_POSITIVITY_NONE, .constraint = FINN_CONSTRAINT_NONE};
  const ModelHandle plain = make_model(spec);
  spec.constraint = FINN_CONSTRAINT_EQUAL;
  spec.target = {-0.5};
  const ModelHandle shifted = make_model(spec);
  const double I = integral(plain.get(), workspace.get(), lower_of(2), upper_of(2)).value[0];
  const double shift = (-0.5 - I) / volume(lower_of(2), upper_of(2));
  const auto x = random_points<double>(2, 50, 1);
  const auto f = integrand(shifted.get(), workspace.get(), x);
  const auto g = integrand(plain.get(), workspace.get(), x);
  for (std::size_t k = 0; k < f.size(); ++k) EXPECT_NEAR(f[k], g[k] + shift, 1e-13);
}

TEST(Query, reportsAResultThatOverflows) {
  const ModelHandle model = make_model({.variables = 4, .precision = FINN_FLOAT32});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> far_outside(4, 1e30);
  double f = 0;
  finn_error error = FINN_ERROR_INIT;
  const finn_status status =
      finn_integrand_f64(model.get(), workspace.get(), far_outside.data(), 1, &f, 1, &error);
  EXPECT_STREQ(finn_status_name(status), "FINN_ERROR_NOT_FINITE");
  EXPECT_TRUE(mentions(error.message, "f")) << error.message;
}

}  // namespace
}  // namespace finn::test
