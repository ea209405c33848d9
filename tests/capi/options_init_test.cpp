// What the init functions of the options structs write.
#include <cstdint>
#include <cstring>

#include "capi/finn.h"
#include "tests/capi/option_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

template <class Options>
void expect_init(finn_status (*init)(Options*, std::uint64_t)) {
  EXPECT_EQ(init(nullptr, sizeof(Options)), FINN_ERROR_NULL);
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{8}, sizeof(Options) - 8, sizeof(Options) + 8, UINT64_MAX}) {
    Options options, before;
    std::memset(static_cast<void*>(&options), 'z', sizeof options);
    std::memcpy(static_cast<void*>(&before), &options, sizeof options);
    EXPECT_EQ(init(&options, size), FINN_ERROR_SIZE) << size;
    EXPECT_EQ(std::memcmp(&options, &before, sizeof options), 0);
  }
  Options options;
  std::memset(static_cast<void*>(&options), 'z', sizeof options);
  EXPECT_EQ(init(&options, sizeof options), FINN_OK);
  EXPECT_EQ(options.struct_size, sizeof options);
}

TEST(OptionsInit, takesTheSizeOfTheHeaderAndNoOther) {
  expect_init(finn_mixture_options_init);
  expect_init(finn_mlp_options_init);
  expect_init(finn_constraint_options_init);
  expect_init(finn_conditioning_options_init);
  expect_init(finn_training_options_init);
  expect_init(finn_chain_options_init);
}

TEST(OptionsInit, writesTheDefaultsOfTheParts) {
  const AllOptions all;
  EXPECT_EQ(all.mixture.components, 64);
  EXPECT_EQ(all.mixture.normals_per_axis, 4);
  EXPECT_EQ(all.mixture.positivity, FINN_POSITIVITY_EXP);
  EXPECT_EQ(all.mixture.sharing, FINN_SHARING_TRUNK);
  EXPECT_EQ(all.mixture.input_scaling, FINN_INPUT_SCALING_STANDARD);
  EXPECT_EQ(all.mixture.reserved, 0);
  EXPECT_EQ(all.mlp.hidden_layers, 2);
  for (const std::int32_t width : all.mlp.widths) EXPECT_EQ(width, 32);
  EXPECT_EQ(all.mlp.positivity, FINN_POSITIVITY_ABS);
  EXPECT_EQ(all.mlp.activation, FINN_ACTIVATION_AUTO);
  EXPECT_EQ(all.mlp.output_activation, 0);
  EXPECT_EQ(all.mlp.orthants, 1);
  EXPECT_EQ(all.mlp.skip, 0);
  EXPECT_EQ(all.mlp.sharing, FINN_SHARING_TRUNK);
  EXPECT_EQ(all.mlp.input_scaling, FINN_INPUT_SCALING_STANDARD);
  EXPECT_EQ(all.constraint.uniform_share, 0);
  EXPECT_EQ(all.constraint.transition_width, 1);
  EXPECT_EQ(all.conditioning.hidden_layers, 2);
  for (const std::int32_t width : all.conditioning.widths) EXPECT_EQ(width, 64);
  EXPECT_EQ(all.conditioning.reserved, 0);
}

TEST(OptionsInit, writesTheDefaultsOfTraining) {
  const finn_training_options training = AllOptions().training;
  EXPECT_EQ(training.steps, 6000);
  EXPECT_EQ(training.batch, 0);
  EXPECT_EQ(training.learning_rate, 0.01);
  EXPECT_EQ(training.beta1, 0.9);
  EXPECT_EQ(training.beta2, 0.999);
  EXPECT_EQ(training.adam_epsilon, 1e-8);
  EXPECT_EQ(training.loss, FINN_LOSS_SQUARED_ERROR);
  EXPECT_EQ(training.schedule, FINN_SCHEDULE_COSINE);
  EXPECT_EQ(training.seed, 0u);
  EXPECT_EQ(training.optimiser, FINN_OPTIMISER_ADAM);
  EXPECT_EQ(training.nesterov, 0);
  EXPECT_EQ(training.weight_decay, 0.01);
  EXPECT_EQ(training.momentum, 0.9);
  EXPECT_EQ(training.lbfgs_memory, 10);
  EXPECT_EQ(training.gradient_tolerance, 1e-8);
  EXPECT_EQ(training.loss_tolerance, 1e-9);
  EXPECT_EQ(training.warmup_steps, 0);
  EXPECT_EQ(training.final_learning_rate, 0);
  EXPECT_EQ(training.decay_interval, 1000);
  EXPECT_EQ(training.decay_factor, 0.5);
  EXPECT_EQ(training.gradient_clip, 0);
  EXPECT_EQ(training.huber_delta, 1);
  EXPECT_EQ(training.poisson_events, 0);
  EXPECT_EQ(training.validation_share, -1);
  EXPECT_EQ(training.validation_interval, 50);
  EXPECT_EQ(training.patience, 0);
  EXPECT_EQ(training.min_delta, 0);
  EXPECT_EQ(training.width_prior, 100);
}

TEST(OptionsInit, writesTheDefaultsOfChains) {
  const finn_chain_options chain = AllOptions().chain;
  EXPECT_EQ(chain.steps, 3000);
  EXPECT_EQ(chain.batch, 256);
  EXPECT_EQ(chain.learning_rate, 0.003);
  EXPECT_EQ(chain.validation_share, 0.1);
  EXPECT_EQ(chain.seed, 0u);
  EXPECT_EQ(chain.components, 64);
  EXPECT_EQ(chain.normals_per_axis, 1);
  EXPECT_EQ(chain.linear_components, 16);
  EXPECT_EQ(chain.hidden_layers, 2);
  for (const std::int32_t width : chain.widths) EXPECT_EQ(width, 64);
  EXPECT_EQ(chain.precision, FINN_FLOAT64);
  EXPECT_EQ(chain.reserved, 0);
}

}  // namespace
}  // namespace finn::test
