#include "core/sleeper.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace finn::core {
namespace {

TEST(Sleeper, doesNotSleepForWhatHolds) {
  Sleeper sleeper;
  sleeper.wake();
  sleeper.sleep_until([] { return true; });
}

// Two that wake each other in turn: a wake-up that is lost would leave both asleep.
TEST(Sleeper, losesNoWakeUp) {
  constexpr int turns = 20000;
  Sleeper even, odd;
  std::atomic<int> turn = 0;
  const auto play = [&](int mine, Sleeper& own, Sleeper& other) {
    for (int i = mine; i < turns; i += 2) {
      own.sleep_until([&] { return turn == i; });
      turn = i + 1;
      other.wake();
    }
  };
  std::thread second([&] { play(1, odd, even); });
  play(0, even, odd);
  second.join();
  EXPECT_EQ(turn, turns);
}

}  // namespace
}  // namespace finn::core
