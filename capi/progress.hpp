// The progress callback of finn.h behind the signature of net::Callbacks.
#pragma once

#include "capi/finn.h"
#include "finn/training/callbacks.hpp"

namespace finn::capi {

// Whether the callback of the caller says that the fit goes on.
inline bool goes_on(const net::Progress& progress, finn_progress_callback callback, void* data) {
  const finn_progress c_progress{sizeof(finn_progress),   progress.step,          progress.steps,
                                 progress.loss,           progress.learning_rate, progress.seconds,
                                 progress.validation_loss};
  return callback(&c_progress, data) == 0;
}

// Of a fit that has no other callbacks. It has to outlive what callbacks() returns.
struct ProgressCallback {
  finn_progress_callback function;  // may be NULL
  void* data;

  static bool report(const net::Progress& progress, void* context) {
    const auto* self = static_cast<const ProgressCallback*>(context);
    return goes_on(progress, self->function, self->data);
  }
  net::Callbacks callbacks() {
    net::Callbacks made;
    if (function != nullptr) made.progress = &ProgressCallback::report;
    made.context = this;
    return made;
  }
};

}  // namespace finn::capi
