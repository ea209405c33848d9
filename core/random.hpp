// Random numbers that are the same bits on every platform: integer arithmetic, and floating-point
// operations that IEEE 754 rounds correctly; no call of a mathematical library.
#pragma once

#include <array>
#include <cstdint>

namespace finn::core {

// xoshiro256++ (Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47,
// 2021), seeded by splitmix64. A copy continues the same sequence.
class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t bits();
  double uniform();                      // multiple of 2^-53 in [0, 1)
  double uniform(double a, double b);    // in [a, b]
  std::uint64_t below(std::uint64_t n);  // in [0, n), n > 0, without bias
  // Standard normal deviate, exact up to the 53 bits of its fraction: algorithm N of C. F. F.
  // Karney, "Sampling exactly from the normal distribution", ACM TOMS 42 (2016), with uniforms of
  // 53 bits in place of lazily extended ones.
  double normal();

  // Where the sequence stands: four words, never all 0.
  const std::array<std::uint64_t, 4>& state() const noexcept { return state_; }
  void set_state(const std::array<std::uint64_t, 4>& state) noexcept { state_ = state; }

 private:
  bool decide_exp_minus(double p);  // true with probability exp(-p), 0 <= p <= 1

  std::array<std::uint64_t, 4> state_;
};

// The seed of one of 2^64 sequences that belong to a seed, each of which looks as if it had nothing
// to do with the others.
std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t stream);

}  // namespace finn::core
