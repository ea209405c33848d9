#include "core/thread_pool.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

#include "core/brief_wait.hpp"

namespace finn::core {
namespace {

// Between the loops of a call, and at the end of one, where the other threads finish their last.
constexpr std::chrono::microseconds kIdlePatience{50};
constexpr std::chrono::microseconds kCallerPatience{200};

// Threads that are started meanwhile take no signals: those of a process are for threads that know
// of them. What a thread causes itself, and the clock of profilers, still reach it.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t blocked;
    sigfillset(&blocked);
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGPROF}) {
      sigdelset(&blocked, own);
    }
    pthread_sigmask(SIG_BLOCK, &blocked, &before_);
  }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

class ThreadPool::Worker {
 public:
  explicit Worker(int number) : number_(number) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (!thread_.joinable()) return;
    is_ending_ = true;
    wake();
    thread_.join();
  }

  // False if the system refuses the thread.
  bool start(ThreadPool& pool) {
    const BlockedSignals blocked;
    try {
      thread_ = std::thread([this, &pool] { pool.serve(*this); });
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }

  int number() const { return number_; }
  bool is_ending() const { return is_ending_; }
  void wake() { sleeper_.wake(); }
  template <class Condition>
  void wait_until(Condition&& holds) {
    if (!holds_soon(kIdlePatience, holds)) sleeper_.sleep_until(holds);
  }

  // In the child of a fork, which does not have the thread: nothing is called on it.
  void forget_thread() { std::construct_at(&thread_); }

 private:
  int number_;
  std::thread thread_;
  Sleeper sleeper_;
  std::atomic<bool> is_ending_ = false;
};

ThreadPool::ThreadPool() = default;

ThreadPool::~ThreadPool() { forget_threads_of_parent(); }

int ThreadPool::grow(int wanted) {
  forget_threads_of_parent();
  process_ = ::getpid();
  while (static_cast<int>(workers_.size()) + 1 < wanted) {
    const std::size_t number = workers_.size() + 1;
    auto worker = std::make_unique<Worker>(static_cast<int>(number));
    if (!worker->start(*this)) {
      workers_.resize(std::max<std::size_t>(1, number / 2) - 1);
      break;
    }
    workers_.push_back(std::move(worker));
  }
  return static_cast<int>(workers_.size()) + 1;
}

void ThreadPool::run_job(const Job& job, int threads) {
  forget_threads_of_parent();
  const bool is_shared = threads > 1 && job.count > 1 && job.count < WorkLeft::kMost;
  if (is_shared && !workers_.empty() && !is_busy_.exchange(true)) {
    share(job, threads);
    is_busy_ = false;
    return;
  }
  for (std::int64_t index = 0; index < job.count; ++index) job.body(job.context, 0, index);
}

void ThreadPool::share(const Job& job, int threads) {
  job_ = job;
  left_.publish(job.count, threads);
  const auto helpers = static_cast<std::size_t>(std::min<std::int64_t>(threads, job.count)) - 1;
  for (std::size_t i = 0; i < std::min(helpers, workers_.size()); ++i) workers_[i]->wake();
  work(0, left_.take());
  const auto is_over = [&] { return !left_.is_held(); };
  if (!holds_soon(kCallerPatience, is_over)) caller_.sleep_until(is_over);
}

void ThreadPool::work(int thread, std::int64_t left) {
  for (; left > 0; left = left_.take()) job_.body(job_.context, thread, job_.count - left);
}

void ThreadPool::serve(Worker& worker) {
  const int number = worker.number();
  while (!worker.is_ending()) {
    worker.wait_until([&] { return left_.has_work(number) || worker.is_ending(); });
    const std::int64_t left = left_.enter(number);
    if (left == 0) continue;
    work(number, left);
    if (left_.leave()) caller_.wake();
  }
}

void ThreadPool::forget_threads_of_parent() {
  if (workers_.empty() || process_ == ::getpid()) return;
  for (const auto& worker : workers_) worker->forget_thread();
  workers_.clear();
  left_.clear();
  is_busy_ = false;
}

}  // namespace finn::core
