#include "finn/model/workspace.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(Workspace, hasATapeForEachThread) {
  Workspace workspace(3);
  EXPECT_EQ(workspace.tapes<double>().size(), static_cast<std::size_t>(workspace.threads()));
  EXPECT_EQ(workspace.tapes<float>().size(), static_cast<std::size_t>(workspace.threads()));
}

TEST(Workspace, makesTheTapesOfAllThreadsAsLargeAsTheLargest) {
  Workspace workspace(2);
  auto& tapes = workspace.tapes<double>();
  tapes.front().begin(1, core::Mode::evaluate);
  tapes.front().value(100000);
  workspace.level_tapes<double>();
  EXPECT_GE(tapes.back().capacity(), 100000 * std::int64_t{sizeof(double)});
  EXPECT_EQ(tapes.front().capacity(), tapes.back().capacity());
}

TEST(Workspace, takesAllProcessorsForZero) {
  EXPECT_GE(Workspace(0).threads(), 1);
  EXPECT_EQ(Workspace(0).threads(), core::thread_count(0));
}

}  // namespace
}  // namespace finn::net
