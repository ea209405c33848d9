#include "core/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace finn::core {
namespace {

constexpr int kThreadCounts[] = {1, 2, 3, 8};

// On a team of its own; on fewer threads where there are no more.
template <class Body>
void run(int threads, std::int64_t count, Body&& body) {
  Team team;
  parallel_for(team, std::min(threads, team.grow(threads)), count, body);
}

std::vector<std::atomic<int>> counters(std::int64_t count) {
  return std::vector<std::atomic<int>>(static_cast<std::size_t>(count));
}

TEST(ParallelFor, visitsEveryIndexOnce) {
  for (const int threads : kThreadCounts) {
    for (const std::int64_t count : {0, 1, 2, 7, 1000}) {
      auto visits = counters(count);
      run(threads, count,
          [&](int, std::int64_t index) { ++visits.at(static_cast<std::size_t>(index)); });
      EXPECT_TRUE(std::all_of(visits.begin(), visits.end(), [](int n) { return n == 1; }));
    }
  }
}

TEST(ParallelFor, numbersItsThreadsFromZero) {
  for (const int threads : kThreadCounts) {
    std::atomic<int> lowest = 1000, highest = -1000;
    run(threads, 200, [&](int thread, std::int64_t) {
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
  run(8, 500, [&](int thread, std::int64_t) {
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
    run(threads, count, body);
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
  run(3, 10, [&](int, std::int64_t) { ++visits; });
  EXPECT_EQ(visits, 10);
}

// Of teams that are asked again and again, each tries its threads once.
TEST(Team, growsToWhatIsWantedWhereThereAreThreads) {
  Team team;
#if defined(FINN_STD_THREADS) || defined(_OPENMP)
  for (const int wanted : {1, 2, 8}) EXPECT_EQ(team.grow(wanted), wanted);
  EXPECT_EQ(team.grow(2), 8);
#else
  EXPECT_EQ(team.grow(8), 1);
#endif
}

}  // namespace
}  // namespace finn::core
