/* The results of the example faithful, as tables and as JSON for plot_faithful.py. */
#ifndef FINN_EXAMPLES_REPORT_H
#define FINN_EXAMPLES_REPORT_H

#include <stdio.h>

#include "eruptions.h"

enum {
  MOST_SEEDS = 100,
  BOXES = 2,
  GRID = 100 /* nodes per axis of the density, edges of the domain included */
};

/* Mean log likelihoods per eruption held out, and the seconds of training. */
typedef struct outcome {
  double network, gaussian, seconds;
} outcome;

/* The probability of a box by the network, and the share of all rows in it. */
typedef struct answer {
  double lower[VARIABLES], upper[VARIABLES];
  double probability, observed, condition_number;
} answer;

/* The answers and the density [GRID][GRID], waiting fastest, are by the network of seed 0. */
typedef struct results {
  int seeds;
  outcome outcomes[MOST_SEEDS];
  answer answers[BOXES];
  double density[GRID * GRID];
} results;

/* One line of the first table, with its heading before that of seed 0. */
void report_seed(int seed, const outcome* line);
/* The last line of the first table, and the second table. */
void report_boxes(const results* found);
/* data must be shuffled with seed 0. */
void report_json(FILE* file, const results* found, const eruptions* data);

#endif /* FINN_EXAMPLES_REPORT_H */
