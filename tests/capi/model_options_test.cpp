// What finn_model_* and finn_workspace_create refuse, with which status and which name.
#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Options of a model that can be made, and the arrays that they point to.
struct Options : finn_model_options {
  std::array<double, 2> low{-1, -1}, high{1, 1}, integrals{1, 2};
  std::array<std::int32_t, 2> sizes{4, 3};

  Options() : finn_model_options() {
    finn_model_options_init(this);
    variables = 2;
    outputs = 2;
    lower = low.data();
    upper = high.data();
    widths = sizes.data();
    hidden_layers = 2;
    epsilon = integrals.data();
  }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
};

const SpoiledOption<Options> kBadOptions[] = {
    {"struct_size 0", FINN_ERROR_ARGUMENT, "struct_size", [](Options& o) { o.struct_size = 0; }},
    {"struct_size too small", FINN_ERROR_ARGUMENT, "struct_size",
     [](Options& o) { o.struct_size = offsetof(finn_model_options, head) - 1; }},
    {"struct_size too large", FINN_ERROR_ARGUMENT, "struct_size",
     [](Options& o) { o.struct_size = sizeof(finn_model_options) + 8; }},
    {"no variables", FINN_ERROR_ARGUMENT, "variables", [](Options& o) { o.variables = 0; }},
    {"negative variables", FINN_ERROR_ARGUMENT, "variables", [](Options& o) { o.variables = -1; }},
    {"too many variables", FINN_ERROR_ARGUMENT, "variables",
     [](Options& o) { o.variables = FINN_MAX_VARIABLES + 1; }},
    {"no outputs", FINN_ERROR_ARGUMENT, "outputs", [](Options& o) { o.outputs = 0; }},
    {"negative outputs", FINN_ERROR_ARGUMENT, "outputs", [](Options& o) { o.outputs = -3; }},
    {"lower NULL", FINN_ERROR_NULL, "lower", [](Options& o) { o.lower = nullptr; }},
    {"upper NULL", FINN_ERROR_NULL, "upper", [](Options& o) { o.upper = nullptr; }},
    {"reversed limits", FINN_ERROR_ARGUMENT, "upper", [](Options& o) { o.high[1] = -2; }},
    {"equal limits", FINN_ERROR_ARGUMENT, "upper", [](Options& o) { o.high[0] = -1; }},
    {"lower NaN", FINN_ERROR_NOT_FINITE, "lower", [](Options& o) { o.low[1] = kNaN; }},
    {"upper NaN", FINN_ERROR_NOT_FINITE, "upper", [](Options& o) { o.high[1] = kNaN; }},
    {"lower infinite", FINN_ERROR_NOT_FINITE, "lower", [](Options& o) { o.low[0] = -kInfinity; }},
    {"upper infinite", FINN_ERROR_NOT_FINITE, "upper", [](Options& o) { o.high[0] = kInfinity; }},
    {"width 0", FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.sizes[1] = 0; }},
    {"negative width", FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.sizes[0] = -4; }},
    {"negative hidden_layers", FINN_ERROR_ARGUMENT, "hidden_layers",
     [](Options& o) { o.hidden_layers = -1; }},
    {"unknown precision", FINN_ERROR_ARGUMENT, "precision", [](Options& o) { o.precision = 2; }},
    {"negative precision", FINN_ERROR_ARGUMENT, "precision", [](Options& o) { o.precision = -1; }},
    {"unknown positivity", FINN_ERROR_ARGUMENT, "positivity", [](Options& o) { o.positivity = 6; }},
    {"unknown activation", FINN_ERROR_ARGUMENT, "activation", [](Options& o) { o.activation = 5; }},
    {"unknown last_layer", FINN_ERROR_ARGUMENT, "last_layer", [](Options& o) { o.last_layer = 2; }},
    {"unknown constraint", FINN_ERROR_ARGUMENT, "constraint", [](Options& o) { o.constraint = 5; }},
    {"unknown coordinates", FINN_ERROR_ARGUMENT, "coordinates",
     [](Options& o) { o.coordinates = 2; }},
    {"reserved set", FINN_ERROR_ARGUMENT, "reserved", [](Options& o) { o.reserved = 1; }},
    {"tanh with positivity", FINN_ERROR_ARGUMENT, "activation",
     [](Options& o) { o.activation = FINN_ACTIVATION_TANH; }},
    {"epsilon 0 under positivity", FINN_ERROR_ARGUMENT, "epsilon",
     [](Options& o) { o.integrals[1] = 0; }},
    {"negative epsilon under positivity", FINN_ERROR_ARGUMENT, "epsilon",
     [](Options& o) { o.integrals[0] = -1; }},
    {"epsilon NaN", FINN_ERROR_NOT_FINITE, "epsilon", [](Options& o) { o.integrals[0] = kNaN; }},
    {"epsilon infinite", FINN_ERROR_NOT_FINITE, "epsilon",
     [](Options& o) { o.integrals[1] = kInfinity; }},
    {"epsilon NaN under SHIFT", FINN_ERROR_NOT_FINITE, "epsilon",
     [](Options& o) {
       o.positivity = FINN_POSITIVITY_NONE;
       o.constraint = FINN_CONSTRAINT_SHIFT;
       o.integrals[1] = kNaN;
     }},
    {"negative floor", FINN_ERROR_ARGUMENT, "floor", [](Options& o) { o.floor = -0.1; }},
    {"floor 1", FINN_ERROR_ARGUMENT, "floor", [](Options& o) { o.floor = 1; }},
    {"floor NaN", FINN_ERROR_NOT_FINITE, "floor", [](Options& o) { o.floor = kNaN; }},
    {"floor with NONE", FINN_ERROR_ARGUMENT, "floor",
     [](Options& o) {
       o.floor = 0.1;
       o.constraint = FINN_CONSTRAINT_NONE;
     }},
    {"floor with the SHIFT that AUTO stands for", FINN_ERROR_ARGUMENT, "floor",
     [](Options& o) {
       o.floor = 0.1;
       o.positivity = FINN_POSITIVITY_NONE;
     }},
};

