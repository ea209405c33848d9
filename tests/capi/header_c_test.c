/* finn.h comes first and alone: it must compile by itself as strict C99. */
#include <stddef.h>

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

/* Makes a model, evaluates it once and provokes an error. Returns 0, or the number of what went
 * wrong; a gtest calls it. */
int finn_header_c_check(void) {
  finn_error error = FINN_ERROR_INIT;
  finn_model_options options;
  finn_model* model = NULL;
  finn_workspace* workspace = NULL;
  finn_sampler_callback sampler = no_sample;
  finn_progress_callback progress = no_progress;
  const finn_linear_constraint linear = FINN_LINEAR_CONSTRAINT_INIT;
  const double lower[2] = {0, 0}, upper[2] = {1, 2}, x[2] = {0.5, 0.5};
  double f[1] = {-1};
  int wrong = 0;

  if (error.struct_size != sizeof error || error.status != FINN_OK || error.message[0] != 0) {
    return 1;
  }
  if (linear.struct_size != sizeof linear || linear.value != NULL) return 8;
  if (finn_model_options_init(&options) != FINN_OK) return 2;
  options.variables = 2;
  options.lower = lower;
  options.upper = upper;
  if (finn_model_create(&options, &model, &error) != FINN_OK) return 3;
  if (finn_workspace_create(1, &workspace, &error) != FINN_OK) wrong = 4;
  if (!wrong && finn_integrand_f64(model, workspace, x, 1, f, &error) != FINN_OK) wrong = 5;
  if (!wrong && !(f[0] >= 0)) wrong = 6;
  if (!wrong && finn_trainer_fit_sampler(NULL, model, workspace, sampler, progress, NULL, &error) !=
                    FINN_ERROR_NULL) {
    wrong = 7;
  }
  finn_workspace_destroy(workspace);
  finn_model_destroy(model);
  return wrong;
}
