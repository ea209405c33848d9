// The peak of one core: multiply-adds per second that nothing but the arithmetic units bounds.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace finn::bench {

// Runs multiply-adds on the registers of an instruction set (a name of ops::instruction_sets())
// from a loop in assembly, which no compiler can shorten, and returns the floating-point operations
// done: for sets without a fused multiply-add, multiplications and additions that do not wait for
// each other. 0 for a set that has no loop here. Takes about 6 ns (12 steps) per turn.
template <class T>
double run_at_peak(const std::string& set, std::int64_t turns);

// What share of the peak a timed piece of work reaches. The two are timed in turns, as the clock of
// a machine drifts.
template <class T>
class OfPeak {
 public:
  explicit OfPeak(std::string set) : set_(std::move(set)) {}

  // Notes a piece of work that has just taken `seconds`, and times the peak a thirtieth as long, in
  // bursts of some microseconds.
  void add(double seconds) {
    work_seconds_ += seconds;
    constexpr int most_bursts = 200;
    for (int i = 0; i < most_bursts && work_seconds_ >= 30 * spent_seconds_; ++i) time_burst();
  }

  // Of the median burst: now and then one is interrupted.
  double flops_per_second() {
    const auto middle = bursts_.begin() + static_cast<std::ptrdiff_t>(bursts_.size() / 2);
    std::nth_element(bursts_.begin(), middle, bursts_.end());
    return flops_ / *middle;
  }

 private:
  void time_burst() {
    const auto begin = std::chrono::steady_clock::now();
    flops_ = run_at_peak<T>(set_, 2000);
    const std::chrono::duration<double> burst = std::chrono::steady_clock::now() - begin;
    bursts_.push_back(burst.count());
    spent_seconds_ += burst.count();
  }

  std::string set_;
  double work_seconds_ = 0, spent_seconds_ = 0, flops_ = 0;
  std::vector<double> bursts_;
};

}  // namespace finn::bench
