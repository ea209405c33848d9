// Networks by themselves: defaults, what their constructors refuse by name, and what they give
// back.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

finn_mixture_options mixture_defaults() {
  finn_mixture_options options;
  finn_mixture_options_init(&options, sizeof options);
  return options;
}

finn_mlp_options mlp_defaults() {
  finn_mlp_options options;
  finn_mlp_options_init(&options, sizeof options);
  return options;
}

NetworkHandle make_mixture(int variables, int outputs, const finn_mixture_options* options) {
  return make_handle<finn_network>([&](auto** network, auto* e) {
    return finn_network_mixture(variables, outputs, options, network, e);
  });
}

NetworkHandle make_mlp(int variables, int outputs, const finn_mlp_options* options) {
  return make_handle<finn_network>([&](auto** network, auto* e) {
    return finn_network_mlp(variables, outputs, options, network, e);
  });
}

std::int64_t parameters_in_model(const NetworkHandle& network) {
  const int n = finn_network_variables(network.get());
  const DomainHandle box = make_open_box({.variables = n});
  const auto model = make_handle<finn_model>([&](auto** made, auto* e) {
    return finn_model_create(network.get(), box.get(), nullptr, nullptr, FINN_FLOAT64, 0, made, e);
  });
  return static_cast<std::int64_t>(trained_count(model.get()));
}

// Weights and biases of a mixture of one output.
constexpr std::int64_t mixture_count(int n, int components, int normals) {
  return std::int64_t{1} * n * components * normals * (normals > 1 ? 3 : 2) + components;
}

TEST(Network, hasTheDefaultsOfTheHeader) {
  const finn_mixture_options mixture = mixture_defaults();
  EXPECT_EQ(mixture.struct_size, sizeof mixture);
  EXPECT_EQ(mixture.components, 64);
  EXPECT_EQ(mixture.normals_per_axis, 4);
  EXPECT_EQ(mixture.positivity, FINN_POSITIVITY_EXP);
  EXPECT_EQ(mixture.sharing, FINN_SHARING_TRUNK);
  EXPECT_EQ(mixture.input_scaling, FINN_INPUT_SCALING_STANDARD);
  EXPECT_EQ(mixture.reserved, 0);
  const finn_mlp_options mlp = mlp_defaults();
  EXPECT_EQ(mlp.struct_size, sizeof mlp);
  EXPECT_EQ(mlp.hidden_layers, 2);
  for (const std::int32_t width : mlp.widths) EXPECT_EQ(width, 32);
  EXPECT_EQ(mlp.positivity, FINN_POSITIVITY_ABS);
  EXPECT_EQ(mlp.activation, FINN_ACTIVATION_AUTO);
  EXPECT_EQ(mlp.output_activation, 0);
  EXPECT_EQ(mlp.orthants, 1);
  EXPECT_EQ(mlp.axis_units, 8);
  EXPECT_EQ(mlp.skip, 0);
  EXPECT_EQ(mlp.sharing, FINN_SHARING_TRUNK);
  EXPECT_EQ(mlp.input_scaling, FINN_INPUT_SCALING_STANDARD);
  EXPECT_EQ(mlp.reserved, 0);
}

TEST(Network, withoutOptionsIsTheOneOfTheDefaults) {
  EXPECT_EQ(parameters_in_model(make_mixture(2, 1, nullptr)), mixture_count(2, 64, 4));
  constexpr std::int64_t of_axes = 2 * 3 * 8, seen = 3 + 3 * 8;
  EXPECT_EQ(parameters_in_model(make_mlp(3, 2, nullptr)),
            of_axes + 32 * seen + 32 + 32 * 32 + 32 + 2 * 32 + 2);
}

TEST(Network, sharesTheTrunkBetweenOutputsOrNot) {
  finn_mixture_options mixture = mixture_defaults();
  mixture.components = 5;
  mixture.normals_per_axis = 2;
  EXPECT_EQ(parameters_in_model(make_mixture(2, 3, &mixture)), 2 * 5 * 2 * 3 + 3 * 5);
  mixture.sharing = FINN_SHARING_NONE;
  EXPECT_EQ(parameters_in_model(make_mixture(2, 3, &mixture)), 3 * mixture_count(2, 5, 2));
  finn_mlp_options mlp = mlp_defaults();
  mlp.axis_units = 0;
  set_widths(mlp, {4, 3});
  EXPECT_EQ(parameters_in_model(make_mlp(2, 3, &mlp)), 3 * 4 + 5 * 3 + 4 * 3);
  mlp.sharing = FINN_SHARING_NONE;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 3, &mlp)), 3 * (3 * 4 + 5 * 3 + 4));
}

