#include "core/work_left.hpp"

#include <gtest/gtest.h>

namespace finn::core {
namespace {

TEST(WorkLeft, isTakenOneByOne) {
  WorkLeft work;
  EXPECT_EQ(work.take(), 0);
  work.publish(3, 2);
  EXPECT_EQ(work.take(), 3);
  EXPECT_EQ(work.take(), 2);
  EXPECT_EQ(work.take(), 1);
  EXPECT_EQ(work.take(), 0);
  EXPECT_FALSE(work.is_held());
}

TEST(WorkLeft, isHeldUntilTheLastThreadLeaves) {
  WorkLeft work;
  work.publish(3, 4);
  EXPECT_EQ(work.enter(1), 3);
  EXPECT_EQ(work.enter(3), 2);
  EXPECT_FALSE(work.leave());  // one index is left
  EXPECT_EQ(work.take(), 1);
  EXPECT_TRUE(work.is_held());
  EXPECT_TRUE(work.leave());
  EXPECT_FALSE(work.is_held());
}

TEST(WorkLeft, letsNobodyInWhoIsLateOrNotAllowed) {
  WorkLeft work;
  work.publish(2, 3);
  EXPECT_FALSE(work.has_work(3));
  EXPECT_EQ(work.enter(3), 0);
  EXPECT_TRUE(work.has_work(2));
  work.take();
  work.take();
  EXPECT_FALSE(work.has_work(2));
  EXPECT_EQ(work.enter(2), 0);
  EXPECT_FALSE(work.is_held());
}

TEST(WorkLeft, countsAsManyAsATensorHas) {
  WorkLeft work;
  work.publish(WorkLeft::kMost - 1, 1024);
  EXPECT_EQ(work.enter(1023), WorkLeft::kMost - 1);
  EXPECT_EQ(work.take(), WorkLeft::kMost - 2);
}

}  // namespace
}  // namespace finn::core