TEST(ModelCreate, refusesBadOptions) {
  for (const SpoiledOption<Options>& bad : kBadOptions) {
    Options options;
    bad.spoil(options);
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* error) {
                      finn_model* model = nullptr;
                      const finn_status status = finn_model_create(&options, &model, error);
                      finn_model_destroy(model);
                      return status;
                    }});
  }
}

// Without this, the table above could pass because all options are refused.
TEST(ModelCreate, acceptsTheOptionsThatAreSpoiledAbove) {
  const Options options;
  finn_model* model = nullptr;
  EXPECT_EQ(finn_model_create(&options, &model, nullptr), FINN_OK);
  EXPECT_NE(model, nullptr);
  finn_model_destroy(model);
}

TEST(ModelCreate, refusesNullPointers) {
  const Options options;
  finn_model* model = nullptr;
  EXPECT_EQ(finn_model_options_init(nullptr), FINN_ERROR_NULL);
  expect_refused({"options", FINN_ERROR_NULL, "options",
                  [&](finn_error* e) { return finn_model_create(nullptr, &model, e); }});
  expect_refused({"model", FINN_ERROR_NULL, "model",
                  [&](finn_error* e) { return finn_model_create(&options, nullptr, e); }});
}

TEST(ModelCreate, setsTheHandleToNullWhenItFails) {
  const ModelHandle other = make_model({});
  finn_model* model = other.get();
  Options options;
  options.variables = 0;
  EXPECT_EQ(finn_model_create(&options, &model, nullptr), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(model, nullptr);
}

TEST(ModelClone, refusesNullPointers) {
  const ModelHandle model = make_model({});
  finn_model* copy = model.get();
  expect_refused({"model", FINN_ERROR_NULL, "model",
                  [&](finn_error* e) { return finn_model_clone(nullptr, &copy, e); }});
  EXPECT_EQ(copy, nullptr);
  expect_refused({"copy", FINN_ERROR_NULL, "copy",
                  [&](finn_error* e) { return finn_model_clone(model.get(), nullptr, e); }});
}

TEST(WorkspaceCreate, refusesBadArguments) {
  for (const std::int32_t threads : {-1, 1025, INT32_MAX}) {
    const WorkspaceHandle other = make_workspace();
    finn_workspace* workspace = other.get();
    expect_refused({std::to_string(threads), FINN_ERROR_ARGUMENT, "threads",
                    [&](finn_error* e) { return finn_workspace_create(threads, &workspace, e); }});
    EXPECT_EQ(workspace, nullptr);
  }
  expect_refused({"workspace", FINN_ERROR_NULL, "workspace",
                  [&](finn_error* e) { return finn_workspace_create(1, nullptr, e); }});
}

template <class T>
class BadParameters : public ::testing::Test {
 protected:
  const ModelHandle model_ = make_model({});
  std::vector<T> values_ = parameters_of<T>(model_.get());
  const std::int64_t length_ = finn_model_parameter_count(model_.get());
};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(BadParameters, Reals);

TYPED_TEST(BadParameters, areNotCopiedOut) {
  const auto get = Api<TypeParam>::get_parameters;
  finn_model* model = this->model_.get();
  TypeParam* values = this->values_.data();
  const std::int64_t length = this->length_;
  const BadCall calls[] = {
      {"model", FINN_ERROR_NULL, "model", [&](auto* e) { return get(nullptr, values, length, e); }},
      {"parameters", FINN_ERROR_NULL, "parameters",
       [&](auto* e) { return get(model, nullptr, length, e); }},
      {"length too small", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return get(model, values, length - 1, e); }},
      {"length too large", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return get(model, values, length + 1, e); }},
      {"length negative", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return get(model, values, -length, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

TYPED_TEST(BadParameters, areNotCopiedIn) {
  const auto set = Api<TypeParam>::set_parameters;
  finn_model* model = this->model_.get();
  const TypeParam* values = this->values_.data();
  const std::int64_t length = this->length_;
  const BadCall calls[] = {
      {"model", FINN_ERROR_NULL, "model", [&](auto* e) { return set(nullptr, values, length, e); }},
      {"parameters", FINN_ERROR_NULL, "parameters",
       [&](auto* e) { return set(model, nullptr, length, e); }},
      {"length too small", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return set(model, values, length - 1, e); }},
      {"length too large", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return set(model, values, length + 1, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

TYPED_TEST(BadParameters, thatAreNotFiniteLeaveTheModelAsItWas) {
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<TypeParam> before = this->values_;
  for (const TypeParam bad : {Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity()}) {
    std::vector<TypeParam> spoiled = before;
    for (TypeParam& value : spoiled) value *= 2;
    spoiled.back() = bad;
    expect_refused({"not finite", FINN_ERROR_NOT_FINITE, "parameters", [&](finn_error* e) {
                      return Api<TypeParam>::set_parameters(this->model_.get(), spoiled.data(),
                                                            this->length_, e);
                    }});
    EXPECT_TRUE(same_bits(parameters_of<TypeParam>(this->model_.get()), before));
  }
}

}  // namespace
}  // namespace finn::test
