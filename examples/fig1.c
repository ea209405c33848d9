/*
 * Fig. 1 of the paper in plain C: two Gaussian bumps on [-3, 3]^2, whose integral there is about
 * 1.8, fitted by networks whose integral is fixed to 1, 2 and 3.
 *
 *     fig1 [OUTPUT_DIR [float32]]        (default build/demo)
 *
 * prints a table and writes OUTPUT_DIR/fig1.json for plot_fig1.py.
 */
#define _POSIX_C_SOURCE 200809L /* isatty, mkdir, chdir */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "finn.h"

enum {
  RUNS = 3,
  GRID = 200,   /* cells per axis behind the errors */
  SURFACE = 60, /* nodes per axis of the surfaces in the file, edges of the box included */
  PANELS = 24,  /* per axis, each with RULE points of Gauss and Legendre */
  RULE = 8,
  NODES = PANELS * RULE,
  LOSSES = 200, /* losses of a run that go into the file, smoothed and evenly spaced */
  BAR = 24      /* characters of the progress bar */
};
enum {
  EPSILON,
  MSE,
  MSE_LEAST,
  RATIO,
  INTEGRAL,
  QUADRATURE,
  CONDITION_NUMBER,
  MIN_F,
  SECONDS,
  MEASURES
};

static const struct {
  const char* key;
  const char* label;
  int digits;
} measures[MEASURES] = {{"epsilon", "epsilon", 3},
                        {"mse", "mean squared error", 5},
                        {"mse_least", "least possible for any f >= 0", 5},
                        {"ratio", "ratio of the two", 4},
                        {"integral", "integral of f, from F", 16},
                        {"integral_quadrature", "integral of f, by quadrature", 16},
                        {"condition_number", "condition number of F", 4},
                        {"min_f", "smallest f on the grid", 4},
                        {"seconds", "seconds of training", 3}};

static const double box_lower[2] = {-3, -3}, box_upper[2] = {3, 3}, side = 6;

typedef struct run {
  double measured[MEASURES], loss;
  double losses[LOSSES], surface[SURFACE * SURFACE];
} run;

/* The points are always axis x axis, with y fastest: the box is a square. */
typedef struct study {
  finn_precision precision;
  finn_workspace* workspace;
  finn_model* model;
  double axis[GRID], points[GRID * GRID * 2], values[GRID * GRID];
  run runs[RUNS];
} study;

static finn_error error = FINN_ERROR_INIT;

/* Ends the program when a call has failed; each call is given the error above to fill. */
static void check(finn_status status) {
  if (status == FINN_OK) return;
  fprintf(stderr, "fig1: %s: %s\n", finn_status_name(status), error.message);
  exit(EXIT_FAILURE);
}

static double bump(double x, double y) { return exp(-(x * x + y * y) / 2) / (2 * acos(-1)); }

static double target(double x, double y) { return bump(x - 1, y - 1) + bump(x + 2, y); }

/* The integral of f = max(target - level, 0), and its mean squared error, on the cells. */
static double integral_above(const double* axis, double level, double* squared) {
  double integral = 0;
  *squared = 0;
  for (int i = 0; i < GRID * GRID; ++i) {
    double wanted = target(axis[i / GRID], axis[i % GRID]);
    double f = fmax(wanted - level, 0);
    integral += f * side * side / (GRID * GRID);
    *squared += (f - wanted) * (f - wanted) / (GRID * GRID);
  }
  return integral;
}

/* The least mean squared error that any f >= 0 with this integral can have: the best f is
 * max(target - level, 0), where the level, which may be negative, makes the integral right. */
static double least_error(const double* axis, double epsilon) {
  double low = -epsilon, high = 1, squared = 0; /* the target lies in (0, 1), the area is 36 */
  for (int step = 0; step < 60; ++step) {
    double middle = (low + high) / 2;
    *(integral_above(axis, middle, &squared) > epsilon ? &low : &high) = middle;
  }
  return squared;
}

