#include <string>
#include <vector>

#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

Bytes conditioned_file() {
  ConditionedSpec spec;
  spec.use_mixture();
  return save_model(make_model(spec).get());
}

TEST(ConditioningJson, ofEveryFormIsTheSameAgain) {
  for_each_conditioned_case(2, [](const ConditionedSpec& spec, const ModelHandle& model) {
    const ModelHandle loaded = load_model(save_model(model.get()));
    EXPECT_EQ(describe(loaded.get()), describe(model.get()));
    const WorkspaceHandle workspace = make_workspace();
    const std::vector<double> rows = spec.rows(7);
    EXPECT_TRUE(same_bits(integrand(loaded.get(), workspace.get(), rows),
                          integrand(model.get(), workspace.get(), rows)));
    const std::vector<double> given = spec.given(3);
    EXPECT_TRUE(same_bits(
        conditional_integral(loaded.get(), workspace.get(), spec.lower, spec.upper, given, 3),
        conditional_integral(model.get(), workspace.get(), spec.lower, spec.upper, given, 3)));
  });
}

TEST(ConditioningJson, isNullForNone) {
  const std::string text = describe(make_model({.widths = {2}}).get());
  EXPECT_NE(text.find(R"("conditioning":null)"), std::string::npos) << text;
}

TEST(ConditioningJson, ofAnotherShapeIsRefused) {
  const Bytes file = conditioned_file();
  const std::string lower = R"("lower":[-0.5,1],"upper":[1.5,4])";
  expect_edit_refused(file, R"("form":"film")", R"("form":"attention")",
                      "film, hypernetwork or inputs expected");
  expect_edit_refused(file, R"("form":"film",)", "", "form");
  expect_edit_refused(file, R"("upper":[1.5,4])", R"("upper":[1.5])", "a list of 2 numbers");
  expect_edit_refused(file, R"("upper":[1.5,4])", R"("upper":[1.5,1])", "upper");
  expect_edit_refused(file, R"("upper":[1.5,4])", R"("upper":[1.5,"inf"])", "a number expected");
  expect_edit_refused(file, lower, R"("lower":[],"upper":[])", "conditions");
  expect_edit_refused(file, lower, R"("lower":[-0.5],"upper":[1.5])", "F64");
  expect_edit_refused(file, R"("upper":[1.5,4])", R"("upper":[1.5,4],"mean":[0])", "mean");
}

// As many conditions as there may be, of which the file has no numbers.
TEST(ConditioningJson, ofManyConditionsWithoutTheirNumbersIsRefused) {
  std::string lower = "0", upper = "1";
  for (int k = 1; k < 65536; ++k) lower += ",0", upper += ",1";
  expect_edit_refused(conditioned_file(), R"("lower":[-0.5,1],"upper":[1.5,4])",
                      R"("lower":[)" + lower + R"(],"upper":[)" + upper + "]",
                      "parameters expected");
  expect_edit_refused(conditioned_file(), R"("lower":[-0.5,1],"upper":[1.5,4])",
                      R"("lower":[)" + lower + R"(,0],"upper":[)" + upper + ",1]",
                      "at most 65536 expected");
}

}  // namespace
}  // namespace finn::test
