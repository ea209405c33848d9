#include "finn/workspace.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(Workspace, hasATapeForEachThread) {
  Workspace workspace(3);
  EXPECT_EQ(workspace.tapes<double>().size(), static_cast<std::size_t>(workspace.threads()));
  EXPECT_EQ(workspace.tapes<float>().size(), static_cast<std::size_t>(workspace.threads()));
}

TEST(Workspace, keepsTheTapesOfAllThreadsAsLargeAsTheLargest) {
  Workspace workspace(2);
  workspace.tapes<double>().front().begin(1, core::Mode::evaluate);
  workspace.tapes<double>().front().value(100000);
  const std::int64_t largest = workspace.tapes<double>().front().capacity();
  EXPECT_GE(largest, 100000 * std::int64_t{sizeof(double)});
  EXPECT_GE(workspace.tapes<double>().back().capacity(), largest);
}

TEST(Workspace, takesAllProcessorsForZero) {
  EXPECT_GE(Workspace(0).threads(), 1);
  EXPECT_EQ(Workspace(0).threads(), core::thread_count(0));
}

}  // namespace
}  // namespace finn::net
