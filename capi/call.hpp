// The wall between C++ and C: every function of finn.h runs its body through call(), which turns
// any exception into a status and a message.
#pragma once

#include <pthread.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>

#include "capi/finn.h"
#include "core/error.hpp"

namespace finn::capi {

using core::Status;

inline finn_status report(finn_error* error, Status status, const char* message) noexcept {
  const auto code = static_cast<finn_status>(status);
  if (error != nullptr && error->struct_size >= sizeof(finn_error)) {
    error->status = code;
    std::strncpy(error->message, message, FINN_ERROR_MESSAGE_SIZE - 1);
    error->message[FINN_ERROR_MESSAGE_SIZE - 1] = '\0';
  }
  return code;
}

// While it lives the thread is not cancelled (pthread_cancel): files are written and read at points
// where that would unwind the stack, and a run would be left in the middle of a step.
class NoCancellation {
 public:
  NoCancellation() noexcept { ::pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
  ~NoCancellation() { ::pthread_setcancelstate(before_, nullptr); }
  NoCancellation(const NoCancellation&) = delete;
  NoCancellation& operator=(const NoCancellation&) = delete;

 private:
  int before_ = PTHREAD_CANCEL_ENABLE;
};

// Where fits and the functions of files begin, before they have done anything: there a thread that
// is to be cancelled is, outside of call().
inline void cancellation_point() { ::pthread_testcancel(); }

// Runs body and reports how it ended.
template <class Body>
finn_status call(finn_error* error, Body&& body) noexcept {
  const NoCancellation whole;
  try {
    body();
    return FINN_OK;
  } catch (const core::Error& failure) {
    return report(error, failure.status(), failure.what());
  } catch (const std::bad_alloc&) {
    return report(error, Status::ERROR_MEMORY, "memory: an allocation was refused");
  } catch (const std::length_error&) {
    return report(error, Status::ERROR_MEMORY, "memory: a size is larger than can be allocated");
  } catch (const std::exception& failure) {
    return report(error, Status::ERROR_INTERNAL, failure.what());
  } catch (...) {
    return report(error, Status::ERROR_INTERNAL, "an unknown exception");
  }
}

}  // namespace finn::capi