/* A bar on a terminal; in a log, one line per quarter of the run. */
static int32_t show_progress(const finn_progress* now, void* user_data) {
  run* result = user_data;
  int is_bar = isatty(STDERR_FILENO);
  int times = is_bar ? BAR : 4;
  double left = now->seconds / (double)now->step * (double)(now->steps - now->step);
  result->measured[SECONDS] = now->seconds;
  result->loss += (now->step == 1 ? 1 : 0.02) * (now->loss - result->loss);
  result->losses[(now->step - 1) * LOSSES / now->steps] = result->loss;
  if (now->step * times % now->steps >= times) return 0;
  fprintf(stderr, "%sepsilon %g [", is_bar ? "\r" : "", result->measured[EPSILON]);
  for (int i = 0; i < BAR; ++i) fputc(i < BAR * now->step / now->steps ? '#' : '.', stderr);
  fprintf(stderr, "] step %" PRId64 " of %" PRId64 ", loss %.3e, %.1f s left%s", now->step,
          now->steps, result->loss, left, is_bar && now->step < now->steps ? "  " : "\n");
  return 0;
}

static int32_t fill_targets(int64_t step, int64_t batch, double* x, double* y, void* user_data) {
  (void)step;
  (void)user_data;
  for (int64_t row = 0; row < batch; ++row) y[row] = target(x[2 * row], x[2 * row + 1]);
  return 0;
}

static void train(study* self, run* result) {
  finn_network* network;
  finn_domain* domain;
  finn_constraint* constraint;
  finn_trainer* trainer;
  check(finn_network_mixture(2, 1, NULL, &network, &error));
  check(finn_domain_open_box(2, box_lower, box_upper, &domain, &error));
  check(finn_constraint_equal(FINN_METHOD_SCALE, 1, &result->measured[EPSILON], NULL, &constraint,
                              &error));
  check(finn_model_create(network, domain, constraint, NULL, self->precision, 0, &self->model,
                          &error));
  check(finn_trainer_create(self->model, NULL, &trainer, &error));
  check(finn_trainer_fit_sampler(trainer, self->workspace, fill_targets, NULL, show_progress,
                                 result, &error));
  finn_trainer_destroy(trainer);
  finn_constraint_destroy(constraint);
  finn_domain_destroy(domain);
  finn_network_destroy(network);
}

/* Evenly spaced, the first and the last this far from the edges of the box. */
static void spread(double* axis, int count, double inset) {
  double step = (side - 2 * inset) / (count - 1);
  for (int i = 0; i < count; ++i) axis[i] = box_lower[0] + inset + i * step;
}

/* f at all points of axis x axis. */
static void evaluate(study* self, int count, double* values) {
  for (int i = 0; i < count * count; ++i) {
    self->points[2 * i] = self->axis[i / count];
    self->points[2 * i + 1] = self->axis[i % count];
  }
  check(finn_integrand_f64(self->model, self->workspace, self->points, count * count, values,
                           count * count, &error));
}

static void measure_error(study* self, double* measured) {
  spread(self->axis, GRID, side / GRID / 2); /* cell centres */
  evaluate(self, GRID, self->values);
  measured[MIN_F] = self->values[0];
  for (int i = 0; i < GRID * GRID; ++i) {
    double difference = self->values[i] - target(self->points[2 * i], self->points[2 * i + 1]);
    measured[MSE] += difference * difference / (GRID * GRID);
    measured[MIN_F] = fmin(measured[MIN_F], self->values[i]);
  }
  measured[MSE_LEAST] = least_error(self->axis, measured[EPSILON]);
  measured[RATIO] = measured[MSE] / measured[MSE_LEAST];
}

/* The Gauss-Legendre rule on each of the panels: it knows f only, nothing of F. */
static void quadrature_rule(double* axis, double* weights) {
  static const double rule[RULE / 2][2] = {{0.1834346424956498, 0.362683783378362},
                                           {0.525532409916329, 0.3137066458778873},
                                           {0.7966664774136267, 0.2223810344533745},
                                           {0.9602898564975363, 0.1012285362903763}};
  double half = side / PANELS / 2;
  for (int i = 0; i < NODES; ++i) {
    const double* node = rule[(i % RULE) / 2];
    double centre = box_lower[0] + half * (2 * (i / RULE) + 1);
    axis[i] = centre + (i % 2 == 0 ? half : -half) * node[0];
    weights[i] = half * node[1];
  }
}

