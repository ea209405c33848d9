/* Made from capi/finn.h by bindings/generate.py; do not edit. */
#include <finn.h>
#include <stddef.h>
#include <stdio.h>

#define CONSTANT(name) printf("constant %s %d\n", #name, (int)(name))
#define STRUCT(type) printf("struct %s %d\n", #type, (int)sizeof(type))
#define FIELD(type, name)                                                \
  printf("field %s %s %d %d\n", #type, #name, (int)offsetof(type, name), \
         (int)sizeof(((type*)0)->name))

int main(void) {
  CONSTANT(FINN_VERSION_MAJOR);
  CONSTANT(FINN_VERSION_MINOR);
  CONSTANT(FINN_VERSION_PATCH);
  CONSTANT(FINN_MAX_VARIABLES);
  CONSTANT(FINN_OK);
  CONSTANT(FINN_ERROR_NULL);
  CONSTANT(FINN_ERROR_ARGUMENT);
  CONSTANT(FINN_ERROR_SIZE);
  CONSTANT(FINN_ERROR_NOT_FINITE);
  CONSTANT(FINN_ERROR_INTEGRAL);
  CONSTANT(FINN_ERROR_MEMORY);
  CONSTANT(FINN_ERROR_CALLBACK);
  CONSTANT(FINN_ERROR_INTERNAL);
  CONSTANT(FINN_STOPPED);
  CONSTANT(FINN_ERROR_MESSAGE_SIZE);
  STRUCT(finn_error);
  FIELD(finn_error, struct_size);
  FIELD(finn_error, status);
  FIELD(finn_error, message);
  CONSTANT(FINN_FLOAT64);
  CONSTANT(FINN_FLOAT32);
  CONSTANT(FINN_POSITIVITY_NONE);
  CONSTANT(FINN_POSITIVITY_ABS);
  CONSTANT(FINN_POSITIVITY_SOFTPLUS);
  CONSTANT(FINN_POSITIVITY_SQUARE);
  CONSTANT(FINN_POSITIVITY_EXP);
  CONSTANT(FINN_ACTIVATION_AUTO);
  CONSTANT(FINN_ACTIVATION_SIGMA);
  CONSTANT(FINN_ACTIVATION_TANH);
  CONSTANT(FINN_LAST_LAYER_LINEAR);
  CONSTANT(FINN_LAST_LAYER_SIGMA);
  CONSTANT(FINN_CONSTRAINT_AUTO);
  CONSTANT(FINN_CONSTRAINT_NONE);
  CONSTANT(FINN_CONSTRAINT_SCALE);
  CONSTANT(FINN_CONSTRAINT_SHIFT);
  CONSTANT(FINN_COORDINATES_STANDARD);
  CONSTANT(FINN_COORDINATES_RAW);
  STRUCT(finn_model_options);
  FIELD(finn_model_options, struct_size);
  FIELD(finn_model_options, variables);
  FIELD(finn_model_options, outputs);
  FIELD(finn_model_options, lower);
  FIELD(finn_model_options, upper);
  FIELD(finn_model_options, widths);
  FIELD(finn_model_options, hidden_layers);
  FIELD(finn_model_options, precision);
  FIELD(finn_model_options, positivity);
  FIELD(finn_model_options, activation);
  FIELD(finn_model_options, last_layer);
  FIELD(finn_model_options, constraint);
  FIELD(finn_model_options, epsilon);
  FIELD(finn_model_options, floor);
  FIELD(finn_model_options, coordinates);
  FIELD(finn_model_options, reserved);
  FIELD(finn_model_options, seed);
  CONSTANT(FINN_LOSS_SQUARED_ERROR);
  CONSTANT(FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD);
  CONSTANT(FINN_SCHEDULE_COSINE);
  CONSTANT(FINN_SCHEDULE_CONSTANT);
  STRUCT(finn_training_options);
  FIELD(finn_training_options, struct_size);
  FIELD(finn_training_options, steps);
  FIELD(finn_training_options, batch);
  FIELD(finn_training_options, learning_rate);
  FIELD(finn_training_options, beta1);
  FIELD(finn_training_options, beta2);
  FIELD(finn_training_options, adam_epsilon);
  FIELD(finn_training_options, loss);
  FIELD(finn_training_options, schedule);
  FIELD(finn_training_options, seed);
  STRUCT(finn_progress);
  FIELD(finn_progress, struct_size);
  FIELD(finn_progress, step);
  FIELD(finn_progress, steps);
  FIELD(finn_progress, loss);
  FIELD(finn_progress, learning_rate);
  FIELD(finn_progress, seconds);
  return 0;
}
