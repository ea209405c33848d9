/*
 * Densities on regions that are not boxes: a pentagon and a star-shaped flower, each with the same
 * two clouds of points cut off at its edge, fitted by maximum likelihood.
 *
 *     regions [OUTPUT_DIR]        (default build/demo)
 *
 * prints a table and writes OUTPUT_DIR/regions.json for plot_regions.py.
 */
#define _POSIX_C_SOURCE 200809L /* mkdir, chdir */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "finn.h"

enum { REGIONS = 2, POINTS = 2000, SHOWN = 600, GRID = 240 };
static const double reach = 1.6; /* the grid is [-reach, reach]^2 */
static const int32_t widths[] = {16, 16};
static const char* const names[REGIONS] = {"pentagon", "flower"};

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

/* The flower is made turned back by this and then turned forward, which takes its seam, the angle
 * 0, to where few points are. The pentagon begins at such a vertex for the same reason. */
static const double seam = 2.2;

static int32_t flower(const double* direction, double* radius, void* user_data) {
  (void)user_data;
  *radius = 1.1 + 0.3 * cos(5 * (atan2(direction[1], direction[0]) + seam));
  return 0;
}

static finn_domain* make_region(int which) {
  static const double origin[2] = {0, 0};
  static const double pentagon[] = {-0.9, 1.0, -1.2, -0.8, 0.3, -1.3, 1.4, -0.2, 0.9, 1.2};
  finn_domain* domain;
  if (which == 0) {
    check(finn_domain_polygon(pentagon, 5, &domain, &error));
  } else {
    const double turn[] = {cos(seam), -sin(seam), sin(seam), cos(seam)};
    finn_domain* turned_back;
    check(finn_domain_star("flower", 2, origin, flower, NULL, NULL, &turned_back, &error));
    check(finn_domain_affine(turned_back, turn, origin, &domain, &error));
    finn_domain_destroy(turned_back);
  }
  return domain;
}

static double cloud(const double* x, double x1, double x2) {
  return exp(-4 * ((x[0] - x1) * (x[0] - x1) + (x[1] - x2) * (x[1] - x2)));
}

/* By rejection: of uniform points of the square, those in the region, and of these the share that
 * the two clouds have there. */
static void draw_points(const finn_domain* domain, double* points) {
  for (int i = 0; i < POINTS;) {
    double* x = points + 2 * i;
    double u[2], log_weight;
    x[0] = reach * (2 * uniform() - 1);
    x[1] = reach * (2 * uniform() - 1);
    check(finn_domain_to_box(domain, x, 1, u, 2, &log_weight, &error));
    if (isfinite(log_weight) && uniform() < cloud(x, 0.8, 0.4) + cloud(x, -0.6, -0.5)) ++i;
  }
}

static finn_model* fit(const finn_domain* domain, finn_workspace* workspace, const double* points,
                       double* loss) {
  const double one = 1;
  finn_network* network;
  finn_constraint* constraint;
  finn_model* model;
  finn_trainer* trainer;
  finn_mlp_options layers;
  finn_constraint_options share;
  finn_training_options training;
  /* What is round in x is askew in u: ridges, which a mixture makes of many components. Of the
   * validation rows they have a likelihood higher by 0.01 and 0.03 nats. */
  finn_mlp_options_init(&layers, sizeof layers);
  layers.hidden_layers = sizeof widths / sizeof *widths;
  memcpy(layers.widths, widths, sizeof widths);
  layers.orthants = 2;
  finn_constraint_options_init(&share, sizeof share);
  share.uniform_share = 0.001;
  check(finn_network_mlp(2, 1, &layers, &network, &error));
  check(finn_constraint_equal(FINN_METHOD_SCALE, 1, &one, &share, &constraint, &error));
  check(finn_model_create(network, domain, constraint, NULL, FINN_FLOAT64, 0, &model, &error));
  finn_network_destroy(network);
  finn_constraint_destroy(constraint);
  finn_training_options_init(&training, sizeof training);
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.steps = 1500;
  training.validation_share = 0.2; /* the model ends with the parameters that were best on these */
  check(finn_trainer_create(model, &training, &trainer, &error));
  check(finn_trainer_fit_data(trainer, workspace, points, NULL, NULL, POINTS, NULL, NULL, &error));
  check(finn_trainer_best(trainer, loss, NULL, &error));
  finn_trainer_destroy(trainer);
  return model;
}

static void write_list(FILE* file, const char* key, const double* values, int count) {
  fprintf(file, ",\"%s\":", key);
  for (int i = 0; i < count; ++i) fprintf(file, "%s%.9g", i == 0 ? "[" : ",", values[i]);
  fputs("]\n", file);
}

static void study(int which, finn_workspace* workspace, FILE* file) {
  static double points[2 * POINTS], grid[2 * GRID * GRID], f[GRID * GRID];
  finn_domain* domain = make_region(which);
  finn_model* model;
  double loss, integral, lower[2], upper[2], sum = 0, step = 2 * reach / GRID;
  draw_points(domain, points);
  model = fit(domain, workspace, points, &loss);
  check(finn_domain_limits(domain, lower, upper, 2, &error));
  check(finn_integral(model, workspace, FINN_LIMITS_U, lower, upper, &integral, NULL, NULL, 1,
                      &error));
  for (int i = 0; i < GRID * GRID; ++i) {
    grid[2 * i] = -reach + step * (i % GRID + 0.5);
    grid[2 * i + 1] = -reach + step * (i / GRID + 0.5);
  }
  check(finn_integrand_f64(model, workspace, grid, (int64_t)GRID * GRID, f, (int64_t)GRID * GRID,
                           &error));
  for (int i = 0; i < GRID * GRID; ++i) sum += step * step * f[i];
  printf("%-10s %22.16g %18.4f %25.4f\n", names[which], integral, sum, loss);
  fprintf(file, "%s{\"name\":\"%s\",\"integral\":%.17g,\"sum\":%.9g\n", which == 0 ? "" : ",",
          names[which], integral, sum);
  write_list(file, "points", points, 2 * SHOWN);
  write_list(file, "f", f, GRID * GRID);
  fputs("}", file);
  finn_model_destroy(model);
  finn_domain_destroy(domain);
}

int main(int argc, char** argv) {
  const char* directory = argc > 1 ? argv[1] : "build/demo";
  finn_workspace* workspace;
  FILE* file = NULL;
  mkdir(directory, 0777); /* it may exist */
  if (chdir(directory) == 0) file = fopen("regions.json", "w");
  if (file == NULL) {
    perror(directory);
    return EXIT_FAILURE;
  }
  check(finn_workspace_create(0, &workspace, &error));
  printf("%-10s %22s %18s %25s\n", "region", "integral of f, from F", "sum over the grid",
         "held-out -log likelihood");
  fprintf(file, "{\"reach\":%g,\"size\":%d,\"regions\":[", reach, GRID);
  for (int which = 0; which < REGIONS; ++which) study(which, workspace, file);
  fputs("]}\n", file);
  finn_workspace_destroy(workspace);
  return fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
