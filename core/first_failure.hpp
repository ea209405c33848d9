// The exception of the smallest index of a loop that threw, whichever thread was first.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>

namespace finn::core {

class FirstFailure {
 public:
  explicit FirstFailure(std::int64_t count) : index_(count) {}

  // Calls work(), unless an index before this one has failed.
  template <class Work>
  void guard(std::int64_t index, Work&& work) {
    if (index > index_.load(std::memory_order_relaxed)) return;
    try {
      work();
    } catch (...) {
      note(index, std::current_exception());
    }
  }

  // On the thread that began the loop, after it.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void note(std::int64_t index, std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (index >= index_.load(std::memory_order_relaxed)) return;
    failure_ = std::move(failure);
    index_.store(index, std::memory_order_relaxed);
  }

  std::mutex mutex_;
  std::atomic<std::int64_t> index_;
  std::exception_ptr failure_;
};

}  // namespace finn::core
