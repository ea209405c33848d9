#include "core/random.hpp"

#include <bit>

namespace finn::core {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = splitmix64(seed);
}

std::uint64_t Random::bits() {
  auto& s = state_;
  const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
  const std::uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = std::rotl(s[3], 45);
  return result;
}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

double Random::uniform(double a, double b) { return a + (b - a) * uniform(); }

std::uint64_t Random::below(std::uint64_t n) {
  const std::uint64_t rejected = -n % n;  // 2^64 mod n
  for (;;) {
    const std::uint64_t draw = bits();
    if (draw >= rejected) return draw % n;
  }
}

// von Neumann: the length of the first falling run p > u_1 > u_2 > ... is even with probability
// exp(-p).
bool Random::decide_exp_minus(double p) {
  bool even = true;
  for (double u = uniform(); u < p; u = uniform()) {
    p = u;
    even = !even;
  }
  return even;
}

double Random::normal() {
  for (;;) {
    int k = 0;
    while (decide_exp_minus(0.5)) ++k;
    bool accepted = true;
    for (int i = 0; i < k * (k - 1) && accepted; ++i) accepted = decide_exp_minus(0.5);
    if (!accepted) continue;
    const double x = uniform();
    // exp(-x (2k + x) / 2) as k + 1 decisions, each with an argument of at most 1.
    const double p = x * (2 * k + x) / (2 * k + 2);
    for (int i = 0; i <= k && accepted; ++i) accepted = decide_exp_minus(p);
    if (!accepted) continue;
    return (bits() >> 63) != 0 ? -(k + x) : k + x;
  }
}

std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t state = splitmix64(seed) ^ stream;
  return splitmix64(state);
}

}  // namespace finn::core
