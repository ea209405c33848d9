/* See report.h. */
#include "report.h"

static double gain(const outcome* line) { return line->network - line->gaussian; }

void report_seed(int seed, const outcome* line) {
  if (seed == 0) {
    puts("mean log likelihood per eruption held out, of the network and of a fitted Gaussian");
    printf("%4s %12s %12s %12s %10s\n", "seed", "network", "Gaussian", "difference", "seconds");
  }
  printf("%4d %12.5f %12.5f %+12.5f %10.2f\n", seed, line->network, line->gaussian, gain(line),
         line->seconds);
  fflush(stdout);
}

void report_boxes(const results* found) {
  double mean = 0;
  for (int i = 0; i < found->seeds; ++i) mean += gain(&found->outcomes[i]) / found->seeds;
  printf("mean %25s %+12.5f\n\n", "", mean);
  puts("probability of a box, by the network of seed 0, and the share of all rows in it");
  printf("%-36s %12s %10s %8s\n", "minutes", "probability", "share", "condition");
  for (int i = 0; i < BOXES; ++i) {
    const answer* box = &found->answers[i];
    printf("duration %g to %g, waiting %3g to %-6g %12.5f %10.5f %8.3g\n", box->lower[0],
           box->upper[0], box->lower[1], box->upper[1], box->probability, box->observed,
           box->condition_number);
  }
}

static void write_list(FILE* file, const double* values, int count) {
  for (int i = 0; i < count; ++i) fprintf(file, "%s%.17g", i == 0 ? "[" : ",", values[i]);
  fputc(']', file);
}

static void write_limits(FILE* file, const double* lower, const double* upper) {
  fputs("{\"lower\":", file);
  write_list(file, lower, VARIABLES);
  fputs(",\"upper\":", file);
  write_list(file, upper, VARIABLES);
}

static void write_outcomes(FILE* file, const results* found) {
  for (int i = 0; i < found->seeds; ++i) {
    const outcome* line = &found->outcomes[i];
    fprintf(file,
            "%s{\"seed\":%d,\"log_likelihood\":%.17g,\"gaussian\":%.17g,\"difference\":%.17g,"
            "\"seconds\":%.17g}",
            i == 0 ? ",\n\"seeds\":[" : ",\n", i, line->network, line->gaussian, gain(line),
            line->seconds);
  }
  fputs("]", file);
}

static void write_boxes(FILE* file, const results* found) {
  for (int i = 0; i < BOXES; ++i) {
    const answer* box = &found->answers[i];
    fputs(i == 0 ? ",\n\"boxes\":[" : ",\n", file);
    write_limits(file, box->lower, box->upper);
    fprintf(file, ",\"probability\":%.17g,\"observed\":%.17g,\"condition_number\":%.17g}",
            box->probability, box->observed, box->condition_number);
  }
  fputs("]", file);
}

/* density[i][j] stands at lower + (i, j) * (upper - lower) / (size - 1). */
static void write_density(FILE* file, const results* found) {
  fputs(",\n\"grid\":", file);
  write_limits(file, box_lower, box_upper);
  fprintf(file, ",\"size\":%d}", GRID);
  for (int i = 0; i < GRID; ++i) {
    fputs(i == 0 ? ",\n\"density\":[" : ",\n", file);
    write_list(file, found->density + i * GRID, GRID);
  }
  fputs("]", file);
}

static void write_points(FILE* file, const eruptions* data) {
  for (size_t i = 0; i < data->count; ++i) {
    fputs(i == 0 ? ",\n\"points\":[" : ",\n", file);
    write_list(file, data->shuffled + i * VARIABLES, VARIABLES);
  }
  fputs("]", file);
}

void report_json(FILE* file, const results* found, const eruptions* data) {
  fprintf(file, "{\"rows\":%zu,\"held_out\":%zu", data->count, data->held_out);
  write_outcomes(file, found);
  write_boxes(file, found);
  write_density(file, found);
  write_points(file, data);
  fputs("}\n", file);
}
