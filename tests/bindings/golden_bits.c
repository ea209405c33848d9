/*
 * Prints tests/data/golden_bits.txt: what a few models give, bit by bit, for the tests of every
 * binding. A line is a name and the bits of its numbers, 16 hexadecimal digits for a double and 8
 * for a float. Exits with 77 where other bits are allowed (docs/DETERMINISM.md): without fused
 * multiply-adds, and with another compiler than g++.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finn.h"

enum { ROWS = 7, STEPS = 12, BATCH = 40, OWN_STEPS = 3, ORDERS = 6, MOST = 1024 };

static finn_error error = FINN_ERROR_INIT;

static void check(finn_status status) {
  if (status == FINN_OK) return;
  fprintf(stderr, "golden_bits: %s: %s\n", finn_status_name(status), error.message);
  exit(EXIT_FAILURE);
}

static void print_f64(const char* name, const double* values, int64_t count) {
  uint64_t bits;
  printf("%s", name);
  for (int64_t i = 0; i < count; ++i) {
    memcpy(&bits, &values[i], sizeof bits);
    printf(" %016" PRIx64, bits);
  }
  putchar('\n');
}

static void print_f32(const char* name, const float* values, int64_t count) {
  uint32_t bits;
  printf("%s", name);
  for (int64_t i = 0; i < count; ++i) {
    memcpy(&bits, &values[i], sizeof bits);
    printf(" %08" PRIx32, bits);
  }
  putchar('\n');
}

/* The targets of both outputs: products and copies, so that every language rounds alike. */
static int32_t fill_targets(int64_t step, int64_t batch, double* x, double* y, void* user_data) {
  (void)step;
  (void)user_data;
  for (int64_t row = 0; row < batch; ++row) {
    y[2 * row] = x[2 * row] * x[2 * row + 1];
    y[2 * row + 1] = x[2 * row];
  }
  return 0;
}

static finn_trainer* trainer_of(finn_model* model, finn_loss loss, int64_t batch) {
  finn_training_options options;
  finn_trainer* trainer;
  check(finn_training_options_init(&options, sizeof options));
  options.steps = STEPS;
  options.batch = batch;
  options.loss = loss;
  options.schedule = FINN_SCHEDULE_CONSTANT;
  options.seed = 3;
  check(finn_trainer_create(model, &options, &trainer, &error));
  return trainer;
}

static void print_parameters(const char* name, const finn_model* model) {
  double parameters[MOST];
  int64_t count = finn_model_parameter_count(model);
  check(finn_model_get_parameters_f64(model, parameters, count, &error));
  print_f64(name, parameters, count);
}

static void print_history(const char* name, const finn_trainer* trainer) {
  double losses[STEPS];
  check(finn_trainer_history(trainer, losses, finn_trainer_steps(trainer), &error));
  print_f64(name, losses, finn_trainer_steps(trainer));
}

/* An mlp on an open box with two hidden layers of these widths, which takes the constraint. */
static finn_model* model_of(int32_t variables, int32_t outputs, const double* lower,
                            const double* upper, const int32_t* widths, finn_positivity positivity,
                            finn_constraint* constraint, finn_precision precision, uint64_t seed) {
  finn_mlp_options options;
  finn_network* network;
  finn_domain* domain;
  finn_model* model;
  check(finn_mlp_options_init(&options, sizeof options));
  options.hidden_layers = 2;
  options.widths[0] = widths[0];
  options.widths[1] = widths[1];
  options.positivity = positivity;
  options.axis_units = 0;
  check(finn_network_mlp(variables, outputs, &options, &network, &error));
  check(finn_domain_open_box(variables, lower, upper, &domain, &error));
  check(finn_model_create(network, domain, constraint, NULL, precision, seed, &model, &error));
  finn_network_destroy(network);
  finn_domain_destroy(domain);
  finn_constraint_destroy(constraint);
  return model;
}

/* Gradient descent on the sum of (f_j - x_0)^2 over the rows and outputs j. */
static void descend(finn_model* model, finn_workspace* workspace, const double* x) {
  double parameters[MOST], gradient[MOST], f[2 * ROWS], adjoint[2 * ROWS];
  int64_t count = finn_model_parameter_count(model);
  check(finn_model_get_parameters_f64(model, parameters, count, &error));
  for (int step = 0; step < OWN_STEPS; ++step) {
    check(finn_integrand_f64(model, workspace, x, ROWS, f, 2 * ROWS, &error));
    for (int i = 0; i < 2 * ROWS; ++i) adjoint[i] = 2 * (f[i] - x[i / 2 * 2]);
    check(finn_integrand_vjp_f64(model, workspace, x, ROWS, adjoint, NULL, 0, gradient, count, NULL,
                                 0, &error));
    for (int64_t i = 0; i < count; ++i) parameters[i] -= 0.015625 * gradient[i];
    check(finn_model_set_parameters_f64(model, parameters, count, &error));
  }
  print_f64("double.own_parameters", parameters, count);
}

