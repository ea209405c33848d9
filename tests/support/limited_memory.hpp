// A process that has addresses for the stacks of a few threads only, for the tests of what happens
// where the system refuses a thread. For processes that end with the test: the limit stays.
#pragma once

#include <sys/resource.h>

#include <cstddef>
#include <fstream>

namespace finn::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kMemoryCanBeLimited = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kMemoryCanBeLimited = false;
#else
inline constexpr bool kMemoryCanBeLimited = true;
#endif
#else
inline constexpr bool kMemoryCanBeLimited = true;
#endif

// 200 MiB beyond what the process has now: some twenty stacks of 8 MiB.
inline void limit_memory() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  rlimit limit{};
  getrlimit(RLIMIT_AS, &limit);
  limit.rlim_cur = pages * 4096 + (std::size_t{200} << 20);
  setrlimit(RLIMIT_AS, &limit);
}

}  // namespace finn::test
