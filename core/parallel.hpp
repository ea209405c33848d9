// Threads. OpenMP is optional: without it everything runs on the caller's thread, to the same bits.
//
// An OpenMP runtime ends the process when the system refuses it a thread, and none of its functions
// asks beforehand. So a team is tried with threads of our own before a region first needs it, by
// startable_threads. Another process may still take the last threads between the trial and the
// region; a refused trial therefore leaves half of what it got untouched.
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace finn::core {

// The most threads that a user may ask for.
inline constexpr int kMaxThreads = 1024;

// The number of threads to use when the user asks for `requested`. 0 means what OpenMP would take:
// OMP_NUM_THREADS or omp_set_num_threads, and one per processor where neither says otherwise.
inline int thread_count(int requested) {
#ifdef _OPENMP
  return requested > 0 ? requested : std::clamp(omp_get_max_threads(), 1, kMaxThreads);
#else
  static_cast<void>(requested);
  return 1;
#endif
}

// How many threads, the caller's among them, a region of `wanted` can have: `wanted` if the system
// starts that many at once, and half of what it started if it refuses one. They end before the
// function returns.
int startable_threads(int wanted);

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

// Calls body(thread, index) for every index in [0, count), thread in [0, threads). All of these
// threads are started, also where count is smaller: a runtime ends threads that a region leaves
// out, and a team that keeps its size from loop to loop need not be started anew. Which thread
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
