// The processor's mode in which subnormal numbers are 0, and work timed with and without it.
//
// The library never sets that mode. What it would save tells what subnormal numbers cost: on many
// processors an operation with one takes a hundred cycles and more.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <vector>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace finn::bench {

#if defined(__x86_64__)
inline constexpr bool kCanFlush = true;
inline constexpr std::uint64_t kFlushBits = 0x8040;  // flush to zero, denormals are zero
inline std::uint64_t float_mode() { return _mm_getcsr(); }
inline void set_float_mode(std::uint64_t mode) { _mm_setcsr(static_cast<unsigned>(mode)); }
#elif defined(__aarch64__)
inline constexpr bool kCanFlush = true;
inline constexpr std::uint64_t kFlushBits = std::uint64_t{1} << 24;  // FPCR.FZ
inline std::uint64_t float_mode() {
  std::uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
inline void set_float_mode(std::uint64_t mode) { asm volatile("msr fpcr, %0" : : "r"(mode)); }
#else
inline constexpr bool kCanFlush = false;
inline constexpr std::uint64_t kFlushBits = 0;
inline std::uint64_t float_mode() { return 0; }
inline void set_float_mode(std::uint64_t) {}
#endif

// Seconds of processor time of this thread, which other programs do not add to; of a clock where
// the system does not tell.
inline double thread_seconds() {
#if defined(CLOCK_THREAD_CPUTIME_ID)
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
#else
  const std::chrono::duration<double> now = std::chrono::steady_clock::now().time_since_epoch();
  return now.count();
#endif
}

// Of the fastest tenth, the slowest: others were interrupted.
inline double typical(std::vector<double> times) {
  const auto tenth = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 10);
  std::nth_element(times.begin(), tenth, times.end());
  return *tenth;
}

// Times calls of one thread in turns, one as the processor stands and one that flushes, as the
// clock of a machine drifts. begin() and end() are called before and after each.
class FlushTurns {
 public:
  FlushTurns() = default;
  FlushTurns(const FlushTurns&) = delete;
  FlushTurns& operator=(const FlushTurns&) = delete;
  ~FlushTurns() { set_float_mode(before_); }

  void begin() {
    set_float_mode(flushes_ ? before_ | kFlushBits : before_);
    start_ = thread_seconds();
  }
  void end() {
    const double taken = thread_seconds() - start_;
    set_float_mode(before_);
    (flushes_ ? flushed_ : plain_).push_back(taken);
    flushes_ = !flushes_;
  }
  // Whether each plain call has its flushed one.
  bool is_even() const { return !flushes_; }
  double last_plain() const { return plain_.back(); }

  // Seconds of one call.
  double plain() const { return typical(plain_); }
  double flushed() const { return typical(flushed_); }

 private:
  std::uint64_t before_ = float_mode();
  bool flushes_ = false;
  double start_ = 0;
  std::vector<double> plain_, flushed_;  // seconds
};

}  // namespace finn::bench
