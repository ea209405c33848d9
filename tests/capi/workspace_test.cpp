// The threads of a workspace: how many a call starts, and what happens where the system refuses
// one.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/support/limited_memory.hpp"

namespace finn::test {
namespace {

// The threads of this process.
std::ptrdiff_t threads_now() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

TEST(Workspace, startsNoMoreThreadsThanThereAreTiles) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace(1024);
  const std::vector<double> x = random_points<double>(2, 40, 1);
  // On a thread of its own, which has no team from the calls before.
  std::thread([&] {
    const std::ptrdiff_t before = threads_now();
    integrand(model.get(), workspace.get(), x);
    EXPECT_LE(threads_now() - before, 1);
    integrand_vjp(model.get(), workspace.get(), x, std::vector<double>(40, 1.0));
    EXPECT_LE(threads_now() - before, 1);
  }).join();
}

// Ends the process: 0 if all calls succeed, and give what one thread gives.
[[noreturn]] void call_with_little_memory() {
  const ModelHandle model = make_model({});
  const std::vector<double> x = random_points<double>(2, 32 * 200, 1);
  const std::vector<double> ones(32 * 200, 1.0);
  const auto expected = integrand_vjp(model.get(), make_workspace(1).get(), x, ones);
  limit_memory();
  const WorkspaceHandle workspace = make_workspace(1024);
  bool same = true;
  for (int repeat = 0; repeat < 3; ++repeat) {
    const auto found = integrand_vjp(model.get(), workspace.get(), x, ones);
    same = same && same_bits(found.parameters, expected.parameters) &&
           same_bits(integrand(model.get(), workspace.get(), x), expected.f);
  }
  std::exit(same ? 0 : 2);
}

TEST(Workspace, goesOnWithFewerThreadsWhereTheSystemRefusesSome) {
  if (!kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer reserves all addresses";
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(call_with_little_memory(), testing::ExitedWithCode(0), "");
}

TEST(Workspace, ofABadNumberOfThreadsIsRefused) {
  for (const std::int32_t threads : {-1, 1025, INT32_MAX}) {
    expect_not_made<finn_workspace>(
        std::to_string(threads), FINN_ERROR_ARGUMENT, "threads",
        [&](auto** workspace, auto* e) { return finn_workspace_create(threads, workspace, e); });
  }
  expect_refused({"workspace", FINN_ERROR_NULL, "workspace",
                  [](auto* e) { return finn_workspace_create(1, nullptr, e); }});
}

}  // namespace
}  // namespace finn::test
