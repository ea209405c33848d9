// The options structs as the functions that take them see them: sizes and limits.
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/option_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

// Makes something of options; what was made is destroyed.
finn_status make(const finn_mixture_options& options, finn_error* error) {
  finn_network* network = nullptr;
  const finn_status status = finn_network_mixture(2, 1, &options, &network, error);
  finn_network_destroy(network);
  return status;
}
finn_status make(const finn_mlp_options& options, finn_error* error) {
  finn_network* network = nullptr;
  const finn_status status = finn_network_mlp(2, 1, &options, &network, error);
  finn_network_destroy(network);
  return status;
}
finn_status make(const finn_constraint_options& options, finn_error* error) {
  finn_constraint* constraint = nullptr;
  const double target = 1;
  const finn_status status =
      finn_constraint_equal(FINN_METHOD_SCALE, 1, &target, &options, &constraint, error);
  finn_constraint_destroy(constraint);
  return status;
}
finn_status make(const finn_conditioning_options& options, finn_error* error) {
  finn_conditioning* conditioning = nullptr;
  const finn_status status =
      finn_conditioning_film(1, nullptr, nullptr, &options, &conditioning, error);
  finn_conditioning_destroy(conditioning);
  return status;
}
finn_status make(const finn_training_options& options, finn_error* error) {
  const double lower = 0, upper = 1;
  finn_network* network = nullptr;
  finn_domain* domain = nullptr;
  finn_model* model = nullptr;
  finn_trainer* trainer = nullptr;
  EXPECT_EQ(finn_network_mixture(1, 1, nullptr, &network, nullptr), FINN_OK);
  EXPECT_EQ(finn_domain_open_box(1, &lower, &upper, &domain, nullptr), FINN_OK);
  EXPECT_EQ(finn_model_create(network, domain, nullptr, nullptr, FINN_FLOAT64, 0, &model, nullptr),
            FINN_OK);
  const finn_status status = finn_trainer_create(model, &options, &trainer, error);
  finn_trainer_destroy(trainer);
  finn_model_destroy(model);
  finn_domain_destroy(domain);
  finn_network_destroy(network);
  return status;
}

finn_status make(const finn_chain_options& options, finn_error* error) {
  finn_chain* chain = nullptr;
  const finn_status status = finn_chain_create(2, 0, nullptr, nullptr, &options, &chain, error);
  finn_chain_destroy(chain);
  return status;
}

template <class Options>
struct Spoiled {
  finn_status status;
  const char* name;
  void (*spoil)(Options&);
};

// Fields of a struct outside their limits, and struct_size and reserved.
template <class Options, std::size_t count>
void expect_refusals(Options AllOptions::*member, const Spoiled<Options> (&all_spoiled)[count]) {
  EXPECT_EQ(make(AllOptions().*member, nullptr), FINN_OK);
  for (const Spoiled<Options>& spoiled : all_spoiled) {
    Options options = AllOptions().*member;
    spoiled.spoil(options);
    const std::string name = std::string("options.") + spoiled.name;
    expect_refused(
        {name, spoiled.status, name, [&](finn_error* error) { return make(options, error); }});
  }
}

TEST(Options, ofAMixtureAreHeldToTheirLimits) {
  using Options = finn_mixture_options;
  const Spoiled<Options> spoiled[] = {
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size = 0; }},
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size += 8; }},
      {FINN_ERROR_ARGUMENT, "components", [](Options& o) { o.components = 0; }},
      {FINN_ERROR_ARGUMENT, "components", [](Options& o) { o.components = 65537; }},
      {FINN_ERROR_ARGUMENT, "normals_per_axis", [](Options& o) { o.normals_per_axis = 65; }},
      {FINN_ERROR_ARGUMENT, "positivity", [](Options& o) { o.positivity = FINN_POSITIVITY_NONE; }},
      {FINN_ERROR_ARGUMENT, "sharing", [](Options& o) { o.sharing = finn_sharing(2); }},
      {FINN_ERROR_ARGUMENT, "input_scaling",
       [](Options& o) { o.input_scaling = finn_input_scaling(-1); }},
      {FINN_ERROR_ARGUMENT, "reserved", [](Options& o) { o.reserved = 1; }}};
  expect_refusals(&AllOptions::mixture, spoiled);
}

