// How many threads a user gets who leaves the number open.
#pragma once

namespace finn::core {

// The most threads that a user may ask for.
inline constexpr int kMaxThreads = 1024;

// The number of threads to use when the user asks for `requested`. 0 means FINN_THREADS of the
// environment; without it what OpenMP would take, which is OMP_NUM_THREADS (or
// omp_set_num_threads where OpenMP is used); and without that one per processor on which this
// process may run. The environment is that at load. Fails with ERROR_ARGUMENT where FINN_THREADS
// is needed and is no number of threads. Always 1 where the library was configured without threads.
int thread_count(int requested);

// What two values of these variables, each of which may be null, say: a number of threads, 0 where
// neither says one, -1 where FINN_THREADS is something else. Of OMP_NUM_THREADS, a list with a
// number for each level of nesting, the first counts; what is no list is ignored, as by OpenMP.
int threads_named(const char* finn_threads, const char* omp_num_threads);

}  // namespace finn::core
