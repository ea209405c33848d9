#ifdef _OPENMP
#include "core/openmp_team.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "tests/support/limited_memory.hpp"

namespace finn::core {
namespace {

// Ends the process: 0 if fewer threads are found, and a region of those runs, where there is memory
// for the stacks of a few only.
[[noreturn]] void run_openmp_with_little_memory() {
  test::limit_memory();
  OpenMpTeam team;
  const int threads = team.grow(1000);
  std::atomic<int> visits = 0;
  team.run(threads, 2 * threads, [&](int, std::int64_t) { ++visits; });
  std::exit(threads > 1 && threads < 1000 && visits == 2 * threads ? 0 : 2);
}

TEST(OpenMpTeam, hasFewerThreadsWhereTheSystemRefusesSome) {
  if (!test::kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer reserves all addresses";
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(run_openmp_with_little_memory(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace finn::core
#endif