TEST(Options, ofAnMlpAreHeldToTheirLimits) {
  using Options = finn_mlp_options;
  const Spoiled<Options> spoiled[] = {
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size -= 8; }},
      {FINN_ERROR_ARGUMENT, "hidden_layers", [](Options& o) { o.hidden_layers = -1; }},
      {FINN_ERROR_ARGUMENT, "hidden_layers", [](Options& o) { o.hidden_layers = 65; }},
      {FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.widths[1] = 0; }},
      {FINN_ERROR_ARGUMENT, "widths",
       [](Options& o) { o.hidden_layers = 64, o.widths[63] = 65537; }},
      {FINN_ERROR_ARGUMENT, "positivity", [](Options& o) { o.positivity = finn_positivity(5); }},
      {FINN_ERROR_ARGUMENT, "activation", [](Options& o) { o.activation = finn_activation(5); }},
      {FINN_ERROR_ARGUMENT, "output_activation", [](Options& o) { o.output_activation = 2; }},
      {FINN_ERROR_ARGUMENT, "orthants", [](Options& o) { o.orthants = 0; }},
      {FINN_ERROR_ARGUMENT, "orthants", [](Options& o) { o.orthants = 257; }},
      {FINN_ERROR_ARGUMENT, "skip", [](Options& o) { o.skip = -1; }},
      {FINN_ERROR_ARGUMENT, "sharing", [](Options& o) { o.sharing = finn_sharing(2); }},
      {FINN_ERROR_ARGUMENT, "input_scaling",
       [](Options& o) { o.input_scaling = finn_input_scaling(2); }}};
  expect_refusals(&AllOptions::mlp, spoiled);
}

// Widths beyond the number of layers mean nothing.
TEST(Options, ofLayersThatAreNotThereAreNotLookedAt) {
  AllOptions all;
  all.mlp.widths[2] = 0;
  EXPECT_EQ(make(all.mlp, nullptr), FINN_OK);
  all.conditioning.hidden_layers = 0;
  all.conditioning.widths[0] = -1;
  EXPECT_EQ(make(all.conditioning, nullptr), FINN_OK);
}

TEST(Options, ofConstraintsAreHeldToTheirLimits) {
  using Options = finn_constraint_options;
  const Spoiled<Options> spoiled[] = {
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size = UINT64_MAX; }},
      {FINN_ERROR_ARGUMENT, "uniform_share", [](Options& o) { o.uniform_share = 1; }},
      {FINN_ERROR_ARGUMENT, "uniform_share", [](Options& o) { o.uniform_share = -0.1; }},
      {FINN_ERROR_NOT_FINITE, "uniform_share", [](Options& o) { o.uniform_share = kNaN; }},
      {FINN_ERROR_ARGUMENT, "transition_width", [](Options& o) { o.transition_width = 0; }},
      {FINN_ERROR_NOT_FINITE, "transition_width",
       [](Options& o) { o.transition_width = kInfinity; }}};
  expect_refusals(&AllOptions::constraint, spoiled);
}

TEST(Options, ofConditioningsAreHeldToTheirLimits) {
  using Options = finn_conditioning_options;
  const Spoiled<Options> spoiled[] = {
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size = 8; }},
      {FINN_ERROR_ARGUMENT, "hidden_layers", [](Options& o) { o.hidden_layers = 65; }},
      {FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.widths[0] = 65537; }},
      {FINN_ERROR_ARGUMENT, "reserved", [](Options& o) { o.reserved = -1; }}};
  expect_refusals(&AllOptions::conditioning, spoiled);
}

TEST(Options, ofTrainingAreHeldToTheirLimits) {
  using Options = finn_training_options;
  constexpr std::int64_t beyond = (std::int64_t{1} << 32) + 1;
  const Spoiled<Options> spoiled[] = {
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size = 0; }},
      {FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = 0; }},
      {FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = beyond; }},
      {FINN_ERROR_ARGUMENT, "batch", [](Options& o) { o.batch = -1; }},
      {FINN_ERROR_ARGUMENT, "learning_rate", [](Options& o) { o.learning_rate = 0; }},
      {FINN_ERROR_NOT_FINITE, "learning_rate", [](Options& o) { o.learning_rate = kInfinity; }},
      {FINN_ERROR_ARGUMENT, "beta1", [](Options& o) { o.beta1 = 1; }},
      {FINN_ERROR_NOT_FINITE, "beta2", [](Options& o) { o.beta2 = kNaN; }},
      {FINN_ERROR_ARGUMENT, "adam_epsilon", [](Options& o) { o.adam_epsilon = 0; }},
      {FINN_ERROR_ARGUMENT, "loss", [](Options& o) { o.loss = finn_loss(7); }},
      {FINN_ERROR_ARGUMENT, "schedule", [](Options& o) { o.schedule = finn_schedule(6); }},
      {FINN_ERROR_ARGUMENT, "optimiser", [](Options& o) { o.optimiser = finn_optimiser(4); }},
      {FINN_ERROR_ARGUMENT, "nesterov", [](Options& o) { o.nesterov = 2; }},
      {FINN_ERROR_ARGUMENT, "weight_decay", [](Options& o) { o.weight_decay = -1; }},
      {FINN_ERROR_ARGUMENT, "momentum", [](Options& o) { o.momentum = 1; }},
      {FINN_ERROR_ARGUMENT, "lbfgs_memory", [](Options& o) { o.lbfgs_memory = beyond; }},
      {FINN_ERROR_ARGUMENT, "gradient_tolerance", [](Options& o) { o.gradient_tolerance = -1; }},
      {FINN_ERROR_NOT_FINITE, "loss_tolerance", [](Options& o) { o.loss_tolerance = kNaN; }},
      {FINN_ERROR_ARGUMENT, "warmup_steps", [](Options& o) { o.warmup_steps = -1; }},
      {FINN_ERROR_ARGUMENT, "warmup_steps", [](Options& o) { o.warmup_steps = o.steps; }},
      {FINN_ERROR_ARGUMENT, "final_learning_rate",
       [](Options& o) { o.final_learning_rate = 0.011; }},
      {FINN_ERROR_ARGUMENT, "decay_interval", [](Options& o) { o.decay_interval = 0; }},
      {FINN_ERROR_ARGUMENT, "decay_factor", [](Options& o) { o.decay_factor = 0; }},
      {FINN_ERROR_ARGUMENT, "decay_factor", [](Options& o) { o.decay_factor = 1.1; }},
      {FINN_ERROR_ARGUMENT, "gradient_clip", [](Options& o) { o.gradient_clip = -1; }},
      {FINN_ERROR_ARGUMENT, "gradient_clip",
       [](Options& o) { o.gradient_clip = 1, o.optimiser = FINN_OPTIMISER_LBFGS; }},
      {FINN_ERROR_ARGUMENT, "weight_decay",
       [](Options& o) { o.weight_decay = 100, o.optimiser = FINN_OPTIMISER_ADAMW; }},
      {FINN_ERROR_ARGUMENT, "huber_delta", [](Options& o) { o.huber_delta = 0; }},
      {FINN_ERROR_ARGUMENT, "poisson_events", [](Options& o) { o.poisson_events = -1; }},
      {FINN_ERROR_ARGUMENT, "validation_share", [](Options& o) { o.validation_share = 1; }},
      {FINN_ERROR_ARGUMENT, "validation_interval", [](Options& o) { o.validation_interval = 0; }},
      {FINN_ERROR_ARGUMENT, "patience", [](Options& o) { o.patience = -1; }},
      {FINN_ERROR_NOT_FINITE, "min_delta", [](Options& o) { o.min_delta = kInfinity; }},
      {FINN_ERROR_ARGUMENT, "width_prior", [](Options& o) { o.width_prior = -1; }}};
  expect_refusals(&AllOptions::training, spoiled);
}

