// Times the operations on values of each lane, forward and transpose, by the instruction set in
// use: ns_per_element of the larger of weights and result, of_peak, the share of the peak of the
// core in multiply-adds, and of_copy, the share of what it takes to copy as many bytes as the
// operation reads and writes.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "bench/peak.hpp"
#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tape.hpp"
#include "ops/broadcast.hpp"
#include "ops/groups.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "ops/lane_affine.hpp"
#include "ops/line.hpp"
#include "ops/modulate.hpp"
#include "ops/multiply.hpp"
#include "ops/normalise.hpp"
#include "ops/weigh.hpp"

namespace {

using namespace finn;
using core::Jet;

constexpr int kWidth = 32;  // of a layer whose weights every lane has for itself
constexpr int kRows = 256;  // of terms times steps of a product
constexpr int kGroup = 4;   // steps of a term

// A tape that holds the operands of one operation, with random values and adjoints.
template <class T>
class Bench {
 public:
  explicit Bench(int samples) { tape_.begin(samples, core::Mode::record); }

  core::Tape<T>& tape() { return tape_; }
  Jet<T> jet(int variables, int features) {
    const Jet<T> jet = tape_.jet(variables, features);
    for (std::ptrdiff_t i = 0; i < jet.extent(); ++i) {
      jet.value[i] = static_cast<T>(random_.uniform(0.25, 1));
      jet.adjoint[i] = static_cast<T>(random_.uniform(-1e-3, 1e-3));
    }
    return jet;
  }
  const T* numbers(int count) {
    T* values = tape_.scratch(count);
    for (int i = 0; i < count; ++i) values[i] = static_cast<T>(random_.uniform(0.25, 1));
    return values;
  }
  T* adjoints(int count) {
    T* values = tape_.scratch(count);
    std::fill_n(values, count, T(0));
    return values;
  }

 private:
  core::Tape<T> tape_;
  core::Random random_{1};
};

// What one call does: elements, floating-point operations, numbers read and numbers written.
struct Work {
  double elements, flops, read, written;
};

// Of the fastest tenth, the slowest: others were interrupted.
double typical(std::vector<double>& times) {
  const auto tenth = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 10);
  std::nth_element(times.begin(), tenth, times.end());
  return *tenth;
}

// Seconds to copy half as many numbers as are read and written.
template <class T>
double copy_seconds(double numbers) {
  const auto half = static_cast<std::size_t>(numbers / 2);
  const std::vector<T> from(half, T(1));
  std::vector<T> to(half);
  std::vector<double> times;
  for (int i = 0; i < 500; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    ops::kernels<T>().scale(T(1), from.data(), T(0), static_cast<std::ptrdiff_t>(half), to.data());
    benchmark::ClobberMemory();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    times.push_back(elapsed.count());
  }
  return typical(times);
}

template <class T, class Run>
void measure(benchmark::State& state, const Work& work, Run&& run) {
  const int repeats = 1 + static_cast<int>(2e5 / work.flops);  // of calls that take 100 ns, some
  const double copy = copy_seconds<T>(work.read + work.written);
  bench::OfPeak<T> peak(ops::active_instruction_set().name);
  std::vector<double> times;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < repeats; ++i) {
      run();
      benchmark::ClobberMemory();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(elapsed.count());
    times.push_back(elapsed.count());
    peak.add(elapsed.count());
  }
  const double call = typical(times) / repeats;
  state.counters["ns_per_element"] = 1e9 * call / work.elements;
  state.counters["of_copy"] = copy / call;
  state.counters["of_peak"] = work.flops / call / peak.flops_per_second();
}

// An operation with evaluate() and transpose(), as <name>/forward/<type> and
// <name>/transpose/<type>.
template <class T, class Make>
void add(const std::string& name, int samples, Make make, const Work& forward,
         const Work& transpose) {
  const std::string type = sizeof(T) == 4 ? "/f32" : "/f64";
  benchmark::RegisterBenchmark((name + "/forward" + type).c_str(), [=](benchmark::State& state) {
    Bench<T> bench(samples);
    const auto operation = make(bench);
    measure<T>(state, forward, [&] { operation.evaluate(); });
  })->UseManualTime();
  benchmark::RegisterBenchmark((name + "/transpose" + type).c_str(), [=](benchmark::State& state) {
    Bench<T> bench(samples);
    const auto operation = make(bench);
    operation.evaluate();
    measure<T>(state, transpose, [&] { operation.transpose(); });
  })->UseManualTime();
}

