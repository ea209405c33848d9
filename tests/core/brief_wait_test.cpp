#include "core/brief_wait.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace finn::core {
namespace {

TEST(HoldsSoon, isTrueAtOnceForWhatHolds) {
  int calls = 0;
  EXPECT_TRUE(holds_soon(std::chrono::microseconds(50), [&] { return ++calls == 1; }));
  EXPECT_EQ(calls, 1);
}

TEST(HoldsSoon, isTrueForWhatComesWhileItWaits) {
  int calls = 0;
  EXPECT_TRUE(holds_soon(std::chrono::seconds(10), [&] { return ++calls == 5; }));
}

TEST(HoldsSoon, endsForWhatDoesNotCome) {
  EXPECT_FALSE(holds_soon(std::chrono::microseconds(50), [] { return false; }));
}

}  // namespace
}  // namespace finn::core
