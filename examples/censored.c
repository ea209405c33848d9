/*
 * Survival from times of which some are only known to be later than the end of a study: the fitted
 * survival function beside the true one, and beside what comes out when the censored times are left
 * out or taken as they are.
 *
 *     censored
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "finn.h"

enum { ROWS = 3000, ASKED = 7 };

static finn_error error = FINN_ERROR_INIT;

static void check(finn_status status) {
  if (status == FINN_OK) return;
  fprintf(stderr, "%s: %s\n", finn_status_name(status), error.message);
  exit(EXIT_FAILURE);
}

/* In (0, 1): xorshift64*. */
static double uniform(uint64_t* state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return ((double)((*state * UINT64_C(2685821657736338717)) >> 11) + 0.5) / 9007199254740992.0;
}

/* The true times: a Weibull distribution of shape 1.5. */
static double true_survival(double t) { return exp(-pow(t, 1.5)); }
static double draw_time(uint64_t* state) { return pow(-log(uniform(state)), 1 / 1.5); }

/* The survival at t [ASKED] after a fit to rows from..to, which may be infinite. */
static void fit(const double* from, const double* to, int64_t rows, const double* t,
                double* survival) {
  finn_network* network;
  finn_domain* domain;
  finn_model* model;
  finn_workspace* workspace;
  finn_trainer* trainer;
  finn_distribution* times;
  finn_training_options training;
  check(finn_network_mixture(1, 1, NULL, &network, &error));
  check(finn_domain_half_line(0, FINN_UPWARD, 1, FINN_TAIL_EXPONENTIAL, &domain, &error));
  check(finn_model_create(network, domain, NULL, NULL, FINN_FLOAT64, 0, &model, &error));
  check(finn_workspace_create(0, &workspace, &error));
  finn_training_options_init(&training, sizeof training);
  training.loss = FINN_LOSS_INTERVAL_LIKELIHOOD;
  training.steps = 1500;
  check(finn_trainer_create(model, &training, &trainer, &error));
  check(finn_trainer_fit_data(trainer, workspace, from, to, NULL, rows, NULL, NULL, &error));
  check(finn_distribution_create(model, 0, &times, &error));
  check(finn_distribution_survival(times, workspace, t, ASKED, survival, ASKED, &error));
  finn_distribution_destroy(times);
  finn_trainer_destroy(trainer);
  finn_workspace_destroy(workspace);
  finn_model_destroy(model);
  finn_domain_destroy(domain);
  finn_network_destroy(network);
}

int main(void) {
  static double from[ROWS], to[ROWS], seen[ROWS], survival[3][ASKED];
  const double t[ASKED] = {0.25, 0.5, 0.75, 1, 1.5, 2, 2.5};
  uint64_t state = 1;
  int seen_rows = 0;
  for (int i = 0; i < ROWS; ++i) {
    const double time = draw_time(&state), end = -1.3 * log(uniform(&state));
    from[i] = time < end ? time : end;
    to[i] = time < end ? time : HUGE_VAL; /* later than the end of the study */
    if (time < end) seen[seen_rows++] = time;
  }
  fit(from, to, ROWS, t, survival[0]);
  fit(seen, seen, seen_rows, t, survival[1]);
  fit(from, from, ROWS, t, survival[2]);
  printf("%d of %d times are censored\n", ROWS - seen_rows, ROWS);
  printf("   t   true   as intervals   left out   taken as they are\n");
  for (int i = 0; i < ASKED; ++i) {
    printf("%.2f  %.3f  %13.3f  %9.3f  %18.3f\n", t[i], true_survival(t[i]), survival[0][i],
           survival[1][i], survival[2][i]);
  }
  return 0;
}
