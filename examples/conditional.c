/*
 * A conditional density: y ~ N(sin 4c + c/2, 0.2) for c in [-1.5, 1.5], fitted by maximum
 * likelihood; its integral over y is 1 for every c.
 *
 *     conditional [OUTPUT_DIR]        (default build/demo)
 *
 * prints a table and writes OUTPUT_DIR/conditional.json for plot_conditional.py.
 */
#define _POSIX_C_SOURCE 200809L /* mkdir, chdir */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "finn.h"

enum { ROWS = 20000, SHOWN = 1000, GRID = 200, TOLD = 5 };
static const double lower = -3, upper = 3, range = 1.5;

static finn_error error = FINN_ERROR_INIT;

static void check(finn_status status) {
  if (status == FINN_OK) return;
  fprintf(stderr, "%s: %s\n", finn_status_name(status), error.message);
  exit(EXIT_FAILURE);
}

/* Uniform in [0, 1): a linear congruential generator (Knuth's MMIX), its upper bits. */
static double uniform(void) {
  static uint64_t state = 1;
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) * 0x1p-53;
}

static double mean(double c) { return sin(4 * c) + c / 2; }

/* Rows (y, c): the variable first, then the condition. */
static void draw_rows(double* rows) {
  for (int i = 0; i < ROWS; ++i) {
    const double c = range * (2 * uniform() - 1);
    const double radius = sqrt(-2 * log(1 - uniform()));
    rows[2 * i] = mean(c) + 0.2 * radius * cos(2 * acos(-1) * uniform());
    rows[2 * i + 1] = c;
  }
}

static finn_model* fit(finn_workspace* workspace, const double* rows, double* loss) {
  const double condition_lower = -range, condition_upper = range;
  finn_network* network;
  finn_domain* domain;
  finn_conditioning* film;
  finn_model* model;
  finn_trainer* trainer;
  finn_mixture_options mixture;
  finn_training_options training;
  finn_mixture_options_init(&mixture, sizeof mixture);
  mixture.components = 16;
  check(finn_network_mixture(1, 1, &mixture, &network, &error));
  check(finn_domain_open_box(1, &lower, &upper, &domain, &error));
  check(finn_conditioning_film(1, &condition_lower, &condition_upper, NULL, &film, &error));
  check(finn_model_create(network, domain, NULL, film, FINN_FLOAT64, 0, &model, &error));
  finn_network_destroy(network);
  finn_domain_destroy(domain);
  finn_conditioning_destroy(film);
  check(finn_model_initialise_from_data(model, rows, ROWS, 0, &error));
  finn_training_options_init(&training, sizeof training);
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.steps = 3000;
  training.validation_share = 0.2; /* the model ends with the parameters that were best on these */
  check(finn_trainer_create(model, &training, &trainer, &error));
  check(finn_trainer_fit_data(trainer, workspace, rows, NULL, NULL, ROWS, NULL, NULL, &error));
  check(finn_trainer_best(trainer, loss, NULL, &error));
  finn_trainer_destroy(trainer);
  return model;
}

/* For some conditions: the integral, and the share of y below the mean, which is a half. */
static void print_table(const finn_model* model, finn_workspace* workspace) {
  printf("     c   integral   P(y < mean)\n");
  for (int i = 0; i < TOLD; ++i) {
    const double c = range * (2.0 * i / (TOLD - 1) - 1), middle = mean(c);
    double whole, below;
    check(finn_conditional_integral(model, workspace, FINN_LIMITS_X, &lower, &upper, &c, 1, &whole,
                                    NULL, NULL, 1, &error));
    check(finn_conditional_integral(model, workspace, FINN_LIMITS_X, &lower, &middle, &c, 1, &below,
                                    NULL, NULL, 1, &error));
    printf("%6.2f %10.12g %13.3f\n", c, whole, below);
  }
}

static void write_list(FILE* file, const char* key, const double* values, int count) {
  fprintf(file, ",\"%s\":", key);
  for (int i = 0; i < count; ++i) fprintf(file, "%s%.9g", i == 0 ? "[" : ",", values[i]);
  fputs("]\n", file);
}

static void write_picture(FILE* file, const finn_model* model, finn_workspace* workspace,
                          const double* rows) {
  static double grid[2 * GRID * GRID], f[GRID * GRID];
  for (int i = 0; i < GRID * GRID; ++i) {
    grid[2 * i] = lower + (upper - lower) * (i / GRID + 0.5) / GRID;
    grid[2 * i + 1] = range * (2 * (i % GRID + 0.5) / GRID - 1);
  }
  check(finn_integrand_f64(model, workspace, grid, GRID * GRID, f, GRID * GRID, &error));
  fprintf(file, "{\"size\":%d,\"range\":%g,\"lower\":%g,\"upper\":%g", GRID, range, lower, upper);
  write_list(file, "f", f, GRID * GRID);
  write_list(file, "rows", rows, 2 * SHOWN);
  fputs("}\n", file);
}

int main(int argc, char** argv) {
  static double rows[2 * ROWS];
  const char* directory = argc > 1 ? argv[1] : "build/demo";
  finn_workspace* workspace;
  finn_model* model;
  FILE* file;
  double loss;
  if (argc == 1) mkdir("build", 0777);
  mkdir(directory, 0777);
  if (chdir(directory) != 0 || (file = fopen("conditional.json", "w")) == NULL) {
    fprintf(stderr, "%s: conditional.json cannot be written there\n", directory);
    return EXIT_FAILURE;
  }
  draw_rows(rows);
  check(finn_workspace_create(0, &workspace, &error));
  model = fit(workspace, rows, &loss);
  print_table(model, workspace);
  printf("-log likelihood of the validation rows: %.4f; of the true density: -0.1905\n", loss);
  write_picture(file, model, workspace, rows);
  finn_model_destroy(model);
  finn_workspace_destroy(workspace);
  return fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