static void measure_integral(study* self, double* measured) {
  double weights[NODES];
  check(finn_integral(self->model, self->workspace, FINN_LIMITS_X, box_lower, box_upper,
                      &measured[INTEGRAL], &measured[CONDITION_NUMBER], NULL, 1, &error));
  quadrature_rule(self->axis, weights);
  evaluate(self, NODES, self->values);
  for (int i = 0; i < NODES * NODES; ++i) {
    measured[QUADRATURE] += weights[i / NODES] * weights[i % NODES] * self->values[i];
  }
}

static void print_table(const run* runs) {
  for (int m = 0; m < MEASURES; ++m) {
    printf("%-30s", measures[m].label);
    for (int i = 0; i < RUNS; ++i) printf(" %20.*g", measures[m].digits, runs[i].measured[m]);
    putchar('\n');
  }
}

static void write_list(FILE* file, const char* key, const double* values, int count) {
  fprintf(file, "\"%s\":", key);
  for (int i = 0; i < count; ++i) fprintf(file, "%s%.17g", i == 0 ? "[" : ",", values[i]);
  fputs("],\n", file);
}

/* Surfaces and truth are [size][size], from edge to edge of the box, with y fastest. */
static void write_json(FILE* file, study* self) {
  fprintf(file, "{\"lower\":%g,\"upper\":%g,\"size\":%d,\n", box_lower[0], box_upper[0], SURFACE);
  for (int i = 0; i < SURFACE * SURFACE; ++i) {
    self->values[i] = target(self->axis[i / SURFACE], self->axis[i % SURFACE]);
  }
  write_list(file, "truth", self->values, SURFACE * SURFACE);
  for (int i = 0; i < RUNS; ++i) {
    run* result = &self->runs[i];
    fputs(i == 0 ? "\"runs\":[{" : ",{", file);
    write_list(file, "losses", result->losses, LOSSES);
    write_list(file, "surface", result->surface, SURFACE * SURFACE);
    for (int m = 0; m < MEASURES; ++m) {
      fprintf(file, "%s\"%s\":%.17g", m == 0 ? "" : ",", measures[m].key, result->measured[m]);
    }
    fputs("}", file);
  }
  fputs("]}\n", file);
}

/* Opened before the training, so that a directory that cannot be written shows at once. */
static FILE* open_output(const char* directory) {
  FILE* file = NULL;
  mkdir(directory, 0777); /* it may exist */
  if (chdir(directory) == 0) file = fopen("fig1.json", "w");
  if (file == NULL) perror(directory);
  return file;
}

static void run_all(study* self) {
  check(finn_workspace_create(0, &self->workspace, &error));
  for (int i = 0; i < RUNS; ++i) {
    run* result = &self->runs[i];
    result->measured[EPSILON] = i + 1;
    train(self, result);
    measure_error(self, result->measured);
    measure_integral(self, result->measured);
    spread(self->axis, SURFACE, 0);
    evaluate(self, SURFACE, result->surface);
    finn_model_destroy(self->model);
  }
  finn_workspace_destroy(self->workspace);
}

int main(int argc, char** argv) {
  static study self; /* too large for the stack */
  FILE* file;
  if (argc > 3 || (argc == 3 && strcmp(argv[2], "float32") != 0)) {
    fputs("usage: fig1 [OUTPUT_DIR [float32]]\n", stderr);
    return EXIT_FAILURE;
  }
  self.precision = argc == 3 ? FINN_FLOAT32 : FINN_FLOAT64;
  file = open_output(argc > 1 ? argv[1] : "build/demo");
  if (file == NULL) return EXIT_FAILURE;
  run_all(&self);
  print_table(self.runs);
  write_json(file, &self);
  return fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
