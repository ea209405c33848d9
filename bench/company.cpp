// What threads cost in company: processes that train side by side, each with threads of its own.
// All do the same work, the training of an mlp 64-64 with batches of 512, so that two processes on
// two processors take as long as one, whatever their threads, where no thread is waited for that
// the system does not run. Through the shared library.
//
// Counters: of_one, the time over that of one process of one thread, which is timed before and
// after each; processor_of_one, the processors' time of a process likewise.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "capi/finn.hpp"

namespace {

constexpr int kVariables = 2;
constexpr std::int64_t kRows = 4096, kBatch = 512, kWarmUp = 20;

std::int64_t steps() {
  const char* wanted = std::getenv("FINN_BENCH_STEPS");
  return wanted == nullptr ? 400 : std::max(1L, std::atol(wanted));
}

struct Times {
  double wall = 0, processor = 0;  // seconds; of one process
};

// One end for who waits, one for who says when.
class Pipe {
 public:
  Pipe() {
    if (::pipe(ends_) != 0) throw std::runtime_error("company: no pipe");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : ends_) ::close(end);
  }

  void wait() const {
    char byte = 0;
    if (::read(ends_[0], &byte, 1) != 1) std::_Exit(3);
  }
  void tell(int times) const {
    const std::string bytes(static_cast<std::size_t>(times), '.');
    if (::write(ends_[1], bytes.data(), bytes.size()) != times) std::_Exit(4);
  }

 private:
  int ends_[2] = {-1, -1};
};

// The work of a process, with which it ends: trains, from a step for which it waits after the first
// ones.
[[noreturn]] void train(int threads, const Pipe& ready, const Pipe& go) {
  const finn::Network network = finn::Network::mlp(kVariables, 1, finn::mlp_options({64, 64}));
  finn::Model model(network, finn::Domain::open_box({-4, -4}, {4, 4}), {.precision = FINN_FLOAT32});
  finn_training_options options = finn::training_options();
  options.steps = kWarmUp + steps();
  options.batch = kBatch;
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  options.validation_share = 0;
  finn::Trainer trainer(model, options);
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  std::vector<double> x(static_cast<std::size_t>(kRows * kVariables));
  for (double& value : x) value = std::clamp(normal(engine), -3.9, 3.9);
  finn::Workspace workspace(threads);
  trainer.fit(workspace, x, {}, {}, [&](const finn_progress& progress) {
    if (progress.step == kWarmUp) {
      ready.tell(1);
      go.wait();
    }
    return true;
  });
  std::_Exit(0);
}

[[noreturn]] void run_child(int threads, const Pipe& ready, const Pipe& go) {
  try {
    train(threads, ready, go);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "company: %s\n", error.what());
  }
  ready.tell(1);
  std::_Exit(1);
}

double processor_seconds_of_children() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// From the moment when all have warmed up to the end of the last.
Times time(int processes, int threads) {
  const Pipe ready, go;
  std::fflush(nullptr);
  const double before = processor_seconds_of_children();
  for (int i = 0; i < processes; ++i) {
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("company: no process");
    if (child == 0) run_child(threads, ready, go);
  }
  for (int i = 0; i < processes; ++i) ready.wait();
  const auto begin = std::chrono::steady_clock::now();
  go.tell(processes);
  for (int i = 0; i < processes; ++i) {
    int status = 0;
    if (::wait(&status) < 0 || status != 0) throw std::runtime_error("company: a process failed");
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), (processor_seconds_of_children() - before) / processes};
}

void run(benchmark::State& state, int processes, int threads) {
  Times sum, one;
  for (auto _ : state) {
    const Times before = time(1, 1);
    const Times here = time(processes, threads);
    const Times after = time(1, 1);
    state.SetIterationTime(here.wall);
    sum.wall += here.wall;
    sum.processor += here.processor;
    one.wall += (before.wall + after.wall) / 2;
    one.processor += (before.processor + after.processor) / 2;
  }
  state.counters["of_one"] = sum.wall / one.wall;
  state.counters["processor_of_one"] = sum.processor / one.processor;
}

}  // namespace

int main(int argc, char** argv) {
  for (const auto& [processes, threads] : {std::pair{1, 1}, {1, 2}, {2, 1}, {2, 2}, {2, 4}}) {
    const std::string name =
        "company/processes:" + std::to_string(processes) + "/threads:" + std::to_string(threads);
    benchmark::RegisterBenchmark(name.c_str(), run, processes, threads)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond)
        ->Iterations(3);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
