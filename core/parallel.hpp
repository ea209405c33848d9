// Threads. OpenMP is optional: without it everything runs on the caller's thread, to the same bits.
#pragma once

#include <cstdint>
#include <exception>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace finn::core {

// The number of threads to use when the user asks for `requested`, 0 meaning one per processor.
inline int thread_count(int requested) {
#ifdef _OPENMP
  return requested > 0 ? requested : omp_get_num_procs();
#else
  static_cast<void>(requested);
  return 1;
#endif
}

#ifdef _OPENMP
// parallel_for on several threads. No exception may leave an OpenMP loop, so they wait outside.
template <class Body>
void shared_for(int threads, std::int64_t count, Body& body) {
  std::exception_ptr failure;
  std::int64_t failed = count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::int64_t index = 0; index < count; ++index) {
    std::int64_t limit = 0;
#pragma omp atomic read
    limit = failed;
    if (index > limit) continue;
    try {
      body(omp_get_thread_num(), index);
    } catch (...) {
#pragma omp critical(finn_parallel_failure)
      if (index < failed) {
        failure = std::current_exception();
#pragma omp atomic write
        failed = index;
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
}
#endif

// Calls body(thread, index) for every index in [0, count), thread in [0, threads). Which thread
// takes which index is not defined, so body must not let results depend on it. An exception ends
// the work that has not begun; the one of the smallest index that threw is rethrown here.
template <class Body>
void parallel_for([[maybe_unused]] int threads, std::int64_t count, Body&& body) {
#ifdef _OPENMP
  if (threads > 1 && count > 1) {
    shared_for(threads, count, body);
    return;
  }
#endif
  for (std::int64_t index = 0; index < count; ++index) body(0, index);
}

}  // namespace finn::core
