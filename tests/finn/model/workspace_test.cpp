#include "finn/model/workspace.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/tape.hpp"
#include "core/thread_count.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {
namespace {

TEST(Workspace, hasATapeForEachThreadOfItsLargestTeam) {
  Workspace workspace(3);
  EXPECT_EQ(workspace.tapes<double>().size(), 1u);
  const auto largest = static_cast<std::size_t>(workspace.team_size(1000));
  workspace.team_size(2);
  EXPECT_EQ(workspace.tapes<double>().size(), largest);
  EXPECT_EQ(workspace.tapes<float>().size(), largest);
}

TEST(Workspace, usesNoMoreThreadsThanThereAreTiles) {
  Workspace workspace(1024);
  EXPECT_EQ(workspace.team_size(0), 1);
  EXPECT_EQ(workspace.team_size(1), 1);
  EXPECT_EQ(workspace.team_size(2), std::min(2, workspace.threads()));
  EXPECT_EQ(workspace.tapes<double>().size(), static_cast<std::size_t>(workspace.team_size(2)));
}

TEST(Workspace, makesTheTapesOfAllThreadsAsLargeAsTheLargest) {
  Workspace workspace(2);
  workspace.team_size(2);
  auto& tapes = workspace.tapes<double>();
  tapes.front().begin(1, core::Mode::evaluate);
  tapes.front().value(100000);
  workspace.level_tapes<double>();
  EXPECT_GE(tapes.back().capacity(), 100000 * std::int64_t{sizeof(double)});
  EXPECT_EQ(tapes.front().capacity(), tapes.back().capacity());
}

TEST(Workspace, hasCornersForEachThreadAndKeepsThemWhereTheyAre) {
  Workspace workspace(3);
  CornerScratch& first = workspace.corners();
  const int size = workspace.team_size(1000);
  EXPECT_EQ(&workspace.corners(), &first);
  for (int thread = 1; thread < size; ++thread) {
    EXPECT_NE(&workspace.corners(thread), &workspace.corners(thread - 1));
  }
}

TEST(Workspace, takesTheThreadsThatAUserGetsForZero) {
  EXPECT_GE(Workspace(0).threads(), 1);
  EXPECT_EQ(Workspace(0).threads(), core::thread_count(0));
}

}  // namespace
}  // namespace finn::net