TEST(Network, hasALayerForEachWidthAndWeightsForEachOrthantAndSkip) {
  finn_mlp_options options = mlp_defaults();
  options.axis_units = 0;
  constexpr std::int64_t count = 3 * 32 + 33 * 32 + 33;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)), count);
  options.skip = 1;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)), count + 32);
  options.orthants = 2;
  options.skip = 0;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)), 2 * count);
  set_widths(options, {});
  options.orthants = 1;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)), 3);
  set_widths(options, std::vector<std::int32_t>(FINN_MAX_HIDDEN_LAYERS, 1));
  EXPECT_EQ(parameters_in_model(make_mlp(1, 1, &options)), 2 * FINN_MAX_HIDDEN_LAYERS + 2);
}

TEST(Network, hasAxisUnitsUnderPositivityAlone) {
  finn_mlp_options options = mlp_defaults();
  set_widths(options, {4});
  options.axis_units = 3;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)), 2 * 2 * 3 + 4 * (2 + 2 * 3) + 4 + 5);
  options.orthants = 2;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)),
            2 * (2 * 2 * 3 + 4 * (2 + 2 * 3) + 4 + 5));
  options.orthants = 1;
  options.positivity = FINN_POSITIVITY_NONE;
  EXPECT_EQ(parameters_in_model(make_mlp(2, 1, &options)), 4 * 2 + 4 + 5);
}

template <class Enum>
Enum number(int value) {
  return static_cast<Enum>(value);
}

using Mixture = finn_mixture_options;
const SpoiledOption<Mixture> kBadMixtures[] = {
    {"struct_size 0", FINN_ERROR_SIZE, "struct_size", [](Mixture& o) { o.struct_size = 0; }},
    {"struct_size too large", FINN_ERROR_SIZE, "struct_size",
     [](Mixture& o) { o.struct_size += 8; }},
    {"no components", FINN_ERROR_ARGUMENT, "components", [](Mixture& o) { o.components = 0; }},
    {"negative components", FINN_ERROR_ARGUMENT, "components",
     [](Mixture& o) { o.components = -1; }},
    {"too many components", FINN_ERROR_ARGUMENT, "components",
     [](Mixture& o) { o.components = 65537; }},
    {"no normals", FINN_ERROR_ARGUMENT, "normals_per_axis",
     [](Mixture& o) { o.normals_per_axis = 0; }},
    {"too many normals", FINN_ERROR_ARGUMENT, "normals_per_axis",
     [](Mixture& o) { o.normals_per_axis = 65; }},
    {"no positivity", FINN_ERROR_ARGUMENT, "positivity",
     [](Mixture& o) { o.positivity = FINN_POSITIVITY_NONE; }},
    {"unknown positivity", FINN_ERROR_ARGUMENT, "positivity",
     [](Mixture& o) { o.positivity = number<finn_positivity>(5); }},
    {"unknown sharing", FINN_ERROR_ARGUMENT, "sharing",
     [](Mixture& o) { o.sharing = number<finn_sharing>(2); }},
    {"unknown input_scaling", FINN_ERROR_ARGUMENT, "input_scaling",
     [](Mixture& o) { o.input_scaling = number<finn_input_scaling>(-1); }},
    {"reserved", FINN_ERROR_ARGUMENT, "reserved", [](Mixture& o) { o.reserved = 1; }},
};

