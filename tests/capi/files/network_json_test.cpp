#include <string>

#include "capi/finn.h"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

TEST(NetworkJson, saysTheFormTheSizesAndTheOptions) {
  const std::string mlp = describe(make_model(small_mlp()).get());
  EXPECT_NE(mlp.find(R"("network":{"form":"mlp","variables":2,"outputs":1,"options":{)"),
            std::string::npos)
      << mlp;
  EXPECT_NE(mlp.find(R"("widths":[3,2])"), std::string::npos) << mlp;
  const std::string mixture = describe(make_model(small_mixture()).get());
  EXPECT_NE(mixture.find(R"("network":{"form":"mixture","variables":2,"outputs":1,"options":{)"
                         R"("components":3,"normals_per_axis":2)"),
            std::string::npos)
      << mixture;
}

TEST(NetworkJson, ofAnotherShapeIsRefused) {
  const Bytes mlp = save_model(make_model(small_mlp()).get());
  expect_edit_refused(mlp, R"("form":"mlp")", R"("form":"transformer")", "mixture or mlp expected");
  expect_edit_refused(mlp, R"("form":"mlp","variables":2)", R"("variables":2)",
                      "form, variables, outputs and then options");
  expect_edit_refused(mlp, R"("variables":2)", R"("variables":9)", "variables");
  expect_edit_refused(mlp, R"("variables":2)", R"("variables":0)", "variables");
  expect_edit_refused(mlp, R"("outputs":1)", R"("outputs":0)", "outputs");
  expect_edit_refused(mlp, R"("outputs":1)", R"("outputs":2)", "outputs");
  expect_edit_refused(mlp, R"("outputs":1)", R"("depth":1)", "depth");
}

// Memory of that size is not there, and is not asked for.
TEST(NetworkJson, ofHugeSizesWithoutTheirNumbersIsRefusedAtOnce) {
  ModelSpec spec = small_mlp();
  spec.constraint = FINN_CONSTRAINT_NONE;  // which goes with any number of outputs
  const Bytes mlp = save_model(make_model(spec).get());
  std::string widths = "65536";
  for (int layer = 1; layer < FINN_MAX_HIDDEN_LAYERS; ++layer) widths += ",65536";
  expect_edit_refused(mlp, R"("widths":[3,2])", R"("widths":[)" + widths + "]", "parameters");
  expect_edit_refused(mlp, R"("outputs":1)", R"("outputs":65536)", "parameters expected");
  expect_edit_refused(mlp, R"("widths":[3,2])", R"("widths":[10000,10000])", "parameters expected");
  spec = small_mixture();
  spec.constraint = FINN_CONSTRAINT_NONE;
  const Bytes mixture = save_model(make_model(spec).get());
  expect_edit_refused(mixture, R"("components":3)", R"("components":65536)", "parameters expected");
  expect_edit_refused(mixture, R"("outputs":1)", R"("outputs":65536)", "parameters expected");
}

}  // namespace
}  // namespace finn::test
