/* finn.h comes first and alone: it must compile by itself as strict C99. */
#include "finn.h"

int finn_header_c_check(void);

static int32_t no_sample(int64_t step, int64_t batch, double* x, double* y, void* user_data) {
  (void)step, (void)batch, (void)x, (void)y, (void)user_data;
  return 0;
}

static int32_t no_progress(const finn_progress* progress, void* user_data) {
  (void)user_data;
  return progress->struct_size < sizeof(finn_progress);
}

/* Every enumeration has 32 bits, and is a type of its own in C too. */
static int check_sizes(void) {
  return sizeof(finn_status) == 4 && sizeof(finn_options_kind) == 4 && sizeof(finn_tail) == 4 &&
         sizeof(finn_network_form) == 4 && sizeof(finn_positivity) == 4 &&
         sizeof(finn_method) == 4 && sizeof(finn_bound) == 4 && sizeof(finn_limits) == 4 &&
         sizeof(finn_loss) == 4 && sizeof(finn_outcome) == 4;
}

/* Makes a model of a network and a domain, or says that it could not. */
static finn_model* make_model(finn_error* error) {
  const double lower[2] = {0, 0}, upper[2] = {1, 2};
  finn_mixture_options options;
  finn_network* network = NULL;
  finn_domain* domain = NULL;
  finn_model* model = NULL;
  if (finn_mixture_options_init(&options, sizeof options) != FINN_OK) return NULL;
  options.components = 8;
  finn_network_mixture(2, 1, &options, &network, error);
  finn_domain_open_box(2, lower, upper, &domain, error);
  finn_model_create(network, domain, NULL, NULL, FINN_FLOAT64, 0, &model, error);
  finn_domain_destroy(domain);
  finn_network_destroy(network);
  return model;
}

/* Evaluates a model once and provokes an error. Returns 0, or the number of what went wrong; a
 * gtest calls it. */
int finn_header_c_check(void) {
  finn_error error = FINN_ERROR_INIT;
  finn_model* model = NULL;
  finn_workspace* workspace = NULL;
  finn_sampler_callback sampler = no_sample;
  finn_progress_callback progress = no_progress;
  const double x[2] = {0.5, 0.5};
  double f[1] = {-1};
  int wrong = 0;

  if (error.struct_size != sizeof error || error.status != FINN_OK || error.message[0] != 0) {
    return 1;
  }
  if (!check_sizes()) return 2;
  model = make_model(&error);
  if (model == NULL) return 3;
  if (finn_workspace_create(1, &workspace, &error) != FINN_OK) wrong = 4;
  if (!wrong && finn_integrand_f64(model, workspace, x, 1, f, 1, &error) != FINN_OK) wrong = 5;
  if (!wrong && !(f[0] >= 0)) wrong = 6;
  if (!wrong && finn_trainer_fit_sampler(NULL, workspace, sampler, NULL, progress, NULL, &error) !=
                    FINN_ERROR_NULL) {
    wrong = 7;
  }
  finn_workspace_destroy(workspace);
  finn_model_destroy(model);
  return wrong;
}
