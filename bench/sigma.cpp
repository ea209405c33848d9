// Times the sigma family on every instruction set, and in turn with it what it would be made of
// elsewhere: SLEEF's vector exp and erfc, without the recurrence, and the scalar exp and erfc of
// the C library with it. The counters are cycles of the time stamp counter per element, and the
// ratios; the three take turns of some microseconds, so that a ratio holds when the machine's speed
// drifts.
//
// 1024 numbers spread evenly over [-4, 4]; each candidate is checked before it is timed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "ops/kernels/dispatch.hpp"
#ifdef FINN_BENCH_SLEEF
#include "bench/sleef.hpp"
#endif
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace {

using namespace finn;

constexpr std::ptrdiff_t kLength = 1024;
constexpr int kRows = 9;

// Cycles of the time stamp counter; nanoseconds where there is none.
std::uint64_t ticks() {
#if defined(__x86_64__)
  return __rdtsc();
#else
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

template <class T>
using Candidate = std::function<void(const T* x, T* out)>;  // [kLength] to [kRows][kLength]

template <class T>
std::vector<T> arguments() {
  core::Random random(1);
  std::vector<T> x(kLength);
  for (T& value : x) value = static_cast<T>(random.uniform(-4, 4));
  return x;
}

// The textbook with the C library: sigma_order .. sigma_0, which is wrong far to the left.
template <class T>
Candidate<T> scalar_family(int order) {
  return [=](const T* x, T* out) {
    for (std::ptrdiff_t i = 0; i < kLength; ++i) {
      T before = std::exp(-x[i] * x[i]) * T(0.564189583547756287);
      T here = std::erfc(-x[i]) / 2;
      out[order * kLength + i] = before;
      out[(order - 1) * kLength + i] = here;
      for (int m = 2; m <= order; ++m) {
        const T next = (x[i] * here + before / 2) / T(m - 1);
        before = here;
        here = next;
        out[(order - m) * kLength + i] = here;
      }
    }
  };
}

template <class T>
Candidate<T> family(const ops::InstructionSet& set, int order) {
  return [=, &table = set.kernels<T>()](const T* x, T* out) {
    table.sigma_family(order, order + 1, x, kLength, out, kLength, std::numeric_limits<T>::min());
  };
}

// The largest difference from the textbook in long double, relative to 1.
template <class T>
bool is_right(const Candidate<T>& candidate, int order) {
  const std::vector<T> x = arguments<T>();
  const std::vector<long double> exact(x.begin(), x.end());
  std::vector<T> out(kRows * kLength);
  std::vector<long double> expected(kRows * kLength);
  candidate(x.data(), out.data());
  scalar_family<long double>(order)(exact.data(), expected.data());
  long double worst = 0;
  for (std::ptrdiff_t i = 0; i < (order + 1) * kLength; ++i) {
    const auto at = static_cast<std::size_t>(i);
    worst = std::max(worst, std::fabs(out[at] - expected[at]) / (1 + std::fabs(expected[at])));
  }
  return worst < (sizeof(T) == 4 ? 1e-6L : 1e-14L);
}

// SLEEF's exp and erfc on the registers of a set; empty where there are none.
template <class T>
Candidate<T> sleef_functions([[maybe_unused]] const std::string& set) {
#ifdef FINN_BENCH_SLEEF
  using Sleef = void (*)(const T*, std::ptrdiff_t, T*, T*);
  static const std::map<std::string, Sleef> functions{
      {"sse2", bench::sleef_sse2}, {"avx2", bench::sleef_avx2}, {"avx512", bench::sleef_avx512}};
  if (const auto found = functions.find(set); found != functions.end()) {
    return [function = found->second](const T* x, T* out) {
      function(x, kLength, out, out + kLength);
    };
  }
#endif
  return {};
}

template <class T>
void measure(benchmark::State& state, const ops::InstructionSet& set, int order) {
  const std::vector<T> x = arguments<T>();
  std::vector<T> out(kRows * kLength);
  const Candidate<T> candidates[] = {family<T>(set, order), sleef_functions<T>(set.name),
                                     scalar_family<T>(order)};
  double cycles[3] = {};
  for (auto _ : state) {
    for (int c = 0; c < 3; ++c) {
      if (!candidates[c]) continue;
      const auto begin = std::chrono::steady_clock::now();
      const std::uint64_t start = ticks();
      candidates[c](x.data(), out.data());
      cycles[c] += static_cast<double>(ticks() - start);
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
      if (c == 0) state.SetIterationTime(seconds.count());
    }
    benchmark::ClobberMemory();
  }
  const double elements = kLength * static_cast<double>(state.iterations());
  state.counters["cycles"] = cycles[0] / elements;
  if (candidates[1]) {
    state.counters["sleef_cycles"] = cycles[1] / elements;
    state.counters["of_sleef"] = cycles[0] / cycles[1];
  }
  state.counters["libm_cycles"] = cycles[2] / elements;
  state.counters["times_libm"] = cycles[2] / cycles[0];
}

template <class T>
bool add_all(const std::string& type) {
  bool right = true;
  for (const ops::InstructionSet& set : ops::instruction_sets()) {
    if (!set.is_available()) continue;
    for (const int order : {1, 2, 3, 4, 8}) {
      right = right && is_right(family<T>(set, order), order);
      const std::string name = "sigma/n:" + std::to_string(order) + "/" + type + "/" + set.name;
      benchmark::RegisterBenchmark(name.c_str(), measure<T>, set, order)->UseManualTime();
    }
  }
  return right;
}

}  // namespace

int main(int argc, char** argv) {
  if (!add_all<float>("f32") || !add_all<double>("f64")) {
    std::fprintf(stderr, "bench_sigma: a family differs from the textbook\n");
    return 1;
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