/* Two variables, two outputs, positive weights, double. */
static void print_double(finn_workspace* workspace) {
  static const double lower[2] = {-1, 0.25}, upper[2] = {1.5, 2}, target[2] = {2, 0.5};
  static const double box_lower[2] = {-0.5, 0.5}, box_upper[2] = {1, 1.25};
  static const int32_t widths[2] = {5, 4};
  double x[2 * ROWS], f[2 * ROWS], adjoint[2 * ROWS], gradient[MOST], x_adjoint[2 * ROWS];
  double value[2], condition_number[2], estimate[2];
  finn_constraint_options share;
  finn_constraint* constraint;
  finn_model *model, *copy;
  finn_trainer* trainer;
  int64_t count;
  check(finn_constraint_options_init(&share, sizeof share));
  share.uniform_share = 0.125;
  check(finn_constraint_equal(FINN_METHOD_SCALE, 2, target, &share, &constraint, &error));
  model = model_of(2, 2, lower, upper, widths, FINN_POSITIVITY_ABS, constraint, FINN_FLOAT64, 7);
  for (int i = 0; i < ROWS; ++i) {
    x[2 * i] = -0.75 + 0.3 * i;
    x[2 * i + 1] = 1.9 - 0.2 * i;
    adjoint[2 * i] = 0.1 * i;
    adjoint[2 * i + 1] = 1.0 / (i + 1);
  }
  print_f64("double.lower", lower, 2);
  print_f64("double.upper", upper, 2);
  print_f64("double.target", target, 2);
  print_f64("double.box_lower", box_lower, 2);
  print_f64("double.box_upper", box_upper, 2);
  print_f64("double.x", x, 2 * ROWS);
  print_f64("double.f_adjoint", adjoint, 2 * ROWS);
  print_parameters("double.parameters", model);
  check(finn_integrand_f64(model, workspace, x, ROWS, f, 2 * ROWS, &error));
  print_f64("double.f", f, 2 * ROWS);
  check(finn_antiderivative_f64(model, workspace, x, ROWS, f, 2 * ROWS, &error));
  print_f64("double.F", f, 2 * ROWS);
  check(finn_mixed_partial_f64(model, workspace, 1, x, ROWS, f, 2 * ROWS, &error));
  print_f64("double.partial_of_the_first", f, 2 * ROWS);
  check(finn_integral(model, workspace, FINN_LIMITS_X, box_lower, box_upper, value,
                      condition_number, estimate, 2, &error));
  print_f64("double.integral", value, 2);
  print_f64("double.condition_number", condition_number, 2);
  print_f64("double.error_estimate", estimate, 2);
  count = finn_model_parameter_count(model);
  check(finn_integrand_vjp_f64(model, workspace, x, ROWS, adjoint, f, 2 * ROWS, gradient, count,
                               x_adjoint, 2 * ROWS, &error));
  print_f64("double.vjp_f", f, 2 * ROWS);
  print_f64("double.parameter_adjoint", gradient, count);
  print_f64("double.x_adjoint", x_adjoint, 2 * ROWS);

  check(finn_model_clone(model, &copy, &error));
  trainer = trainer_of(copy, FINN_LOSS_SQUARED_ERROR, BATCH);
  check(finn_trainer_fit_sampler(trainer, workspace, fill_targets, NULL, NULL, NULL, &error));
  print_history("double.sampler_losses", trainer);
  print_parameters("double.sampler_parameters", copy);
  finn_trainer_destroy(trainer);
  finn_model_destroy(copy);

  check(finn_model_clone(model, &copy, &error));
  trainer = trainer_of(copy, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD, 4);
  check(finn_trainer_fit_data(trainer, workspace, x, NULL, NULL, ROWS, NULL, NULL, &error));
  print_history("double.data_losses", trainer);
  print_parameters("double.data_parameters", copy);
  finn_trainer_destroy(trainer);
  finn_model_destroy(copy);

  descend(model, workspace, x);
  finn_model_destroy(model);
}

