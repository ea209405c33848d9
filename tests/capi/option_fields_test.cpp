// Each option by name against the field that it has in the struct of finn.h.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "capi/finn.h"
#include "tests/capi/option_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// A value of the field of this name that is not the default, and whether the field has it.
template <class Options>
struct Named {
  const char* name;
  const char* value;
  bool (*is_set)(const Options&);
};

template <class Options, std::size_t count>
void expect_fields(finn_options_kind kind, Options AllOptions::*member,
                   const Named<Options> (&fields)[count]) {
  std::set<std::string> left;
  for (const finn_option& row : rows_of(kind)) left.insert(row.name);
  for (const Named<Options>& field : fields) {
    SCOPED_TRACE(field.name);
    AllOptions all;
    EXPECT_FALSE(field.is_set(all.*member));
    finn_error error = FINN_ERROR_INIT;
    EXPECT_EQ(finn_option_set(kind, &(all.*member), field.name, field.value, &error), FINN_OK)
        << error.message;
    EXPECT_TRUE(field.is_set(all.*member));
    EXPECT_EQ(get_option(kind, &(all.*member), field.name), field.value);
    EXPECT_EQ(left.erase(field.name), 1u);
  }
  EXPECT_TRUE(left.empty()) << *left.begin() << " is not tried";
}

TEST(OptionFields, areSetByNameInAMixture) {
  using Options = finn_mixture_options;
  const Named<Options> fields[] = {
      {"components", "7", [](const Options& o) { return o.components == 7; }},
      {"normals_per_axis", "7", [](const Options& o) { return o.normals_per_axis == 7; }},
      {"positivity", "square",
       [](const Options& o) { return o.positivity == FINN_POSITIVITY_SQUARE; }},
      {"sharing", "none", [](const Options& o) { return o.sharing == FINN_SHARING_NONE; }},
      {"input_scaling", "none",
       [](const Options& o) { return o.input_scaling == FINN_INPUT_SCALING_NONE; }}};
  expect_fields(FINN_OPTIONS_MIXTURE, &AllOptions::mixture, fields);
}

TEST(OptionFields, areSetByNameInAnMlp) {
  using Options = finn_mlp_options;
  const Named<Options> fields[] = {
      {"hidden_layers", "7", [](const Options& o) { return o.hidden_layers == 7; }},
      {"widths", "7, 8, 9",
       [](const Options& o) {
         return o.hidden_layers == 3 && o.widths[0] == 7 && o.widths[1] == 8 && o.widths[2] == 9;
       }},
      {"positivity", "none", [](const Options& o) { return o.positivity == FINN_POSITIVITY_NONE; }},
      {"activation", "sine", [](const Options& o) { return o.activation == FINN_ACTIVATION_SINE; }},
      {"output_activation", "true", [](const Options& o) { return o.output_activation == 1; }},
      {"orthants", "256", [](const Options& o) { return o.orthants == 256; }},
      {"axis_units", "3", [](const Options& o) { return o.axis_units == 3; }},
      {"skip", "true", [](const Options& o) { return o.skip == 1; }},
      {"sharing", "none", [](const Options& o) { return o.sharing == FINN_SHARING_NONE; }},
      {"input_scaling", "none",
       [](const Options& o) { return o.input_scaling == FINN_INPUT_SCALING_NONE; }}};
  expect_fields(FINN_OPTIONS_MLP, &AllOptions::mlp, fields);
}

TEST(OptionFields, areSetByNameInConstraintsAndConditionings) {
  using Constraint = finn_constraint_options;
  const Named<Constraint> constraint[] = {
      {"uniform_share", "0.25", [](const Constraint& o) { return o.uniform_share == 0.25; }},
      {"transition_width", "3", [](const Constraint& o) { return o.transition_width == 3; }}};
  expect_fields(FINN_OPTIONS_CONSTRAINT, &AllOptions::constraint, constraint);
  using Conditioning = finn_conditioning_options;
  const Named<Conditioning> conditioning[] = {
      {"hidden_layers", "0", [](const Conditioning& o) { return o.hidden_layers == 0; }},
      {"widths", "65536",
       [](const Conditioning& o) { return o.hidden_layers == 1 && o.widths[0] == 65536; }}};
  expect_fields(FINN_OPTIONS_CONDITIONING, &AllOptions::conditioning, conditioning);
}

