#include <string>
#include <vector>

#include "tests/capi/constraint_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

void expect_same_after_loading(const ModelSpec& spec) {
  const ModelHandle model = make_model(spec);
  const ModelHandle loaded = load_model(save_model(model.get()));
  EXPECT_EQ(describe(loaded.get()), describe(model.get()));
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x = random_points<double>(2, 9, 3);
  EXPECT_TRUE(same_bits(integrand(loaded.get(), workspace.get(), x),
                        integrand(model.get(), workspace.get(), x)));
  EXPECT_TRUE(same_bits(integral(loaded.get(), workspace.get(), lower_of(2), upper_of(2)).value,
                        integral(model.get(), workspace.get(), lower_of(2), upper_of(2)).value));
}

ModelSpec linear_spec() {
  ModelSpec spec = constrained_spec();
  spec.constraint = FINN_CONSTRAINT_LINEAR;
  spec.integrals = {{.value = {1, 2}},
                    {.lower = {-0.75, -0.5}, .upper = {0.25, 0.5}, .value = {0.5, 0.25}},
                    {.powers = {1, 2}, .value = {0.125, 0.5}}};
  return spec;
}

TEST(ConstraintJson, ofEveryFormIsTheSameAgain) {
  for (const ConstraintCase& one : constraint_cases()) {
    SCOPED_TRACE(one.name());
    ModelSpec spec = constrained_spec(one.network);
    one.choose(spec);
    const bool is_one_sided = one.bounds == Bounds::kAtMost || one.bounds == Bounds::kAtLeast;
    if (one.method == FINN_METHOD_SHIFT && one.transition == FINN_TRANSITION_SMOOTH &&
        is_one_sided) {
      spec.transition_width = 0.75;
    }
    if (one.method == FINN_METHOD_SCALE) spec.uniform_share = 0.125;
    expect_same_after_loading(spec);
  }
  ModelSpec free = constrained_spec();
  free.constraint = FINN_CONSTRAINT_NONE;
  expect_same_after_loading(free);
  expect_same_after_loading(linear_spec());
}

TEST(ConstraintJson, saysInfiniteLimitsAsTexts) {
  const std::string text = describe(make_model(linear_spec()).get());
  EXPECT_NE(text.find(R"({"lower":["-inf","-inf"],"upper":["inf","inf"],"powers":[0,0],)"
                      R"("value":[1,2]})"),
            std::string::npos)
      << text;
}

TEST(ConstraintJson, ofAnotherShapeIsRefused) {
  ModelSpec spec = constrained_spec();
  const Bytes equal = save_model(make_model(spec).get());
  expect_edit_refused(equal, R"("form":"equal")", R"("form":"exact")", "per row or linear");
  expect_edit_refused(equal, R"("form":"equal",)", "", "form");
  expect_edit_refused(equal, R"("method":"scale",)", "", "method");
  expect_edit_refused(equal, R"("method":"scale")", R"("method":"clip")", "scale or shift");
  expect_edit_refused(equal, R"("target":[1.5,0.75])", R"("target":[1.5])", "a list of 2 numbers");
  expect_edit_refused(equal, R"("target":[1.5,0.75])", R"("target":[1.5,-1])", "target");
  expect_edit_refused(equal, R"("target":[1.5,0.75])", R"("target":[1.5,"inf"])", "a number");
  expect_edit_refused(equal, R"("target":[1.5,0.75])", R"("start":[1.5,0.75])", "target");
  expect_edit_refused(equal, R"("outputs":2,"method")", R"("outputs":1000000,"method")", "target");
  expect_edit_refused(equal, R"("outputs":2,"method")", R"("outputs":-1,"method")", "32 bits");
  expect_edit_refused(equal, R"("form":"equal")", R"("form":"linear")", "integrals");
  expect_edit_refused(equal, R"("form":"equal")", R"("form":"bounded")", "lower");
  expect_edit_refused(equal, R"("form":"equal",)", R"("form":"equal","exactly":true,)", "exactly");
}

TEST(ConstraintJson, ofIntegralsOfAnotherShapeIsRefused) {
  const Bytes linear = save_model(make_model(linear_spec()).get());
  expect_edit_refused(linear, R"("powers":[1,2])", R"("powers":[1])", "powers");
  expect_edit_refused(linear, R"("powers":[1,2])", R"("powers":[1,9])", "powers");
  expect_edit_refused(linear, R"("powers":[1,2])", R"("powers":[1,-1])", "powers");
  expect_edit_refused(linear, R"("powers":[1,2])", R"("powers":[1,4294967296])", "powers");
  expect_edit_refused(linear, R"("value":[1,2])", R"("value":[1])", "value");
  expect_edit_refused(linear, R"("value":[1,2])", R"("values":[1,2])", "values");
  expect_edit_refused(linear, R"("variables":2,"integrals")", R"("variables":3,"integrals")",
                      "lower");
  expect_edit_refused(linear, R"("lower":["-inf","-inf"])", R"("lower":["-inf","nan"])", "-inf");
}

}  // namespace
}  // namespace finn::test