using Mlp = finn_mlp_options;
const SpoiledOption<Mlp> kBadMlps[] = {
    {"struct_size 0", FINN_ERROR_SIZE, "struct_size", [](Mlp& o) { o.struct_size = 0; }},
    {"struct_size too large", FINN_ERROR_SIZE, "struct_size", [](Mlp& o) { o.struct_size += 8; }},
    {"negative hidden_layers", FINN_ERROR_ARGUMENT, "hidden_layers",
     [](Mlp& o) { o.hidden_layers = -1; }},
    {"too many hidden_layers", FINN_ERROR_ARGUMENT, "hidden_layers",
     [](Mlp& o) { o.hidden_layers = FINN_MAX_HIDDEN_LAYERS + 1; }},
    {"width 0", FINN_ERROR_ARGUMENT, "widths", [](Mlp& o) { o.widths[1] = 0; }},
    {"negative width", FINN_ERROR_ARGUMENT, "widths", [](Mlp& o) { o.widths[0] = -4; }},
    {"too wide", FINN_ERROR_ARGUMENT, "widths", [](Mlp& o) { o.widths[0] = 65537; }},
    {"unknown positivity", FINN_ERROR_ARGUMENT, "positivity",
     [](Mlp& o) { o.positivity = number<finn_positivity>(5); }},
    {"negative positivity", FINN_ERROR_ARGUMENT, "positivity",
     [](Mlp& o) { o.positivity = number<finn_positivity>(-1); }},
    {"unknown activation", FINN_ERROR_ARGUMENT, "activation",
     [](Mlp& o) { o.activation = number<finn_activation>(5); }},
    {"tanh with positivity", FINN_ERROR_ARGUMENT, "activation",
     [](Mlp& o) { o.activation = FINN_ACTIVATION_TANH; }},
    {"softplus with positivity", FINN_ERROR_ARGUMENT, "activation",
     [](Mlp& o) { o.activation = FINN_ACTIVATION_SOFTPLUS; }},
    {"sine with positivity", FINN_ERROR_ARGUMENT, "activation",
     [](Mlp& o) { o.activation = FINN_ACTIVATION_SINE; }},
    {"output_activation 2", FINN_ERROR_ARGUMENT, "output_activation",
     [](Mlp& o) { o.output_activation = 2; }},
    {"no orthants", FINN_ERROR_ARGUMENT, "orthants", [](Mlp& o) { o.orthants = 0; }},
    {"too many orthants", FINN_ERROR_ARGUMENT, "orthants", [](Mlp& o) { o.orthants = 5; }},
    {"orthants without positivity", FINN_ERROR_ARGUMENT, "orthants",
     [](Mlp& o) {
       o.orthants = 2;
       o.positivity = FINN_POSITIVITY_NONE;
     }},
    {"skip 2", FINN_ERROR_ARGUMENT, "skip", [](Mlp& o) { o.skip = 2; }},
    {"skip with output_activation", FINN_ERROR_ARGUMENT, "skip",
     [](Mlp& o) { o.skip = o.output_activation = 1; }},
    {"unknown sharing", FINN_ERROR_ARGUMENT, "sharing",
     [](Mlp& o) { o.sharing = number<finn_sharing>(2); }},
    {"unknown input_scaling", FINN_ERROR_ARGUMENT, "input_scaling",
     [](Mlp& o) { o.input_scaling = number<finn_input_scaling>(2); }},
};

TEST(Network, ofBadOptionsIsRefusedByName) {
  for (const auto& bad : kBadMixtures) {
    Mixture options = mixture_defaults();
    bad.spoil(options);
    expect_not_made<finn_network>(bad.what, bad.status, bad.name, [&](auto** network, auto* e) {
      return finn_network_mixture(2, 1, &options, network, e);
    });
  }
  for (const auto& bad : kBadMlps) {
    Mlp options = mlp_defaults();
    bad.spoil(options);
    expect_not_made<finn_network>(bad.what, bad.status, bad.name, [&](auto** network, auto* e) {
      return finn_network_mlp(2, 1, &options, network, e);
    });
  }
}

TEST(Network, ofABadShapeIsRefusedByName) {
  const auto refuse = [](const char* name, int variables, int outputs) {
    SCOPED_TRACE(std::to_string(variables) + " variables, " + std::to_string(outputs) + " outputs");
    expect_not_made<finn_network>("mixture", FINN_ERROR_ARGUMENT, name, [&](auto** made, auto* e) {
      return finn_network_mixture(variables, outputs, nullptr, made, e);
    });
    expect_not_made<finn_network>("mlp", FINN_ERROR_ARGUMENT, name, [&](auto** made, auto* e) {
      return finn_network_mlp(variables, outputs, nullptr, made, e);
    });
  };
  for (const int n : {0, -1, FINN_MAX_MIXTURE_VARIABLES + 1, INT32_MAX}) refuse("variables", n, 1);
  for (const int m : {0, -3, 65537, INT32_MAX}) refuse("outputs", 2, m);
  expect_not_made<finn_network>(
      "mlp in nine variables", FINN_ERROR_ARGUMENT, "variables", [](auto** made, auto* e) {
        return finn_network_mlp(FINN_MAX_VARIABLES + 1, 1, nullptr, made, e);
      });
  EXPECT_EQ(finn_network_variables(make_mixture(FINN_MAX_MIXTURE_VARIABLES, 1, nullptr).get()),
            FINN_MAX_MIXTURE_VARIABLES);
  EXPECT_EQ(finn_network_variables(make_mlp(FINN_MAX_VARIABLES, 1, nullptr).get()),
            FINN_MAX_VARIABLES);
}

