// Loops over several threads: a pool of the library's own, OpenMP's, or none, as FINN_THREADS says
// when the library is configured. Results are the same bits with each.
#pragma once

#include <cstdint>

#include "core/first_failure.hpp"

#if defined(FINN_STD_THREADS)
#include "core/thread_pool.hpp"
#elif defined(_OPENMP)
#include "core/openmp_team.hpp"
#endif

namespace finn::core {

#if defined(FINN_STD_THREADS)
using Team = ThreadPool;
#elif defined(_OPENMP)
using Team = OpenMpTeam;
#else
// The caller's thread alone.
class Team {
 public:
  int grow(int) { return 1; }
  template <class Body>
  void run(int, std::int64_t count, Body&& body) {
    for (std::int64_t index = 0; index < count; ++index) body(0, index);
  }
};
#endif

// Calls body(thread, index) for every index in [0, count), thread in [0, threads) and different
// among those that run at once; the team has grown to `threads`. Which thread takes which index is
// not defined, so body must not let results depend on it. An exception ends the work that has not
// begun; the one of the smallest index that threw is rethrown here.
template <class Body>
void parallel_for(Team& team, int threads, std::int64_t count, Body&& body) {
  if (threads < 2 || count < 2) {
    for (std::int64_t index = 0; index < count; ++index) body(0, index);
    return;
  }
  FirstFailure failure(count);
  team.run(threads, count, [&](int thread, std::int64_t index) {
    failure.guard(index, [&] { body(thread, index); });
  });
  failure.rethrow();
}

}  // namespace finn::core
