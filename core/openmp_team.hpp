// The threads of OpenMP.
//
// An OpenMP runtime ends the process when the system refuses it a thread, and none of its functions
// asks beforehand. So threads of our own are tried before a region first needs as many. Another
// process may still take the last threads between the trial and the region; a refused trial
// therefore leaves half of what it got untouched.
#pragma once

#include <omp.h>

#include <cstdint>

namespace finn::core {

// It holds no threads: the runtime has them, for each thread that calls.
class OpenMpTeam {
 public:
  // How many threads, the caller's among them, a region can have. Where that was less than `wanted`
  // so far, that many are tried at once; half of what was started if the system refuses one. They
  // end before the function returns.
  int grow(int wanted);

  // Calls body(thread, index) for every index in [0, count), thread in [0, threads). All of these
  // threads are started, also where count is smaller: a runtime ends threads that a region leaves
  // out, and a team that keeps its size from loop to loop need not be started anew. body must not
  // throw.
  template <class Body>
  void run(int threads, std::int64_t count, Body&& body) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (std::int64_t index = 0; index < count; ++index) body(omp_get_thread_num(), index);
  }

 private:
  int size_ = 1;
};

}  // namespace finn::core
