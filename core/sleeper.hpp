// One thread that sleeps until something holds, and those that wake it. No lock is taken, so that
// none can be left locked by a fork; and who wakes a thread that is awake reads one number.
#pragma once

#include <atomic>
#include <cstdint>

namespace finn::core {

class Sleeper {
 public:
  // Returns once holds() does. What holds() reads is sequentially consistent, changes before a
  // wake(), and is looked at again after the thread has said that it sleeps: so either the one who
  // changes it sees the sleeper, or the sleeper sees the change.
  template <class Condition>
  void sleep_until(Condition&& holds) {
    for (;;) {
      state_.store(kAsleep);
      if (holds()) break;
      state_.wait(kAsleep);
    }
    state_.store(kAwake);
  }

  // From any thread. At worst it wakes a later sleep, which looks and goes on.
  void wake() {
    if (state_.load() != kAsleep) return;
    if (state_.exchange(kAwake) == kAsleep) state_.notify_one();
  }

 private:
  static constexpr std::uint32_t kAwake = 0, kAsleep = 1;
  std::atomic<std::uint32_t> state_ = kAwake;
};

}  // namespace finn::core
