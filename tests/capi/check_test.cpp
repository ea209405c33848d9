// What the queries refuse, with which status and which name.
#include <cstdint>
#include <limits>
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

  // query(model, workspace, x, batch, results, error), whose results are called `results`.
  template <class Query>
  void expect_refusals(Query query, Name results) {
    const T* x = points_.data();
    T* f = f_.data();
    std::vector<T> spoiled = points_;
    spoiled[3] = std::numeric_limits<T>::quiet_NaN();
    std::vector<T> infinite = points_;
    infinite[5] = -std::numeric_limits<T>::infinity();
    const BadCall calls[] = {
        {"model NULL", FINN_ERROR_NULL, "model",
         [&](auto* e) { return query(nullptr, workspace_, x, 3, f, e); }},
        {"workspace NULL", FINN_ERROR_NULL, "workspace",
         [&](auto* e) { return query(model_, nullptr, x, 3, f, e); }},
        {"x NULL", FINN_ERROR_NULL, "x",
         [&](auto* e) { return query(model_, workspace_, nullptr, 3, f, e); }},
        {"results NULL", FINN_ERROR_NULL, results,
         [&](auto* e) { return query(model_, workspace_, x, 3, nullptr, e); }},
        {"batch 0", FINN_ERROR_ARGUMENT, "batch",
         [&](auto* e) { return query(model_, workspace_, x, 0, f, e); }},
        {"negative batch", FINN_ERROR_ARGUMENT, "batch",
         [&](auto* e) { return query(model_, workspace_, x, -3, f, e); }},
        {"batch * variables overflows", FINN_ERROR_SIZE, "batch",
         [&](auto* e) { return query(model_, workspace_, x, INT64_MAX / 2 + 1, f, e); }},
        {"x NaN", FINN_ERROR_NOT_FINITE, "x",
         [&](auto* e) { return query(model_, workspace_, spoiled.data(), 3, f, e); }},
        {"x infinite", FINN_ERROR_NOT_FINITE, "x",
         [&](auto* e) { return query(model_, workspace_, infinite.data(), 3, f, e); }}};
    for (const BadCall& bad : calls) expect_refused(bad);
  }
};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(BadQuery, Reals);

TYPED_TEST(BadQuery, integrandIsRefused) { this->expect_refusals(Api<TypeParam>::integrand, "f"); }

TYPED_TEST(BadQuery, antiderivativeIsRefused) {
  this->expect_refusals(Api<TypeParam>::antiderivative, "F");
}

TYPED_TEST(BadQuery, mixedPartialIsRefused) {
  const auto query = [](const finn_model* model, finn_workspace* workspace, const TypeParam* x,
                        std::int64_t batch, TypeParam* values, finn_error* error) {
    return Api<TypeParam>::mixed_partial(model, workspace, 1, x, batch, values, error);
  };
  this->expect_refusals(query, "values");
}

TYPED_TEST(BadQuery, mixedPartialOfASubsetBeyondTheVariablesIsRefused) {
  for (const std::uint32_t subset : {4u, 5u, 0x80000000u, 0xffffffffu}) {
    expect_refused({"subset", FINN_ERROR_ARGUMENT, "subset", [&](finn_error* e) {
                      return Api<TypeParam>::mixed_partial(this->model_, this->workspace_, subset,
                                                           this->points_.data(), 3, this->f_.data(),
                                                           e);
                    }});
  }
}

TYPED_TEST(BadQuery, vjpIsRefused) {
  const auto query = [this](const finn_model* model, finn_workspace* workspace, const TypeParam* x,
                            std::int64_t batch, TypeParam* parameter_adjoint, finn_error* error) {
    return Api<TypeParam>::integrand_vjp(model, workspace, x, batch, this->adjoints_.data(),
                                         this->f_.data(), parameter_adjoint,
                                         this->x_adjoint_.data(), error);
  };
  // The array of results has to be large enough for the vjp as well.
  this->f_.resize(this->parameter_adjoint_.size());
  this->expect_refusals(query, "parameter_adjoint");
}

TYPED_TEST(BadQuery, vjpOfABadAdjointIsRefused) {
  const auto vjp = [this](const TypeParam* f_adjoint, finn_error* error) {
    return Api<TypeParam>::integrand_vjp(
        this->model_, this->workspace_, this->points_.data(), 3, f_adjoint, this->f_.data(),
        this->parameter_adjoint_.data(), this->x_adjoint_.data(), error);
  };
  auto spoiled = this->adjoints_;
  spoiled[1] = std::numeric_limits<TypeParam>::quiet_NaN();
  expect_refused({"f_adjoint NULL", FINN_ERROR_NULL, "f_adjoint",
                  [&](finn_error* e) { return vjp(nullptr, e); }});
  expect_refused({"f_adjoint NaN", FINN_ERROR_NOT_FINITE, "f_adjoint",
                  [&](finn_error* e) { return vjp(spoiled.data(), e); }});
}

TYPED_TEST(BadQuery, leavesTheResultsAsTheyWere) {
  this->f_.assign(3, TypeParam(7));
  std::vector<TypeParam> x = this->points_;
  x[5] = std::numeric_limits<TypeParam>::quiet_NaN();
  EXPECT_EQ(Api<TypeParam>::integrand(this->model_, this->workspace_, x.data(), 3, this->f_.data(),
                                      nullptr),
            FINN_ERROR_NOT_FINITE);
  EXPECT_EQ(this->f_, std::vector<TypeParam>(3, TypeParam(7)));
}

}  // namespace
}  // namespace finn::test
