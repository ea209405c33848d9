#include "core/thread_count.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "core/error.hpp"

#if defined(_OPENMP) && !defined(FINN_STD_THREADS)
#include <omp.h>
#endif
#ifdef __linux__
#include <sched.h>
#endif

namespace finn::core {
namespace {

TEST(ThreadsNamed, areThoseOfFinnThreadsBeforeThoseOfOpenMp) {
  EXPECT_EQ(threads_named("3", nullptr), 3);
  EXPECT_EQ(threads_named("3", "5"), 3);
  EXPECT_EQ(threads_named(" 1024 ", "5"), 1024);
  EXPECT_EQ(threads_named(nullptr, "5"), 5);
  EXPECT_EQ(threads_named("", "5"), 5);
}

TEST(ThreadsNamed, areTheFirstOfTheListOfOpenMp) {
  EXPECT_EQ(threads_named(nullptr, "4,2"), 4);
  EXPECT_EQ(threads_named(nullptr, " 4 , 2, 1"), 4);
  EXPECT_EQ(threads_named(nullptr, "99999999999"), kMaxThreads);
}

TEST(ThreadsNamed, areLeftOpenWhereNeitherSaysANumber) {
  EXPECT_EQ(threads_named(nullptr, nullptr), 0);
  for (const char* list : {"", "0", "many", ",2", "-1", "2x", " "}) {
    EXPECT_EQ(threads_named(nullptr, list), 0) << list;
  }
}

TEST(ThreadsNamed, areWrongWhereFinnThreadsIsNoNumberOfThreads) {
  for (const char* value : {"0", "1025", "-2", "two", "2,1", "1e2", " ", "4 2"}) {
    EXPECT_EQ(threads_named(value, "5"), -1) << value;
  }
}

TEST(ThreadCount, isAtLeastOne) { EXPECT_EQ(thread_count(1), 1); }

#if defined(FINN_STD_THREADS) || defined(_OPENMP)
TEST(ThreadCount, isWhatTheUserAsksFor) {
  EXPECT_EQ(thread_count(5), 5);
  EXPECT_EQ(thread_count(1000), 1000);
}

// The environment is read at load, so that a process of its own finds what is set here: a death
// test of this style begins anew.
class ThreadCountOf : public testing::Test {
 protected:
  void SetUp() override { testing::FLAGS_gtest_death_test_style = "threadsafe"; }
  void TearDown() override {
    ::unsetenv("FINN_THREADS");
    if (!omp_.empty()) ::setenv("OMP_NUM_THREADS", omp_.c_str(), 1);
    if (omp_.empty()) ::unsetenv("OMP_NUM_THREADS");
  }
  static void set(const char* finn, const char* omp) {
    if (finn != nullptr) ::setenv("FINN_THREADS", finn, 1);
    if (omp != nullptr) ::setenv("OMP_NUM_THREADS", omp, 1);
  }

 private:
  std::string omp_ =
      std::getenv("OMP_NUM_THREADS") == nullptr ? "" : std::getenv("OMP_NUM_THREADS");
};

TEST_F(ThreadCountOf, zeroIsThatOfFinnThreads) {
  set("7", "3");
  EXPECT_EXIT(std::exit(thread_count(0)), testing::ExitedWithCode(7), "");
}

TEST_F(ThreadCountOf, zeroIsThatOfOpenMpOtherwise) {
  set(nullptr, "3");
  EXPECT_EXIT(std::exit(thread_count(0)), testing::ExitedWithCode(3), "");
}

TEST_F(ThreadCountOf, zeroFailsWhereFinnThreadsIsWrong) {
  set("some", "3");
  const auto fail = [] {
    try {
      thread_count(0);
    } catch (const Error& error) {
      const bool names_it =
          std::string(error.what()).find("FINN_THREADS \"some\"") != std::string::npos;
      std::exit(error.status() == Status::ERROR_ARGUMENT && names_it && thread_count(2) == 2 ? 9
                                                                                             : 1);
    }
    std::exit(2);
  };
  EXPECT_EXIT(fail(), testing::ExitedWithCode(9), "");
}

#if defined(FINN_STD_THREADS) && defined(__linux__)
// On one processor of those that there are.
int count_on_one_processor() {
  cpu_set_t all, one;
  sched_getaffinity(0, sizeof all, &all);
  int first = 0;
  while (!CPU_ISSET(first, &all)) ++first;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  sched_setaffinity(0, sizeof one, &one);
  return thread_count(0);
}

TEST_F(ThreadCountOf, zeroIsOnePerProcessorOnWhichTheProcessMayRun) {
  ::unsetenv("FINN_THREADS");
  ::unsetenv("OMP_NUM_THREADS");
  EXPECT_EXIT(std::exit(count_on_one_processor()), testing::ExitedWithCode(1), "");
}
#endif

#ifndef FINN_STD_THREADS
TEST(ThreadCount, isThatOfOpenMpWhenTheUserLeavesItOpen) {
  const int before = omp_get_max_threads();
  for (const int number : {1, 3}) {
    omp_set_num_threads(number);
    EXPECT_EQ(thread_count(0), number);
  }
  omp_set_num_threads(100000);
  EXPECT_EQ(thread_count(0), kMaxThreads);
  omp_set_num_threads(before);
}
#endif
#else
TEST(ThreadCount, isOneWithoutThreads) { EXPECT_EQ(thread_count(5), 1); }
#endif

}  // namespace
}  // namespace finn::core