TEST(OptionFields, areSetByNameInTraining) {
  using Options = finn_training_options;
  const Named<Options> fields[] = {
      {"steps", "7", [](const Options& o) { return o.steps == 7; }},
      {"batch", "4294967296", [](const Options& o) { return o.batch == 4294967296; }},
      {"learning_rate", "0.1", [](const Options& o) { return o.learning_rate == 0.1; }},
      {"beta1", "0", [](const Options& o) { return o.beta1 == 0; }},
      {"beta2", "0.99", [](const Options& o) { return o.beta2 == 0.99; }},
      {"adam_epsilon", "1e-10", [](const Options& o) { return o.adam_epsilon == 1e-10; }},
      {"loss", "negative_log_likelihood",
       [](const Options& o) { return o.loss == FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD; }},
      {"schedule", "one_cycle",
       [](const Options& o) { return o.schedule == FINN_SCHEDULE_ONE_CYCLE; }},
      {"seed", "18446744073709551615", [](const Options& o) { return o.seed == UINT64_MAX; }},
      {"optimiser", "adamw", [](const Options& o) { return o.optimiser == FINN_OPTIMISER_ADAMW; }},
      {"nesterov", "true", [](const Options& o) { return o.nesterov == 1; }},
      {"weight_decay", "0", [](const Options& o) { return o.weight_decay == 0; }},
      {"momentum", "0.5", [](const Options& o) { return o.momentum == 0.5; }},
      {"lbfgs_memory", "1000", [](const Options& o) { return o.lbfgs_memory == 1000; }},
      {"gradient_tolerance", "0", [](const Options& o) { return o.gradient_tolerance == 0; }},
      {"loss_tolerance", "0", [](const Options& o) { return o.loss_tolerance == 0; }},
      {"warmup_steps", "7", [](const Options& o) { return o.warmup_steps == 7; }},
      {"final_learning_rate", "1e-5",
       [](const Options& o) { return o.final_learning_rate == 1e-5; }},
      {"decay_interval", "7", [](const Options& o) { return o.decay_interval == 7; }},
      {"decay_factor", "1", [](const Options& o) { return o.decay_factor == 1; }},
      {"gradient_clip", "7", [](const Options& o) { return o.gradient_clip == 7; }},
      {"huber_delta", "7", [](const Options& o) { return o.huber_delta == 7; }},
      {"poisson_events", "7", [](const Options& o) { return o.poisson_events == 7; }},
      {"validation_share", "0.5", [](const Options& o) { return o.validation_share == 0.5; }},
      {"validation_interval", "7", [](const Options& o) { return o.validation_interval == 7; }},
      {"patience", "7", [](const Options& o) { return o.patience == 7; }},
      {"min_delta", "0.1", [](const Options& o) { return o.min_delta == 0.1; }},
      {"width_prior", "7", [](const Options& o) { return o.width_prior == 7; }},
      {"standardise", "false", [](const Options& o) { return o.standardise == 0; }},
      {"loss_of", "antiderivative",
       [](const Options& o) { return o.loss_of == FINN_LOSS_OF_ANTIDERIVATIVE; }}};
  expect_fields(FINN_OPTIONS_TRAINING, &AllOptions::training, fields);
}

TEST(OptionFields, areSetByNameInChains) {
  using Options = finn_chain_options;
  const Named<Options> fields[] = {
      {"steps", "7", [](const Options& o) { return o.steps == 7; }},
      {"batch", "7", [](const Options& o) { return o.batch == 7; }},
      {"learning_rate", "0.1", [](const Options& o) { return o.learning_rate == 0.1; }},
      {"validation_share", "0.5", [](const Options& o) { return o.validation_share == 0.5; }},
      {"seed", "18446744073709551615", [](const Options& o) { return o.seed == UINT64_MAX; }},
      {"components", "7", [](const Options& o) { return o.components == 7; }},
      {"normals_per_axis", "7", [](const Options& o) { return o.normals_per_axis == 7; }},
      {"linear_components", "0", [](const Options& o) { return o.linear_components == 0; }},
      {"hidden_layers", "7", [](const Options& o) { return o.hidden_layers == 7; }},
      {"widths", "7, 8, 9",
       [](const Options& o) {
         return o.hidden_layers == 3 && o.widths[0] == 7 && o.widths[1] == 8 && o.widths[2] == 9;
       }},
      {"precision", "float32", [](const Options& o) { return o.precision == FINN_FLOAT32; }}};
  expect_fields(FINN_OPTIONS_CHAIN, &AllOptions::chain, fields);
}

}  // namespace
}  // namespace finn::test
