// Validation rows, which are not trained on: their loss at the running mean of the parameters tells
// when to stop, and which mean to keep.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "finn/data/rows.hpp"
#include "finn/training/parameter_average.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {

// How many rows of a data set are held out for validation, as the options say. Where they leave it
// open: a tenth for a density under conditions, whose dependence on these no prior keeps from being
// learned by heart; of few rows none, of many no more than tell the loss well, and never so many
// that a batch of the size asked for is left without rows. Fails with ERROR_ARGUMENT where none are
// left to train on.
std::int64_t rows_to_hold_out(const TrainingOptions& options, bool has_conditions,
                              std::int64_t rows);

template <class T>
struct Validation {
  RowBlock rows;
  core::Tensor<T> best_parameters;  // [parameter_count] where there are rows, else empty
  ParameterAverage<T> average;      // likewise
  double best_loss = std::numeric_limits<double>::infinity();
  std::int64_t best_step = 0;                              // 0: none yet
  std::int64_t since_best = 0;                             // checks
  double loss = std::numeric_limits<double>::quiet_NaN();  // of the last check

  // Takes the rows, and the memory that record() needs for the best parameters on them.
  void hold(RowBlock block, std::int64_t parameter_count) {
    best_parameters = core::Tensor<T>(core::Shape{parameter_count});
    average.begin(parameter_count);
    rows = std::move(block);
  }

  bool is_empty() const { return rows.count == 0; }

  // Takes note of a check after `step` steps; true when patience is at its end. A loss that
  // is not a number is no best.
  bool record(const ValidationOptions& options, double new_loss, std::int64_t step,
              const T* parameters) {
    loss = new_loss;
    if (new_loss < best_loss - options.min_delta) {
      best_loss = new_loss;
      best_step = step;
      since_best = 0;
      std::copy_n(parameters, best_parameters.size(), best_parameters.data());
      return false;
    }
    ++since_best;
    return options.patience > 0 && since_best >= options.patience;
  }
};

}  // namespace finn::net
