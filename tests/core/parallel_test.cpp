#include "core/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/limited_memory.hpp"

namespace finn::core {
namespace {

constexpr int kThreadCounts[] = {1, 2, 3, 8};

std::vector<std::atomic<int>> counters(std::int64_t count) {
  return std::vector<std::atomic<int>>(static_cast<std::size_t>(count));
}

TEST(ParallelFor, visitsEveryIndexOnce) {
  for (const int threads : kThreadCounts) {
    for (const std::int64_t count : {0, 1, 2, 7, 1000}) {
      auto visits = counters(count);
      parallel_for(threads, count,
                   [&](int, std::int64_t index) { ++visits.at(static_cast<std::size_t>(index)); });
      EXPECT_TRUE(std::all_of(visits.begin(), visits.end(), [](int n) { return n == 1; }));
    }
  }
}

TEST(ParallelFor, numbersItsThreadsFromZero) {
  for (const int threads : kThreadCounts) {
    std::atomic<int> lowest = 1000, highest = -1000;
    parallel_for(threads, 200, [&](int thread, std::int64_t) {
      if (thread < lowest) lowest = thread;
      if (thread > highest) highest = thread;
    });
    EXPECT_GE(lowest, 0);
    EXPECT_LT(highest, threads);
  }
}

TEST(ParallelFor, neverRunsOneThreadNumberTwiceAtOnce) {
  auto busy = counters(8);
  std::atomic<int> collisions = 0;
  parallel_for(8, 500, [&](int thread, std::int64_t) {
    std::atomic<int>& mine = busy.at(static_cast<std::size_t>(thread));
    if (mine.exchange(1) != 0) ++collisions;
    std::this_thread::yield();
    mine = 0;
  });
  EXPECT_EQ(collisions, 0);
}

// What parallel_for threw: the number of the failing index as text.
template <class Body>
std::string message_of(int threads, std::int64_t count, Body&& body) {
  try {
    parallel_for(threads, count, body);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

[[noreturn]] void throw_index(std::int64_t index) {
  throw std::runtime_error(std::to_string(index));
}

TEST(ParallelFor, rethrowsTheExceptionOfTheSmallestFailingIndex) {
  for (const int threads : kThreadCounts) {
    const std::string message = message_of(threads, 400, [](int, std::int64_t index) {
      if (index >= 50 && index % 3 == 0) throw_index(index);
    });
    EXPECT_EQ(message, "51") << threads << " threads";
  }
}

// Every index fails: the first after first_delay milliseconds, the others after other_delay.
std::string message_of_delayed(int threads, int first_delay, int other_delay) {
  return message_of(threads, 10, [=](int, std::int64_t index) {
    std::this_thread::sleep_for(std::chrono::milliseconds(index == 0 ? first_delay : other_delay));
    throw_index(index);
  });
}

TEST(ParallelFor, rethrowsTheSmallestWhicheverFailsFirst) {
  for (const int threads : kThreadCounts) {
    EXPECT_EQ(message_of_delayed(threads, 20, 0), "0") << threads << " threads";
    EXPECT_EQ(message_of_delayed(threads, 20, 40), "0") << threads << " threads";
  }
}

TEST(ParallelFor, doesAllWorkBeforeTheFailingIndex) {
  for (const int threads : kThreadCounts) {
    auto visits = counters(100);
    const std::string message = message_of(threads, 100, [&](int, std::int64_t index) {
      ++visits.at(static_cast<std::size_t>(index));
      if (index == 60) throw_index(index);
    });
    EXPECT_EQ(message, "60");
    EXPECT_TRUE(std::all_of(visits.begin(), visits.begin() + 61, [](int n) { return n == 1; }));
  }
}

TEST(ParallelFor, beginsNoWorkLongAfterAFailure) {
  for (const int threads : kThreadCounts) {
    std::atomic<int> begun = 0;
    const std::string message = message_of(threads, 1000, [&](int, std::int64_t index) {
      ++begun;
      if (index == 0) throw_index(index);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    });
    EXPECT_EQ(message, "0");
    EXPECT_LT(begun, 1000) << threads << " threads";
  }
}

TEST(ParallelFor, worksAgainAfterAFailure) {
  EXPECT_EQ(message_of(3, 10, [](int, std::int64_t index) { throw_index(index); }), "0");
  std::atomic<int> visits = 0;
  parallel_for(3, 10, [&](int, std::int64_t) { ++visits; });
  EXPECT_EQ(visits, 10);
}

TEST(ThreadCount, isAtLeastOne) {
  EXPECT_GE(thread_count(0), 1);
  EXPECT_EQ(thread_count(1), 1);
}

#ifdef _OPENMP
TEST(ThreadCount, isWhatTheUserAsksFor) {
  EXPECT_EQ(thread_count(5), 5);
  EXPECT_EQ(thread_count(1000), 1000);
}

// As every OpenMP program does: OMP_NUM_THREADS sets the same number before the program begins.
TEST(ThreadCount, isThatOfOpenMpWhenTheUserLeavesItOpen) {
  const int before = omp_get_max_threads();
  for (const int number : {1, 3, omp_get_num_procs()}) {
    omp_set_num_threads(number);
    EXPECT_EQ(thread_count(0), number);
  }
  omp_set_num_threads(100000);
  EXPECT_EQ(thread_count(0), kMaxThreads);
  omp_set_num_threads(before);
}

TEST(StartableThreads, areAllThatAreWantedWhereTheSystemRefusesNone) {
  for (const int wanted : {1, 2, 8}) EXPECT_EQ(startable_threads(wanted), wanted);
  EXPECT_EQ(startable_threads(0), 1);
}

// Ends the process: 0 if fewer threads are found, and a region of those runs, where there is memory
// for the stacks of a few only.
[[noreturn]] void run_with_little_memory() {
  test::limit_memory();
  const int threads = startable_threads(kMaxThreads);
  std::atomic<int> visits = 0;
  parallel_for(threads, 2 * threads, [&](int, std::int64_t) { ++visits; });
  std::exit(threads > 1 && threads < kMaxThreads && visits == 2 * threads ? 0 : 2);
}

TEST(StartableThreads, areFewerWhereTheSystemRefusesSome) {
  if (!test::kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer reserves all addresses";
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(run_with_little_memory(), testing::ExitedWithCode(0), "");
}
#else
TEST(ThreadCount, isOneWithoutOpenMp) { EXPECT_EQ(thread_count(5), 1); }
#endif

}  // namespace
}  // namespace finn::core
