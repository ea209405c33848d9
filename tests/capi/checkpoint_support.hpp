// A checkpoint for the tests that damage one.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {

// One in the middle of a run of the model {.widths = {2}}, small enough to try every byte.
inline Bytes small_checkpoint(finn_optimiser optimiser) {
  finn_training_options options = short_training(6, 4);
  options.optimiser = optimiser;
  options.lbfgs_memory = 2;
  options.validation_share = 0.25;
  options.validation_interval = 1;
  const ModelHandle model = make_model({.widths = {2}});
  const TrainerHandle trainer = make_trainer(model.get(), options);
  const std::vector<double> x = random_points<double>(2, 8, 1);
  EXPECT_EQ(fit_data(trainer.get(), make_workspace().get(), x, bump_of(x), stop_after(3)), FINN_OK);
  return save(trainer.get());
}

}  // namespace finn::test