/* Three variables, one output, plain weights, float. */
static void print_float(finn_workspace* workspace) {
  static const double lower[3] = {-1, -1, 0}, upper[3] = {1, 2, 3}, target[1] = {-1.5};
  float x[3 * ROWS], f[ROWS], adjoint[ROWS], gradient[MOST], x_adjoint[3 * ROWS];
  static const int32_t widths[2] = {6, 3};
  finn_constraint* constraint;
  finn_model* model;
  int64_t count;
  check(finn_constraint_equal(FINN_METHOD_SHIFT, 1, target, NULL, &constraint, &error));
  model = model_of(3, 1, lower, upper, widths, FINN_POSITIVITY_NONE, constraint, FINN_FLOAT32, 11);
  count = finn_model_parameter_count(model);
  for (int i = 0; i < 3 * ROWS; ++i) x[i] = (float)(0.9 - 0.08 * i);
  for (int i = 0; i < ROWS; ++i) adjoint[i] = (float)(0.2 * i - 0.5);
  print_f64("float.lower", lower, 3);
  print_f64("float.upper", upper, 3);
  print_f64("float.target", target, 1);
  print_f32("float.x", x, 3 * ROWS);
  print_f32("float.f_adjoint", adjoint, ROWS);
  check(finn_model_get_parameters_f32(model, gradient, count, &error));
  print_f32("float.parameters", gradient, count);
  check(finn_integrand_f32(model, workspace, x, ROWS, f, ROWS, &error));
  print_f32("float.f", f, ROWS);
  check(finn_antiderivative_f32(model, workspace, x, ROWS, f, ROWS, &error));
  print_f32("float.F", f, ROWS);
  check(finn_mixed_partial_f32(model, workspace, 5, x, ROWS, f, ROWS, &error));
  print_f32("float.partial_of_the_first_and_third", f, ROWS);
  check(finn_integrand_vjp_f32(model, workspace, x, ROWS, adjoint, f, ROWS, gradient, count,
                               x_adjoint, 3 * ROWS, &error));
  print_f32("float.vjp_f", f, ROWS);
  print_f32("float.parameter_adjoint", gradient, count);
  print_f32("float.x_adjoint", x_adjoint, 3 * ROWS);
  finn_model_destroy(model);
}

static void print_sigma(void) {
  double x[ROWS], values[ORDERS * ROWS], slopes[ROWS];
  float x32[ROWS], values32[ORDERS * ROWS], slopes32[ROWS];
  for (int i = 0; i < ROWS; ++i) x32[i] = (float)(x[i] = -4 + 1.3 * i);
  print_f64("sigma.x", x, ROWS);
  check(finn_sigma_f64(4, ORDERS, x, ROWS, values, &error));
  print_f64("sigma.sigma_4", values, ORDERS * ROWS);
  check(finn_log_sigma_f64(3, x, ROWS, values, slopes, &error));
  print_f64("sigma.log_sigma_3", values, ROWS);
  print_f64("sigma.slopes", slopes, ROWS);
  check(finn_repeated_erfc_f64(2, 4, x, ROWS, values, &error));
  print_f64("sigma.repeated_erfc_2", values, 4 * ROWS);
  print_f32("sigma.float.x", x32, ROWS);
  check(finn_sigma_f32(4, ORDERS, x32, ROWS, values32, &error));
  print_f32("sigma.float.sigma_4", values32, ORDERS * ROWS);
  check(finn_log_sigma_f32(3, x32, ROWS, values32, slopes32, &error));
  print_f32("sigma.float.log_sigma_3", values32, ROWS);
  print_f32("sigma.float.slopes", slopes32, ROWS);
  check(finn_repeated_erfc_f32(2, 4, x32, ROWS, values32, &error));
  print_f32("sigma.float.repeated_erfc_2", values32, 4 * ROWS);
}

/* A mixture of 4 components on an open box, whose parameters are moved off those of the seed: under
 * conditions f would not depend on them yet. Takes the conditioning, which may be NULL. */
static finn_model* mixture_of(int32_t variables, const double* lower, const double* upper,
                              finn_conditioning* conditioning) {
  double parameters[MOST];
  finn_mixture_options options;
  finn_network* network;
  finn_domain* domain;
  finn_model* model;
  int64_t count;
  check(finn_mixture_options_init(&options, sizeof options));
  options.components = 4;
  check(finn_network_mixture(variables, 1, &options, &network, &error));
  check(finn_domain_open_box(variables, lower, upper, &domain, &error));
  check(finn_model_create(network, domain, NULL, conditioning, FINN_FLOAT64, 5, &model, &error));
  finn_network_destroy(network);
  finn_domain_destroy(domain);
  finn_conditioning_destroy(conditioning);
  count = finn_model_parameter_count(model);
  check(finn_model_get_parameters_f64(model, parameters, count, &error));
  for (int64_t i = 0; i < count; ++i) parameters[i] += 0.125;
  check(finn_model_set_parameters_f64(model, parameters, count, &error));
  return model;
}

