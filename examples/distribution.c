/*
 * A fitted density asked as a distribution: when will the Old Faithful geyser erupt again, given
 * how long the last eruption was?
 *
 *     distribution [CSV [OUTPUT_DIR]]        (default data/old_faithful.csv build/demo)
 *
 * prints a table and writes OUTPUT_DIR/distribution.json for plot_distribution.py.
 */
#define _POSIX_C_SOURCE 200809L /* mkdir */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "finn.h"

enum { CURVE = 121, GRID = 120, SHARES = 3, LEVELS = 3, SAMPLES = 2000, LOOKED_AT = 100000 };
static const double lower[2] = {0.5, 30}, upper[2] = {6.5, 110}; /* minutes: duration, wait */
static const double shares[SHARES] = {0.05, 0.5, 0.95}, levels[LEVELS] = {0.5, 0.8, 0.95};

static finn_error error = FINN_ERROR_INIT;

static void check(finn_status status) {
  if (status == FINN_OK) return;
  fprintf(stderr, "%s: %s\n", finn_status_name(status), error.message);
  exit(EXIT_FAILURE);
}

static finn_distribution* fit(finn_workspace* workspace, const finn_table* table) {
  const int64_t rows = finn_table_rows(table);
  double* values = malloc(sizeof *values * 2 * (size_t)rows);
  finn_network* network;
  finn_domain* domain;
  finn_model* model;
  finn_trainer* trainer;
  finn_training_options training;
  finn_distribution* distribution;
  if (values == NULL) exit(EXIT_FAILURE);
  check(finn_table_values(table, values, 2 * rows, &error));
  check(finn_network_mixture(2, 1, NULL, &network, &error));
  check(finn_domain_open_box(2, lower, upper, &domain, &error));
  check(finn_model_create(network, domain, NULL, NULL, FINN_FLOAT64, 0, &model, &error));
  finn_training_options_init(&training, sizeof training);
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.steps = 1000;
  check(finn_trainer_create(model, &training, &trainer, &error));
  check(finn_trainer_fit_data(trainer, workspace, values, NULL, NULL, rows, NULL, NULL, &error));
  check(finn_distribution_create(model, 0, &distribution, &error));
  finn_trainer_destroy(trainer);
  finn_model_destroy(model);
  finn_domain_destroy(domain);
  finn_network_destroy(network);
  free(values);
  return distribution;
}

static void write_list(FILE* file, const char* key, const double* values, int count) {
  fprintf(file, ",\"%s\":", key);
  for (int i = 0; i < count; ++i) fprintf(file, "%s%.9g", i == 0 ? "[" : ",", values[i]);
  fputs("]\n", file);
}

/* The wait, given the duration: quantiles along a curve, and a few lines of a table. */
static void ask_wait(FILE* file, const finn_distribution* both, finn_workspace* workspace) {
  static double durations[CURVE], p[CURVE], wait[CURVE], late[CURVE], rows[2 * CURVE];
  const int32_t duration = 0;
  finn_distribution* given;
  check(finn_distribution_given(both, &duration, 1, &given, &error));
  for (int i = 0; i < CURVE; ++i) durations[i] = 1.5 + 3.75 * i / (CURVE - 1);
  write_list(file, "durations", durations, CURVE);
  printf("after an eruption of   5 %%   50 %%   95 %% wait less than   P(more than 75 min)\n");
  for (int i = 0; i < CURVE; ++i) rows[2 * i] = 75, rows[2 * i + 1] = durations[i];
  check(finn_distribution_survival(given, workspace, rows, CURVE, late, CURVE, &error));
  static double bands[SHARES][CURVE];
  for (int s = 0; s < SHARES; ++s) {
    char key[16];
    for (int i = 0; i < CURVE; ++i) p[i] = shares[s];
    check(finn_distribution_quantile(given, workspace, p, durations, CURVE, wait, CURVE, &error));
    snprintf(key, sizeof key, "wait_%d", s);
    write_list(file, key, wait, CURVE);
    for (int i = 0; i < CURVE; ++i) bands[s][i] = wait[i];
  }
  for (int i = 0; i < CURVE; i += 24) {
    printf("%12.2f min %9.1f %6.1f %6.1f min %26.3f\n", durations[i], bands[0][i], bands[1][i],
           bands[2][i], late[i]);
  }
  finn_distribution_destroy(given);
}

/* The density on a grid, the levels of highest-density regions, marginals and samples. */
static void ask_both(FILE* file, const finn_distribution* both, finn_workspace* workspace) {
  static double grid[2 * GRID * GRID], density[GRID * GRID], samples[2 * SAMPLES];
  double level[LEVELS], spread, mean[2], covariance[4];
  for (int i = 0; i < GRID * GRID; ++i) {
    grid[2 * i] = lower[0] + (upper[0] - lower[0]) * (i % GRID + 0.5) / GRID;
    grid[2 * i + 1] = lower[1] + (upper[1] - lower[1]) * (i / GRID + 0.5) / GRID;
  }
  check(
      finn_distribution_density(both, workspace, grid, GRID * GRID, density, GRID * GRID, &error));
  write_list(file, "density", density, GRID * GRID);
  for (int i = 0; i < LEVELS; ++i) {
    check(finn_distribution_density_level(both, workspace, NULL, levels[i], LOOKED_AT, 0, &level[i],
                                          &spread, &error));
  }
  write_list(file, "levels", level, LEVELS);
  check(
      finn_distribution_sample(both, workspace, 0, 0, NULL, SAMPLES, samples, 2 * SAMPLES, &error));
  write_list(file, "samples", samples, 2 * SAMPLES);
  for (int32_t variable = 0; variable < 2; ++variable) {
    static double x[GRID];
    finn_distribution* marginal;
    check(finn_distribution_marginal(both, &variable, 1, &marginal, &error));
    for (int i = 0; i < GRID; ++i) {
      x[i] = lower[variable] + (upper[variable] - lower[variable]) * (i + 0.5) / GRID;
    }
    check(finn_distribution_density(marginal, workspace, x, GRID, density, GRID, &error));
    write_list(file, variable == 0 ? "marginal_0" : "marginal_1", density, GRID);
    finn_distribution_destroy(marginal);
  }
  check(finn_distribution_moments(both, workspace, NULL, 1, mean, NULL, 2, covariance, NULL, 4,
                                  &error));
  printf("mean %.3f and %.2f min, covariance %.3f\n", mean[0], mean[1], covariance[1]);
}

int main(int argc, char** argv) {
  const char* path = argc > 1 ? argv[1] : "data/old_faithful.csv";
  const char* directory = argc > 2 ? argv[2] : "build/demo";
  char name[4096];
  finn_table* table;
  finn_workspace* workspace;
  finn_distribution* both;
  FILE* file;
  if (argc < 3) mkdir("build", 0777);
  mkdir(directory, 0777);
  snprintf(name, sizeof name, "%s/distribution.json", directory);
  if ((file = fopen(name, "w")) == NULL) {
    fprintf(stderr, "%s: cannot be written\n", name);
    return EXIT_FAILURE;
  }
  check(finn_table_read(path, NULL, 0, &table, &error));
  check(finn_workspace_create(0, &workspace, &error));
  both = fit(workspace, table);
  fprintf(file, "{\"size\":%d,\"lower\":[%g,%g],\"upper\":[%g,%g]", GRID, lower[0], lower[1],
          upper[0], upper[1]);
  ask_wait(file, both, workspace);
  ask_both(file, both, workspace);
  fputs("}\n", file);
  finn_distribution_destroy(both);
  finn_workspace_destroy(workspace);
  finn_table_destroy(table);
  return fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
