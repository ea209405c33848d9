// What the queries refuse, with which status and which name.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// Handles and arrays of a good call; each test spoils one of them.
template <class T>
class BadQuery : public ::testing::Test {
 protected:
  using Name = const char*;
  const ModelHandle model_handle_ = make_model({});
  const WorkspaceHandle workspace_handle_ = make_workspace();
  const finn_model* model_ = model_handle_.get();
  finn_workspace* workspace_ = workspace_handle_.get();
  const std::vector<T> points_ = random_points<T>(2, 3, 1);
  const std::vector<T> adjoints_ = std::vector<T>(3, T(1));
  std::vector<T> f_ = std::vector<T>(3);
  std::vector<T> parameter_adjoint_ =
      std::vector<T>(static_cast<std::size_t>(finn_model_parameter_count(model_)));
  std::vector<T> x_adjoint_ = std::vector<T>(6);

  // query(model, workspace, x, batch, results, length, error), whose results are called `results`
  // and have `length` numbers for three rows.
  template <class Query>
  void expect_refusals(Query query, Name results, std::vector<T>& array,
                       Name length_name = "length") {
    const T* x = points_.data();
    T* f = array.data();
    const std::int64_t length = length_of(array);
    std::vector<T> spoiled = points_;
    spoiled[3] = std::numeric_limits<T>::quiet_NaN();
    std::vector<T> infinite = points_;
    infinite[5] = -std::numeric_limits<T>::infinity();
    const BadCall calls[] = {
        {"model NULL", FINN_ERROR_NULL, "model",
         [&](auto* e) { return query(nullptr, workspace_, x, 3, f, length, e); }},
        {"workspace NULL", FINN_ERROR_NULL, "workspace",
         [&](auto* e) { return query(model_, nullptr, x, 3, f, length, e); }},
        {"x NULL", FINN_ERROR_NULL, "x",
         [&](auto* e) { return query(model_, workspace_, nullptr, 3, f, length, e); }},
        {"results NULL", FINN_ERROR_NULL, results,
         [&](auto* e) { return query(model_, workspace_, x, 3, nullptr, length, e); }},
        {"batch 0", FINN_ERROR_ARGUMENT, "batch",
         [&](auto* e) { return query(model_, workspace_, x, 0, f, 0, e); }},
        {"negative batch", FINN_ERROR_ARGUMENT, "batch",
         [&](auto* e) { return query(model_, workspace_, x, -3, f, length, e); }},
        {"batch * variables overflows", FINN_ERROR_SIZE, "batch",
         [&](auto* e) { return query(model_, workspace_, x, INT64_MAX / 2 + 1, f, length, e); }},
        {"x NaN", FINN_ERROR_NOT_FINITE, "x",
         [&](auto* e) { return query(model_, workspace_, spoiled.data(), 3, f, length, e); }},
        {"x infinite", FINN_ERROR_NOT_FINITE, "x",
         [&](auto* e) { return query(model_, workspace_, infinite.data(), 3, f, length, e); }}};
    for (const BadCall& bad : calls) expect_refused(bad);
    expect_lengths([&](std::int64_t wrong,
                       finn_error* e) { return query(model_, workspace_, x, 3, f, wrong, e); },
                   length_name, length, array);
  }

  // query(length, error) of one number too few or too many writes nothing into results.
  template <class Query>
  static void expect_lengths(Query query, Name name, std::int64_t right, std::vector<T>& results) {
    std::fill(results.begin(), results.end(), T(7));
    const std::vector<T> before = results;
    for (const std::int64_t wrong : {right - 1, right + 1, std::int64_t{0}, -right, INT64_MAX}) {
      expect_refused({"length " + std::to_string(wrong), FINN_ERROR_SIZE, name,
                      [&](finn_error* e) { return query(wrong, e); }});
      EXPECT_EQ(results, before);
    }
    EXPECT_EQ(query(right, nullptr), FINN_OK);
    EXPECT_NE(results, before);
  }
};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(BadQuery, Reals);

TYPED_TEST(BadQuery, integrandIsRefused) {
  this->expect_refusals(Api<TypeParam>::integrand, "f", this->f_);
}

TYPED_TEST(BadQuery, antiderivativeIsRefused) {
  this->expect_refusals(Api<TypeParam>::antiderivative, "F", this->f_);
}

TYPED_TEST(BadQuery, mixedPartialIsRefused) {
  const auto query = [](const finn_model* model, finn_workspace* workspace, const TypeParam* x,
                        std::int64_t batch, TypeParam* values, std::int64_t length,
                        finn_error* error) {
    return Api<TypeParam>::mixed_partial(model, workspace, 1, x, batch, values, length, error);
  };
  this->expect_refusals(query, "values", this->f_);
}

TYPED_TEST(BadQuery, mixedPartialOfASubsetBeyondTheVariablesIsRefused) {
  // The last ones are allowed if only the lower 32 bits are looked at.
  for (const std::uint64_t subset :
       {std::uint64_t{4}, std::uint64_t{5}, std::uint64_t{1} << 31, std::uint64_t{1} << 32,
        std::uint64_t{1} << 63, std::uint64_t{0x100000003}}) {
    expect_refused({"subset", FINN_ERROR_ARGUMENT, "subset", [&](finn_error* e) {
                      return Api<TypeParam>::mixed_partial(this->model_, this->workspace_, subset,
                                                           this->points_.data(), 3, this->f_.data(),
                                                           3, e);
                    }});
  }
}

