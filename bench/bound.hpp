// A time below which a piece of work cannot be done, from what it has to compute: measured in turns
// with the work, as the clock of a machine drifts.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "bench/flush.hpp"
#include "bench/peak.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::bench {

// What a piece of work consists of at the least; all else is counted as free.
struct LeastWork {
  double flops = 0;         // of matrix products
  double gaussians = 0;     // values of sigma_0
  double differences = 0;   // values of sigma_1(upper) - sigma_1(lower)
  bool has_slopes = false;  // of the Gaussians, and the transposes of the differences
};

// The best that the kernels of the library do of it on arrays in the first-level cache.
template <class T>
class Bound {
 public:
  explicit Bound(const LeastWork& work) : work_(work) {
    for (std::size_t i = 0; i < kLength; ++i) {
      slopes_[i] = T(1);
      x_[i] = static_cast<T>(6 * static_cast<double>(i) / kLength - 3);
    }
  }

  // Notes that the work has just taken `seconds`, and times the kernels a fifteenth as long.
  void add(double seconds) {
    work_seconds_ += seconds;
    for (int i = 0; i < 200 && (i < 3 || work_seconds_ >= 15 * spent_); ++i) time_kernels();
  }

  double seconds() {
    return work_.gaussians * typical(gaussians_) + work_.differences * typical(differences_) +
           work_.flops * typical(flops_);
  }

 private:
  static constexpr std::size_t kLength = 512;
  using Row = std::array<T, kLength>;

  // Seconds of function().
  template <class Function>
  double timed(Function&& function) {
    const double begin = thread_seconds();
    function();
    const double taken = thread_seconds() - begin;
    spent_ += taken;
    return taken;
  }

  // Seconds of one element.
  template <class Kernel>
  double of_element(Kernel&& kernel) {
    constexpr int repeats = 32;
    const double taken = timed([&] {
      for (int i = 0; i < repeats; ++i) {
        kernel();
        asm volatile("" : : : "memory");
      }
    });
    return taken / (repeats * kLength);
  }

  // Seconds of one floating-point operation at the peak.
  double of_operation() {
    double operations = 0;
    const double taken =
        timed([&] { operations = run_at_peak<T>(ops::active_instruction_set().name, 4000); });
    return taken / operations;
  }

  void time_kernels() {
    const ops::KernelTable<T>& table = ops::kernels<T>();
    T* slope = work_.has_slopes ? second_.data() : nullptr;
    gaussians_.push_back(of_element([&] {
      table.gaussian(x_.data(), kLength, first_.data(), slope, ops::Underflow<T>::factor);
    }));
    differences_.push_back(work_.differences > 0 ? of_element([&] { run_differences(table); }) : 0);
    flops_.push_back(work_.flops > 0 ? of_operation() : 0);
  }

  void run_differences(const ops::KernelTable<T>& table) {
    const ops::Interval<T> interval{T(-1), T(1), T(2)};
    table.sigma_difference(interval, slopes_.data(), x_.data(), kLength, first_.data());
    if (!work_.has_slopes) return;
    table.sigma_difference_transpose(interval, slopes_.data(), x_.data(), first_.data(), kLength,
                                     second_.data(), third_.data());
  }

  LeastWork work_;
  alignas(64) Row x_{}, slopes_{}, first_{}, second_{}, third_{};
  double work_seconds_ = 0, spent_ = 0;
  std::vector<double> gaussians_, differences_, flops_;
};

}  // namespace finn::bench
