#include <string>

#include "capi/finn.h"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// No option has its default.
ModelSpec unusual_mlp() {
  ModelSpec spec;
  spec.widths = {3, 2, 4};
  spec.positivity = FINN_POSITIVITY_SQUARE;
  spec.activation = FINN_ACTIVATION_SIGMA;
  spec.orthants = 3;
  spec.skip = 1;
  spec.sharing = FINN_SHARING_NONE;
  spec.input_scaling = FINN_INPUT_SCALING_NONE;
  spec.outputs = 2;
  spec.uniform_share = 0.1;
  return spec;
}

TEST(OptionsJson, keepsEveryOptionOfAnMlp) {
  const ModelHandle model = make_model(unusual_mlp());
  const ModelHandle loaded = load_model(save_model(model.get()));
  finn_network* network = nullptr;
  require_ok([&](finn_error* e) { return finn_model_network(loaded.get(), &network, e); });
  const NetworkHandle owned(network);
  finn_mlp_options options;
  finn_mlp_options_init(&options, sizeof options);
  require_ok([&](finn_error* e) { return finn_network_get_mlp(network, &options, e); });
  EXPECT_EQ(options.hidden_layers, 3);
  EXPECT_EQ(options.widths[2], 4);
  EXPECT_EQ(options.positivity, FINN_POSITIVITY_SQUARE);
  EXPECT_EQ(options.activation, FINN_ACTIVATION_SIGMA);
  EXPECT_EQ(options.orthants, 3);
  EXPECT_EQ(options.skip, 1);
  EXPECT_EQ(options.sharing, FINN_SHARING_NONE);
  EXPECT_EQ(options.input_scaling, FINN_INPUT_SCALING_NONE);
  EXPECT_EQ(describe(loaded.get()), describe(model.get()));
}

// A file of an older library lacks those that came later.
TEST(OptionsJson, takesTheDefaultOfWhatIsMissing) {
  const ModelHandle model = make_model({.widths = {3, 2}});
  const Bytes file = save_model(model.get());
  const ModelHandle loaded = load_model(edited_description(file, R"(,"skip":false)", ""));
  EXPECT_EQ(describe(loaded.get()), describe(model.get()));
  EXPECT_EQ(parameters_of<double>(loaded.get()), parameters_of<double>(model.get()));
}

TEST(OptionsJson, thatAreNoneOrBeyondTheirLimitsAreRefused) {
  const Bytes file = save_model(make_model({.widths = {3, 2}}).get());
  expect_edit_refused(file, R"("skip":false)", R"("skipped":false)", "docs/OPTIONS.md");
  expect_edit_refused(file, R"("skip":false)", R"("hidden_layers":2)", "docs/OPTIONS.md");
  expect_edit_refused(file, R"("skip":false)", R"("skip":0)", "true or false");
  expect_edit_refused(file, R"("orthants":1)", R"("orthants":0)", "orthants");
  expect_edit_refused(file, R"("orthants":1)", R"("orthants":1.5)", "an integer expected");
  expect_edit_refused(file, R"("orthants":1)", R"("orthants":99999999999999999999)", "64 bits");
  expect_edit_refused(file, R"("widths":[3,2])", R"("widths":[3,65537])", "widths");
  expect_edit_refused(file, R"("widths":[3,2])", R"("widths":3)", "a list expected");
  expect_edit_refused(file, R"("positivity":"abs")", R"("positivity":"absolute")", "positivity");
  expect_edit_refused(file, R"("uniform_share":0)", R"("uniform_share":1)", "uniform_share");
  expect_edit_refused(file, R"("uniform_share":0)", R"("uniform_share":1e999)",
                      "range of a double");
  std::string widths = "1";
  for (int layer = 0; layer < FINN_MAX_HIDDEN_LAYERS; ++layer) widths += ",1";
  expect_edit_refused(file, R"("widths":[3,2])", R"("widths":[)" + widths + "]", "at most 64");
}

}  // namespace
}  // namespace finn::test