TYPED_TEST(BadQuery, vjpIsRefused) {
  const auto query = [this](const finn_model* model, finn_workspace* workspace, const TypeParam* x,
                            std::int64_t batch, TypeParam* parameter_adjoint, std::int64_t length,
                            finn_error* error) {
    // One of the batches is so large that a length of two per row has no std::int64_t.
    const std::int64_t x_length = batch > INT64_MAX / 2 ? INT64_MAX : 2 * batch;
    return Api<TypeParam>::integrand_vjp(model, workspace, x, batch, this->adjoints_.data(),
                                         this->f_.data(), batch, parameter_adjoint, length,
                                         this->x_adjoint_.data(), x_length, error);
  };
  this->expect_refusals(query, "parameter_adjoint", this->parameter_adjoint_, "parameter_length");
}

TYPED_TEST(BadQuery, vjpOfABadAdjointIsRefused) {
  const auto vjp = [this](const TypeParam* f_adjoint, finn_error* error) {
    return Api<TypeParam>::integrand_vjp(
        this->model_, this->workspace_, this->points_.data(), 3, f_adjoint, this->f_.data(), 3,
        this->parameter_adjoint_.data(), length_of(this->parameter_adjoint_),
        this->x_adjoint_.data(), 6, error);
  };
  auto spoiled = this->adjoints_;
  spoiled[1] = std::numeric_limits<TypeParam>::quiet_NaN();
  expect_refused({"f_adjoint NULL", FINN_ERROR_NULL, "f_adjoint",
                  [&](finn_error* e) { return vjp(nullptr, e); }});
  expect_refused({"f_adjoint NaN", FINN_ERROR_NOT_FINITE, "f_adjoint",
                  [&](finn_error* e) { return vjp(spoiled.data(), e); }});
}

TYPED_TEST(BadQuery, vjpOfWrongLengthsWritesNothing) {
  const auto vjp = [this](TypeParam* f, std::int64_t f_length, TypeParam* x_adjoint,
                          std::int64_t x_length, finn_error* error) {
    return Api<TypeParam>::integrand_vjp(
        this->model_, this->workspace_, this->points_.data(), 3, this->adjoints_.data(), f,
        f_length, this->parameter_adjoint_.data(), length_of(this->parameter_adjoint_), x_adjoint,
        x_length, error);
  };
  TypeParam *f = this->f_.data(), *x = this->x_adjoint_.data();
  this->expect_lengths([&](std::int64_t wrong, finn_error* e) { return vjp(f, wrong, x, 6, e); },
                       "f_length", 3, this->f_);
  this->expect_lengths([&](std::int64_t wrong, finn_error* e) { return vjp(f, 3, x, wrong, e); },
                       "x_length", 6, this->x_adjoint_);
  const std::vector<TypeParam> before(this->parameter_adjoint_.size(), TypeParam(7));
  this->parameter_adjoint_ = before;
  EXPECT_EQ(vjp(f, 2, x, 6, nullptr), FINN_ERROR_SIZE);
  EXPECT_EQ(vjp(f, 3, x, 7, nullptr), FINN_ERROR_SIZE);
  EXPECT_EQ(this->parameter_adjoint_, before);
  EXPECT_EQ(vjp(nullptr, -5, nullptr, 77, nullptr), FINN_OK);
}

TYPED_TEST(BadQuery, leavesTheResultsAsTheyWere) {
  this->f_.assign(3, TypeParam(7));
  std::vector<TypeParam> x = this->points_;
  x[5] = std::numeric_limits<TypeParam>::quiet_NaN();
  EXPECT_EQ(Api<TypeParam>::integrand(this->model_, this->workspace_, x.data(), 3, this->f_.data(),
                                      3, nullptr),
            FINN_ERROR_NOT_FINITE);
  EXPECT_EQ(this->f_, std::vector<TypeParam>(3, TypeParam(7)));
}

// An integral has three arrays of one length, two of which may be left out.
TEST(BadIntegral, ofAWrongLengthWritesNothing) {
  const ModelHandle model = make_model({.outputs = 2});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> lower = lower_of(2), upper = upper_of(2), before(6, 7.0);
  std::vector<double> results = before;
  for (const int length : {-1, 0, 1, 3}) {
    expect_refused(
        {"length " + std::to_string(length), FINN_ERROR_SIZE, "length", [&](finn_error* e) {
           return finn_integral(model.get(), workspace.get(), FINN_LIMITS_X, lower.data(),
                                upper.data(), &results[0], &results[2], &results[4], length, e);
         }});
    EXPECT_EQ(results, before);
  }
}

// A mixture has more variables than 32 bits can mask.
TEST(Subset, ofAMixtureMasksEveryVariableOfSixtyFour) {
  ModelSpec spec{.network = FINN_NETWORK_MIXTURE, .variables = 64};
  spec.components = 3;
  const ModelHandle model = make_model(spec);
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x = random_points<double>(64, 5, 3);
  const auto f = integrand(model.get(), workspace.get(), x);
  EXPECT_TRUE(same_bits(mixed_partial(model.get(), workspace.get(), UINT64_MAX, x), f));
  const double h = 1e-4;
  std::vector<double> above = x, below = x;
  for (std::size_t row = 0; row < 5; ++row) {
    above[row * 64 + 40] += h;
    below[row * 64 + 40] -= h;
  }
  const auto partial = mixed_partial(model.get(), workspace.get(), std::uint64_t{1} << 40, x);
  const auto high = mixed_partial(model.get(), workspace.get(), 0, above);
  const auto low = mixed_partial(model.get(), workspace.get(), 0, below);
  for (std::size_t row = 0; row < 5; ++row) {
    const double quotient = (high[row] - low[row]) / (2 * h);
    EXPECT_GT(partial[row], 0);
    EXPECT_NEAR(partial[row], quotient, 1e-5 * quotient);
  }
}

}  // namespace
}  // namespace finn::test
