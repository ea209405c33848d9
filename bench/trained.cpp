// Times trained networks, whose normals sit elsewhere than most rows so that factors underflow: a
// step of training by finn.h, all that a user waits for, and the density. Every call is made in
// turns as the processor stands and with subnormal numbers flushed to zero, on one thread.
//
//   us_per_sample, flushed_us_per_sample, over_flushed    of both, and their ratio
//   ns_per_factor      of a mixture: by components times variables
//   of_bound           how much of the time its exponentials, differences of sigma_1 and matrix
//                      products would take alone (bench/bound.hpp)
//   of_unconditional   with conditions: against the same network without, if that was run before
//
//   bench_trained --write FOLDER    trains those of tests/data/trained anew
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "bench/bound.hpp"
#include "bench/flush.hpp"
#include "bench/trained_models.hpp"
#include "capi/finn.hpp"

namespace {

using finn::bench::Bound;
using finn::bench::Conditions;
using finn::bench::FlushTurns;
using finn::bench::LeastWork;
using finn::bench::TrainedCase;

constexpr std::int64_t kBatch = 512;
constexpr int kNormals = 4;           // of a component in each variable
constexpr int kAxisUnits = 8;         // of each variable of an mlp
constexpr int kConditionsWidth = 64;  // of both hidden layers of the network of conditions

enum class What { density, step };

template <class T>
std::string name_of(const TrainedCase& which, What what, Conditions conditions) {
  TrainedCase named = which;
  named.conditions = conditions;
  return "trained/" + named.network() + (what == What::step ? "/step/" : "/density/") +
         named.sizes() + "/B:" + std::to_string(kBatch) +
         (std::is_same_v<T, float> ? "/f32" : "/f64") + "/threads:1";
}

// Weights of the matrix products of the network of x, and its outputs of the network of conditions.
double weights_of_mlp(const TrainedCase& which) {
  return (which.variables * (1.0 + kAxisUnits) + which.size + 1) * which.size;
}
double deltas(const TrainedCase& which) {
  const double normals = 1.0 * kNormals * which.variables * which.size;
  if (which.conditions == Conditions::hyper) return 3 * normals + which.size;
  return which.is_mixture ? normals + which.size : 2.0 * 2 * which.size + which.size;
}

// Of a batch. A step does three times the products of a density.
LeastWork least_work(const TrainedCase& which, What what) {
  const bool is_conditional = which.conditions != Conditions::none;
  LeastWork work;
  work.has_slopes = what == What::step;
  double products = 0;
  if (which.is_mixture) {
    work.gaussians = 1.0 * kBatch * kNormals * which.variables * which.size;
    if (is_conditional) work.differences = work.gaussians;
  } else {
    products = (is_conditional ? 2 : 1) * (1 << which.variables) * weights_of_mlp(which);
  }
  if (is_conditional) products += kConditionsWidth * (1 + kConditionsWidth + deltas(which));
  work.flops = kBatch * products * (what == What::step ? 6 : 2);
  return work;
}

void count(benchmark::State& state, const TrainedCase& which, const std::string& unconditional,
           const std::string& name, const FlushTurns& turns, double bound) {
  static std::map<std::string, double> known;  // us per sample by name
  const double us = 1e6 * turns.plain() / kBatch;
  known[name] = us;
  state.counters["us_per_sample"] = us;
  state.counters["of_bound"] = bound / turns.plain();
  if (which.is_mixture) {
    state.counters["ns_per_factor"] = 1e3 * us / (1.0 * which.size * which.variables);
  }
  if (finn::bench::kCanFlush) {
    state.counters["flushed_us_per_sample"] = 1e6 * turns.flushed() / kBatch;
    state.counters["over_flushed"] = turns.plain() / turns.flushed();
  }
  if (which.conditions != Conditions::none && known.contains(unconditional)) {
    state.counters["of_unconditional"] = us / known[unconditional];
  }
}

// Ends a turn of both ways; whether there is to be another.
template <class T>
bool goes_on(benchmark::State& state, FlushTurns& turns, Bound<T>& bound) {
  turns.end();
  if (!turns.is_even()) return true;
  state.SetIterationTime(turns.last_plain());
  bound.add(turns.last_plain());
  return state.KeepRunning();
}

template <class T>
void density(benchmark::State& state, const TrainedCase& which, FlushTurns& turns,
             Bound<T>& bound) {
  constexpr bool is_float = std::is_same_v<T, float>;
  const finn::Model model = trained_model(which, is_float ? FINN_FLOAT32 : FINN_FLOAT64);
  const finn::Workspace workspace(1);
  const std::vector<double> rows = ring_rows(which, kBatch, 2);
  const std::vector<T> x(rows.begin(), rows.end());
  std::vector<T> f(kBatch);
  const auto run = [&] {
    finn::detail::call([&](finn_error* e) {
      if constexpr (is_float) {
        return finn_integrand_f32(model.get(), workspace.get(), x.data(), kBatch, f.data(), kBatch,
                                  e);
      } else {
        return finn_integrand_f64(model.get(), workspace.get(), x.data(), kBatch, f.data(), kBatch,
                                  e);
      }
    });
  };
  run();
  if (!state.KeepRunning()) return;
  do {
    turns.begin();
    run();
  } while (goes_on(state, turns, bound));
}

// The rate is so small that the parameters stay.
template <class T>
void step(benchmark::State& state, const TrainedCase& which, FlushTurns& turns, Bound<T>& bound) {
  finn::Model model = trained_model(which, std::is_same_v<T, float> ? FINN_FLOAT32 : FINN_FLOAT64);
  finn::Workspace workspace(1);
  finn_training_options training = finn::training_options();
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.schedule = FINN_SCHEDULE_CONSTANT;
  training.learning_rate = 1e-20;
  training.steps = 1 << 20;
  training.validation_share = 0;
  finn::Trainer trainer(model, training);
  trainer.fit(
      workspace, ring_rows(which, 16 * kBatch, 2), {}, {}, [&](const finn_progress& progress) {
        const bool more = progress.step == 1 ? state.KeepRunning() : goes_on(state, turns, bound);
        if (more) turns.begin();
        return more;
      });
}

template <class T>
void add(const TrainedCase& which, What what) {
  const std::string name = name_of<T>(which, what, which.conditions);
  const auto run = [=](benchmark::State& state) {
    FlushTurns turns;
    Bound<T> bound(least_work(which, what));
    try {
      what == What::step ? step<T>(state, which, turns, bound)
                         : density<T>(state, which, turns, bound);
    } catch (const finn::Error& error) {
      return state.SkipWithError(error.what());
    }
    count(state, which, name_of<T>(which, what, Conditions::none), name, turns, bound.seconds());
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->UseManualTime()->MinTime(0.3);
}

void add(const TrainedCase& which) {
  for (const What what : {What::step, What::density}) {
    add<float>(which, what);
    add<double>(which, what);
  }
}

void add_all() {
  for (const int variables : {2, 8, 32}) {
    for (const int components : {16, 64, 256, 512, 1024}) {
      add({true, Conditions::none, variables, components});
    }
  }
  add({true, Conditions::film, 2, 64});
  add({true, Conditions::hyper, 2, 64});
  add({false, Conditions::none, 2, 64});
  add({false, Conditions::film, 2, 64});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--write") == 0) {
    finn::bench::write_trained_models(argv[2]);
    return 0;
  }
  add_all();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
