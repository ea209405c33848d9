// Threads that take part in the loops of one caller. The caller takes what nobody took and waits
// for threads that hold work, never for one that holds none, so that a thread which the system does
// not run delays nobody. docs/THREADS.md.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include "core/sleeper.hpp"
#include "core/work_left.hpp"

namespace finn::core {

// One thread at a time uses a pool; a body may use it again, which then runs on the thread of the
// body. In the child of a fork a pool has no threads, and starts some when it is asked to.
class ThreadPool {
 public:
  ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool();

  // Sees that there are `wanted` threads, the caller's among them, and returns how many there are:
  // if the system refuses one, half of what there would have been, for those who need some of what
  // was short. Not from inside a body.
  int grow(int wanted);

  // Calls body(thread, index) for every index in [0, count), thread in [0, threads) and different
  // among those that run at once; as many threads as the pool has, at most. body must not throw.
  template <class Body>
  void run(int threads, std::int64_t count, Body&& body) {
    using Plain = std::remove_reference_t<Body>;
    run_job({[](void* context, int thread, std::int64_t index) {
               (*static_cast<Plain*>(context))(thread, index);
             },
             const_cast<void*>(static_cast<const void*>(&body)), count},
            threads);
  }

 private:
  struct Job {
    void (*body)(void* context, int thread, std::int64_t index);
    void* context;
    std::int64_t count;
  };
  class Worker;

  void run_job(const Job& job, int threads);
  void share(const Job& job, int threads);
  // Takes indices until none is left; `left` as WorkLeft gives it.
  void work(int thread, std::int64_t left);
  // What a thread of the pool does until it ends.
  void serve(Worker& worker);
  void forget_threads_of_parent();

  WorkLeft left_;
  Job job_{};  // read by threads that hold an index of it
  std::atomic<bool> is_busy_ = false;
  Sleeper caller_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::int64_t process_ = 0;  // that started the workers
};

}  // namespace finn::core
