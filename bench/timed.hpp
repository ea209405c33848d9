// A loop of Google Benchmark that times itself and the peak of the core in turns.
#pragma once

#include <benchmark/benchmark.h>

#include "bench/peak.hpp"
#include "ops/kernels/dispatch.hpp"

namespace finn::bench {

// Runs work() once per iteration of a benchmark with UseManualTime. Counters: gflops of the useful
// `flops` of one iteration, and of_peak, their share of the peak of `threads` cores with the
// instruction set in use.
template <class T, class Work>
void time_against_peak(benchmark::State& state, double flops, int threads, Work&& work) {
  OfPeak<T> peak(ops::active_instruction_set().name);
  double seconds = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    benchmark::ClobberMemory();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(elapsed.count());
    seconds += elapsed.count();
    peak.add(elapsed.count());
  }
  const double rate = flops * static_cast<double>(state.iterations()) / seconds;
  state.counters["gflops"] = 1e-9 * rate;
  state.counters["of_peak"] = rate / (threads * peak.flops_per_second());
}

}  // namespace finn::bench
