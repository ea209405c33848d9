// Functions of the caller that a fit calls, each with its user data. They run on the thread that
// called fit.
#pragma once

#include <cstdint>

namespace finn::net {

struct Progress {
  std::int64_t step;
  std::int64_t steps;
  double loss;
  double learning_rate;
  double seconds;
  double validation_loss;  // of the last evaluation; NaN before the first
};

// What a custom loss is given: x [size][columns], y [size][outputs] or null, f [size][outputs],
// and f_adjoint [size][outputs] to be filled, null where only the value is wanted.
struct LossCall {
  std::int64_t step;
  std::int64_t size;
  const double* x;
  const double* y;
  const double* f;
  double* f_adjoint;
};

struct Callbacks {
  // Not null: false stops the fit. May be null.
  bool (*progress)(const Progress& progress, void* context) = nullptr;
  // Fills y [batch][outputs] (null without targets) for x [batch][columns], which it may change;
  // false ends the fit with ERROR_CALLBACK.
  bool (*sample)(std::int64_t step, std::int64_t batch, double* x, double* y,
                 void* context) = nullptr;
  void* context = nullptr;
  // The custom loss: writes *value; false ends the fit with ERROR_CALLBACK.
  bool (*loss)(const LossCall& call, double* value, void* context) = nullptr;
};

}  // namespace finn::net