template <class T>
void add_lane_affine(int variables, int samples) {
  const double planes = 1 << variables, lanes = std::max(samples, core::kNarrowLanes);
  const double weights = kWidth * kWidth * lanes, jet = planes * kWidth * lanes;
  add<T>("lane_affine/n:" + std::to_string(variables) + "/samples:" + std::to_string(samples),
         samples,
         [=](Bench<T>& bench) {
           return ops::LaneAffine<T>{bench.jet(variables, kWidth), bench.jet(0, kWidth * kWidth),
                                     bench.jet(variables, kWidth)};
         },
         {weights, 2 * planes * weights, weights + jet, jet},
         {weights, 4 * planes * weights, 2 * weights + 3 * jet, weights + jet});
}

template <class T>
void add_modulate(int variables) {
  const double lanes = core::kTileLanes<T>, row = kWidth * lanes, jet = row * (1 << variables);
  add<T>("modulate/n:" + std::to_string(variables), core::kTileLanes<T>,
         [=](Bench<T>& bench) {
           return ops::Modulate<T>{bench.jet(variables, kWidth), bench.jet(0, kWidth),
                                   bench.jet(0, kWidth), bench.jet(variables, kWidth)};
         },
         {jet, 2 * jet, jet + 2 * row, jet}, {jet, 4 * jet, 3 * jet + 3 * row, jet + 2 * row});
}

template <class T>
void add_rows() {
  constexpr int samples = core::kTileLanes<T>;
  const double size = kRows * samples, row = samples;
  add<T>("line", samples,
         [](Bench<T>& bench) {
           return ops::Line<T>{bench.jet(0, 1), bench.jet(0, kRows), bench.jet(0, kRows),
                               bench.jet(0, kRows)};
         },
         {size, 2 * size, 2 * size + row, size}, {size, 4 * size, 4 * size + 2 * row, 2 * size});
  add<T>("multiply", samples,
         [](Bench<T>& bench) {
           return ops::Multiply<T>{bench.jet(0, kRows), bench.jet(0, kRows), bench.jet(0, kRows)};
         },
         {size, size, 2 * size, size}, {size, 4 * size, 5 * size, 2 * size});
  add<T>("weigh", samples,
         [](Bench<T>& bench) {
           return ops::Weigh<T>{bench.jet(0, kRows), bench.jet(0, 1), bench.jet(0, kRows)};
         },
         {size, size, size + row, size}, {size, 4 * size, 3 * size + 2 * row, size});
  add<T>("move", samples,
         [](Bench<T>& bench) {
           return ops::AddOffset<T>{bench.jet(0, kRows),
                                    bench.jet(0, kRows),
                                    {bench.numbers(kRows), bench.adjoints(kRows), kRows}};
         },
         {size, size, size, size}, {size, 2 * size, 2 * size, size});
}

template <class T>
void add_functions() {
  constexpr int samples = core::kTileLanes<T>;
  const double size = kRows * samples;
  add<T>("group_shares", samples,
         [](Bench<T>& bench) {
           return ops::GroupShares<T>{bench.jet(0, kRows), bench.jet(0, kRows), kGroup};
         },
         {size, 4 * size, size, size}, {size, 4 * size, 3 * size, size});
  add<T>("sum_groups", samples,
         [](Bench<T>& bench) {
           return ops::GroupSum<T>{bench.jet(0, kRows), bench.jet(0, kRows / kGroup), T(1)};
         },
         {size, 2 * size, size, size / kGroup}, {size, 2 * size, size + size / kGroup, size});
}

template <class T>
void add_normalise(int functions) {
  constexpr int outputs = 4, samples = core::kTileLanes<T>;
  const double size = outputs * samples, terms = size * functions;
  add<T>("normalise_lanes/functions:" + std::to_string(functions), samples,
         [=](Bench<T>& bench) {
           return ops::NormaliseLanes<T>{bench.jet(0, outputs), bench.jet(0, functions),
                                         bench.jet(0, outputs), bench.jet(0, outputs * functions),
                                         bench.jet(0, outputs)};
         },
         {size, size + 2 * terms, 2 * size + terms, size},
         {size, 4 * size + 4 * terms, 5 * size + 2 * terms, 2 * size + terms});
}

template <class T>
void add_all() {
  for (int variables = 0; variables <= 3; ++variables) {
    add_lane_affine<T>(variables, core::kTileLanes<T>);
  }
  add_lane_affine<T>(2, core::kNarrowLanes);
  for (const int variables : {0, 2}) add_modulate<T>(variables);
  add_rows<T>();
  add_functions<T>();
  for (const int functions : {0, 5}) add_normalise<T>(functions);
}

}  // namespace

int main(int argc, char** argv) {
  add_all<float>();
  add_all<double>();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
