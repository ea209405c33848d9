#include "core/thread_count.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "core/error.hpp"

#if defined(_OPENMP) && !defined(FINN_STD_THREADS)
#include <omp.h>
#endif
#ifdef __linux__
#include <sched.h>
#endif

namespace finn::core {
namespace {

constexpr std::string_view kSpaces = " \t";

// The number that text is, with spaces around it; at most kMaxThreads + 1, and 0 for anything else.
int positive_number(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return 0;
  text = text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
  int number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return 0;
    number = std::min(10 * number + (digit - '0'), kMaxThreads + 1);
  }
  return number;
}

struct Environment {
  char finn_threads[32] = "";  // its beginning
  int threads;

  Environment()
      : threads(threads_named(std::getenv("FINN_THREADS"), std::getenv("OMP_NUM_THREADS"))) {
    const char* own = std::getenv("FINN_THREADS");
    if (own != nullptr) std::snprintf(finn_threads, sizeof finn_threads, "%s", own);
  }
};

// Read at load, below, as other threads may change the environment later; in a function for those
// who are loaded, and call, even earlier.
const Environment& environment() {
  static const Environment read;
  return read;
}

[[maybe_unused]] const Environment& at_load = environment();

// On which this process may run; nobody asks where there are no threads.
[[maybe_unused]] int processors() {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

int threads_named(const char* finn_threads, const char* omp_num_threads) {
  const std::string_view own = finn_threads == nullptr ? "" : finn_threads;
  if (!own.empty()) {
    const int number = positive_number(own);
    return number >= 1 && number <= kMaxThreads ? number : -1;
  }
  const std::string_view list = omp_num_threads == nullptr ? "" : omp_num_threads;
  return std::min(positive_number(list.substr(0, list.find(','))), kMaxThreads);
}

int thread_count([[maybe_unused]] int requested) {
#if !defined(FINN_STD_THREADS) && !defined(_OPENMP)
  return 1;
#else
  if (requested > 0) return requested;
  if (environment().threads < 0) {
    fail(Status::ERROR_ARGUMENT,
         "threads: the environment has FINN_THREADS \"%s\", expected a number from 1 to %d",
         environment().finn_threads, kMaxThreads);
  }
#if defined(_OPENMP) && !defined(FINN_STD_THREADS)
  if (environment().finn_threads[0] == '\0')
    return std::clamp(omp_get_max_threads(), 1, kMaxThreads);
#endif
  const int named = environment().threads;
  return named > 0 ? named : std::clamp(processors(), 1, kMaxThreads);
#endif
}

}  // namespace finn::core