TEST(Network, needsAPlaceForItsHandle) {
  expect_refused({"mixture", FINN_ERROR_NULL, "network",
                  [](auto* e) { return finn_network_mixture(2, 1, nullptr, nullptr, e); }});
  expect_refused({"mlp", FINN_ERROR_NULL, "network",
                  [](auto* e) { return finn_network_mlp(2, 1, nullptr, nullptr, e); }});
}

TEST(Network, givesBackWhatItWasMadeOf) {
  Mixture mixture = mixture_defaults();
  mixture.components = 7;
  mixture.normals_per_axis = 1;
  mixture.positivity = FINN_POSITIVITY_SQUARE;
  mixture.sharing = FINN_SHARING_NONE;
  mixture.input_scaling = FINN_INPUT_SCALING_NONE;
  const NetworkHandle made = make_mixture(9, 3, &mixture);
  EXPECT_EQ(finn_network_get_form(made.get()), FINN_NETWORK_MIXTURE);
  EXPECT_EQ(finn_network_variables(made.get()), 9);
  EXPECT_EQ(finn_network_outputs(made.get()), 3);
  Mixture found = mixture_defaults();
  require_ok([&](auto* e) { return finn_network_get_mixture(made.get(), &found, e); });
  EXPECT_EQ(std::memcmp(&found, &mixture, sizeof found), 0);

  Mlp mlp = mlp_defaults();
  set_widths(mlp, {5, 4, 3});
  mlp.positivity = FINN_POSITIVITY_SOFTPLUS;
  mlp.activation = FINN_ACTIVATION_SIGMA;
  mlp.orthants = 3;
  mlp.skip = 1;
  mlp.sharing = FINN_SHARING_NONE;
  mlp.input_scaling = FINN_INPUT_SCALING_NONE;
  const NetworkHandle layers = make_mlp(2, 4, &mlp);
  EXPECT_EQ(finn_network_get_form(layers.get()), FINN_NETWORK_MLP);
  Mlp all = mlp_defaults();
  require_ok([&](auto* e) { return finn_network_get_mlp(layers.get(), &all, e); });
  EXPECT_EQ(std::memcmp(&all, &mlp, sizeof all), 0);
}

TEST(Network, refusesToGiveBackWhatItHasNot) {
  const NetworkHandle mixture = make_mixture(2, 1, nullptr), mlp = make_mlp(2, 1, nullptr);
  Mixture a = mixture_defaults();
  Mlp b = mlp_defaults();
  const BadCall calls[] = {
      {"an mlp's", FINN_ERROR_ARGUMENT, "network",
       [&](auto* e) { return finn_network_get_mixture(mlp.get(), &a, e); }},
      {"a mixture's", FINN_ERROR_ARGUMENT, "network",
       [&](auto* e) { return finn_network_get_mlp(mixture.get(), &b, e); }},
      {"nothing's", FINN_ERROR_NULL, "network",
       [&](auto* e) { return finn_network_get_mlp(nullptr, &b, e); }},
      {"nowhere", FINN_ERROR_NULL, "options",
       [&](auto* e) { return finn_network_get_mixture(mixture.get(), nullptr, e); }},
      {"unknown size", FINN_ERROR_SIZE, "struct_size", [&](auto* e) {
         a.struct_size = 0;
         return finn_network_get_mixture(mixture.get(), &a, e);
       }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  EXPECT_EQ(finn_network_get_form(nullptr), FINN_NETWORK_MIXTURE);
  EXPECT_EQ(finn_network_variables(nullptr), 0);
  EXPECT_EQ(finn_network_outputs(nullptr), 0);
}

}  // namespace
}  // namespace finn::test