TEST(Options, ofAChainAreHeldToTheirLimits) {
  using Options = finn_chain_options;
  const Spoiled<Options> spoiled[] = {
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size = 0; }},
      {FINN_ERROR_SIZE, "struct_size", [](Options& o) { o.struct_size += 8; }},
      {FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = 0; }},
      {FINN_ERROR_ARGUMENT, "batch", [](Options& o) { o.batch = -1; }},
      {FINN_ERROR_ARGUMENT, "learning_rate", [](Options& o) { o.learning_rate = 0; }},
      {FINN_ERROR_ARGUMENT, "validation_share", [](Options& o) { o.validation_share = 0; }},
      {FINN_ERROR_ARGUMENT, "validation_share", [](Options& o) { o.validation_share = 1; }},
      {FINN_ERROR_ARGUMENT, "components", [](Options& o) { o.components = 0; }},
      {FINN_ERROR_ARGUMENT, "normals_per_axis", [](Options& o) { o.normals_per_axis = 65; }},
      {FINN_ERROR_ARGUMENT, "linear_components", [](Options& o) { o.linear_components = 1025; }},
      {FINN_ERROR_ARGUMENT, "hidden_layers", [](Options& o) { o.hidden_layers = 65; }},
      {FINN_ERROR_ARGUMENT, "widths", [](Options& o) { o.widths[1] = 0; }},
      {FINN_ERROR_ARGUMENT, "precision", [](Options& o) { o.precision = finn_precision(2); }},
      {FINN_ERROR_ARGUMENT, "reserved", [](Options& o) { o.reserved = 1; }}};
  expect_refusals(&AllOptions::chain, spoiled);
}

// What a network was made of comes back whole, and goes no further than the struct reaches.
TEST(Options, comeBackFromAHandle) {
  AllOptions all;
  all.mlp.hidden_layers = 3;
  all.mlp.widths[2] = 5;
  all.mlp.activation = FINN_ACTIVATION_SIGMA;  // what AUTO comes back as
  all.mlp.skip = 1;
  finn_network* network = nullptr;
  ASSERT_EQ(finn_network_mlp(2, 1, &all.mlp, &network, nullptr), FINN_OK);
  finn_mlp_options got = AllOptions().mlp;
  EXPECT_EQ(finn_network_get_mlp(network, &got, nullptr), FINN_OK);
  EXPECT_EQ(got.struct_size, sizeof got);
  for (const finn_option& row : rows_of(FINN_OPTIONS_MLP)) {
    EXPECT_EQ(get_option(FINN_OPTIONS_MLP, &got, row.name),
              get_option(FINN_OPTIONS_MLP, &all.mlp, row.name));
  }
  for (const std::uint64_t size : {std::uint64_t{0}, sizeof got - 8, sizeof got + 8}) {
    got.struct_size = size;
    expect_refused({"size", FINN_ERROR_SIZE, "struct_size",
                    [&](finn_error* error) { return finn_network_get_mlp(network, &got, error); }});
  }
  finn_network_destroy(network);
}

}  // namespace
}  // namespace finn::test
