#include "core/parallel.hpp"

#ifdef FINN_STD_THREADS
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>
#include <thread>
#include <vector>

#include "core/thread_pool.hpp"
#include "tests/support/limited_memory.hpp"

namespace finn::core {
namespace {

using std::chrono::milliseconds;

// How many of `count` indices a loop visits.
std::int64_t visits_of(ThreadPool& pool, int threads, std::int64_t count) {
  std::atomic<std::int64_t> visits = 0;
  pool.run(threads, count, [&](int, std::int64_t) { ++visits; });
  return visits;
}

std::ptrdiff_t threads_of_process() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

TEST(ThreadPool, startsNoThreadBeforeItGrows) {
  const std::ptrdiff_t before = threads_of_process();
  ThreadPool pool;
  EXPECT_EQ(visits_of(pool, 4, 100), 100);
  EXPECT_EQ(threads_of_process(), before);
  EXPECT_EQ(pool.grow(1), 1);
  EXPECT_EQ(threads_of_process(), before);
}

TEST(ThreadPool, hasAllThreadsThatAreWantedWhereTheSystemRefusesNone) {
  ThreadPool pool;
  for (const int wanted : {2, 8}) EXPECT_EQ(pool.grow(wanted), wanted);
  EXPECT_EQ(pool.grow(3), 8);
}

TEST(ThreadPool, visitsAllOfThousandsOfLoops) {
  ThreadPool pool;
  pool.grow(4);
  for (int loop = 0; loop < 20000; ++loop) {
    const std::int64_t count = 1 + loop % 7;
    ASSERT_EQ(visits_of(pool, 2 + loop % 3, count), count) << loop;
  }
}

// Sums of plain numbers, which a thread that came late would spoil.
TEST(ThreadPool, isDoneWithALoopWhenItReturns) {
  ThreadPool pool;
  pool.grow(3);
  std::vector<int> values(5);
  for (int loop = 0; loop < 5000; ++loop) {
    pool.run(3, 5, [&](int, std::int64_t i) { values[static_cast<std::size_t>(i)] += loop; });
    if (loop % 50 == 0) std::this_thread::sleep_for(milliseconds(1));  // the threads fall asleep
    for (int& value : values) {
      ASSERT_EQ(value, loop);
      value = 0;
    }
  }
}

TEST(ThreadPool, letsSeveralThreadsWorkAtOnce) {
  ThreadPool pool;
  pool.grow(2);
  std::atomic<int> begun = 0;
  pool.run(2, 2, [&](int, std::int64_t) {
    ++begun;
    while (begun < 2) std::this_thread::yield();
  });
  EXPECT_EQ(begun, 2);
}

TEST(ThreadPool, usesNoMoreThreadsThanALoopAsksFor) {
  ThreadPool pool;
  pool.grow(8);
  for (int loop = 0; loop < 300; ++loop) {
    pool.run(3, 40, [&](int thread, std::int64_t) { ASSERT_LT(thread, 3); });
  }
}

// A thread that holds no work is not waited for: here the other one holds the first index while
// the caller does all the others.
TEST(ThreadPool, callerTakesWhatNobodyTook) {
  ThreadPool pool;
  pool.grow(2);
  std::atomic<std::int64_t> of_caller = 0;
  std::atomic<bool> is_held = false;
  pool.run(2, 1000, [&](int thread, std::int64_t) {
    if (thread == 1) {
      is_held = true;
      while (of_caller < 990) std::this_thread::yield();
    } else {
      ++of_caller;
      while (!is_held) std::this_thread::yield();
    }
  });
  EXPECT_GE(of_caller, 990);
}

TEST(ThreadPool, runsALoopInsideALoopOnTheThreadThatIsThere) {
  ThreadPool pool;
  pool.grow(3);
  std::atomic<int> visits = 0, elsewhere = 0;
  pool.run(3, 20, [&](int, std::int64_t) {
    const auto here = std::this_thread::get_id();
    pool.run(3, 10, [&](int thread, std::int64_t) {
      ++visits;
      if (thread != 0 || std::this_thread::get_id() != here) ++elsewhere;
    });
  });
  EXPECT_EQ(visits, 200);
  EXPECT_EQ(elsewhere, 0);
}

TEST(ThreadPool, ofAnotherPoolsThreadsWorks) {
  ThreadPool outer;
  outer.grow(3);
  std::atomic<std::int64_t> visits = 0;
  outer.run(3, 6, [&](int, std::int64_t) {
    ThreadPool inner;
    inner.grow(3);
    visits += visits_of(inner, 3, 50);
  });
  EXPECT_EQ(visits, 300);
}

TEST(ThreadPool, takesNoSignals) {
  sigset_t before, after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  ThreadPool pool;
  pool.grow(2);
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  for (const int signal : {SIGINT, SIGTERM, SIGCHLD, SIGUSR1}) {
    EXPECT_EQ(sigismember(&before, signal), sigismember(&after, signal));
  }
  std::atomic<int> begun = 0;
  pool.run(2, 2, [&](int thread, std::int64_t) {
    ++begun;
    while (begun < 2) std::this_thread::yield();
    if (thread == 0) return;
    sigset_t mine;
    pthread_sigmask(SIG_SETMASK, nullptr, &mine);
    EXPECT_EQ(sigismember(&mine, SIGINT), 1);
    EXPECT_EQ(sigismember(&mine, SIGSEGV), 0);
  });
}

// The exit status of a child that does something; -1 if it does not end by itself.
template <class InChild>
int status_of_child(InChild&& in_child) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);  // a child that hangs is ended
    std::_Exit(in_child());
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#if defined(__SANITIZE_THREAD__)
constexpr bool kForksAreFollowed = false;
#else
constexpr bool kForksAreFollowed = true;
#endif

TEST(ThreadPool, worksInTheChildOfAFork) {
  if (!kForksAreFollowed) GTEST_SKIP() << "the thread sanitizer knows no threads after a fork";
  auto pool = std::make_unique<ThreadPool>();
  pool->grow(3);
  EXPECT_EQ(visits_of(*pool, 3, 100), 100);
  for (const milliseconds delay : {milliseconds(0), milliseconds(2)}) {  // awake, and asleep
    visits_of(*pool, 3, 100);
    std::this_thread::sleep_for(delay);
    EXPECT_EQ(status_of_child([&] {
                if (visits_of(*pool, 3, 100) != 100) return 1;
                if (pool->grow(3) != 3) return 2;
                for (int loop = 0; loop < 1000; ++loop) {
                  if (visits_of(*pool, 3, 10) != 10) return 3;
                }
                pool.reset();
                return 0;
              }),
              0);
  }
  EXPECT_EQ(visits_of(*pool, 3, 100), 100);
}

TEST(ThreadPool, canBeDestroyedInTheChildOfAFork) {
  auto pool = std::make_unique<ThreadPool>();
  pool->grow(4);
  EXPECT_EQ(status_of_child([&] {
              pool.reset();
              return 0;
            }),
            0);
}

// A child of a process one of whose threads is in a loop of another pool.
TEST(ThreadPool, worksInTheChildOfAForkDuringALoop) {
  if (!kForksAreFollowed) GTEST_SKIP() << "the thread sanitizer knows no threads after a fork";
  std::atomic<bool> is_over = false;
  std::thread busy([&] {
    ThreadPool pool;
    pool.grow(2);
    while (!is_over) visits_of(pool, 2, 20);
  });
  ThreadPool own;
  own.grow(2);
  for (int repeat = 0; repeat < 20; ++repeat) {
    EXPECT_EQ(status_of_child([&] {
                own.grow(2);
                return visits_of(own, 2, 100) == 100 ? 0 : 1;
              }),
              0);
  }
  is_over = true;
  busy.join();
}

// Ends the process: 0 if fewer threads are found, and loops of those run, where there is memory for
// the stacks of a few only.
[[noreturn]] void run_with_little_memory() {
  test::limit_memory();
  ThreadPool pool;
  const int threads = pool.grow(1000);
  const bool is_whole = visits_of(pool, threads, 2 * threads) == 2 * threads;
  const bool has_memory = std::make_unique<char[]>(std::size_t{20} << 20) != nullptr;
  std::_Exit(threads > 1 && threads < 1000 && is_whole && has_memory ? 0 : 2);
}

TEST(ThreadPool, hasFewerThreadsWhereTheSystemRefusesSome) {
  if (!test::kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer reserves all addresses";
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(run_with_little_memory(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace finn::core
#endif