static finn_distribution* distribution_of(finn_model* model) {
  finn_distribution* distribution;
  check(finn_distribution_create(model, 0, &distribution, &error));
  finn_model_destroy(model);
  return distribution;
}

/* Of two variables without conditions, and of the second where the first is given. */
static void print_joint(finn_workspace* workspace, const double* x) {
  static const double lower[2] = {-1, 0.25}, upper[2] = {1.5, 2};
  static const int32_t first[1] = {0};
  double p[ROWS], given[ROWS], values[2 * ROWS];
  finn_distribution *joint = distribution_of(mixture_of(2, lower, upper, NULL)), *second;
  check(finn_distribution_density(joint, workspace, x, ROWS, values, ROWS, &error));
  print_f64("joint.density", values, ROWS);
  check(finn_distribution_cdf(joint, workspace, x, ROWS, values, ROWS, &error));
  print_f64("joint.cdf", values, ROWS);
  check(finn_distribution_sample(joint, workspace, 3, 2, NULL, ROWS, values, 2 * ROWS, &error));
  print_f64("joint.sample", values, 2 * ROWS);
  check(finn_distribution_given(joint, first, 1, &second, &error));
  for (int i = 0; i < ROWS; ++i) {
    p[i] = 0.0625 + 0.125 * i;
    given[i] = x[2 * i];
  }
  check(finn_distribution_quantile(second, workspace, p, given, ROWS, values, ROWS, &error));
  print_f64("joint.quantile_of_the_second", values, ROWS);
  finn_distribution_destroy(second);
  finn_distribution_destroy(joint);
}

/* Of one variable under one condition. */
static void print_conditional(finn_workspace* workspace, const double* x) {
  static const double lower[1] = {-1}, upper[1] = {1.5}, least[1] = {0}, most[1] = {2};
  double p[ROWS], given[ROWS], values[ROWS];
  finn_conditioning_options options;
  finn_conditioning* film;
  finn_distribution* distribution;
  check(finn_conditioning_options_init(&options, sizeof options));
  options.hidden_layers = 1;
  options.widths[0] = 4;
  check(finn_conditioning_film(1, least, most, &options, &film, &error));
  distribution = distribution_of(mixture_of(1, lower, upper, film));
  for (int i = 0; i < ROWS; ++i) {
    p[i] = 0.0625 + 0.125 * i;
    given[i] = x[2 * i + 1];
  }
  check(finn_distribution_density(distribution, workspace, x, ROWS, values, ROWS, &error));
  print_f64("conditional.density", values, ROWS);
  check(finn_distribution_cdf(distribution, workspace, x, ROWS, values, ROWS, &error));
  print_f64("conditional.cdf", values, ROWS);
  check(finn_distribution_quantile(distribution, workspace, p, given, ROWS, values, ROWS, &error));
  print_f64("conditional.quantile", values, ROWS);
  check(finn_distribution_sample(distribution, workspace, 3, 2, given, ROWS, values, ROWS, &error));
  print_f64("conditional.sample", values, ROWS);
  finn_distribution_destroy(distribution);
}

static void print_distributions(finn_workspace* workspace) {
  double x[2 * ROWS];
  for (int i = 0; i < ROWS; ++i) {
    x[2 * i] = -0.75 + 0.3 * i;
    x[2 * i + 1] = 1.9 - 0.2 * i;
  }
  print_joint(workspace, x);
  print_conditional(workspace, x);
}

int main(void) {
  const char* set = finn_instruction_set();
  finn_workspace* workspace;
  if (strcmp(set, "sse2") == 0 || strcmp(set, "portable") == 0) {
    printf("skipped: %s has no fused multiply-adds and rounds differently\n", set);
    return 77;
  }
  if (strstr(finn_build_info(), "gcc") == NULL) {
    printf("skipped: the bits are those of g++: %s\n", finn_build_info());
    return 77;
  }
  check(finn_workspace_create(1, &workspace, &error));
  print_double(workspace);
  print_float(workspace);
  print_distributions(workspace);
  print_sigma();
  finn_workspace_destroy(workspace);
  return EXIT_SUCCESS;
}
