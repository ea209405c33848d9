// Times what users wait for: the density f and a gradient of the squared error, per sample.
//
// Useful flops are those of the matrix products: 2 * 2^n * sum of H_l H_{l-1} for a density and
// three times that for a step (forward, input gradient, weight gradient).
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "core/random.hpp"
#include "finn/backpropagate.hpp"
#include "finn/evaluate.hpp"
#include "finn/initialise.hpp"
#include "finn/loss.hpp"

namespace {

namespace net = finn::net;

struct Case {
  int variables;
  int width;
  int layers;
  std::int64_t batch;
  int threads;

  std::string name(const char* what, const char* type) const {
    return std::string(what) + "/n:" + std::to_string(variables) + "/H:" + std::to_string(width) +
           "/L:" + std::to_string(layers) + "/B:" + std::to_string(batch) + "/" + type +
           "/threads:" + std::to_string(threads);
  }
  double weights() const {
    const double inner = static_cast<double>(layers - 1) * width * width;
    return variables * width + inner + width;
  }
};

template <class T>
net::Model<T> model_of(const Case& c) {
  net::ModelSettings settings;
  settings.network.variables = c.variables;
  settings.network.widths.assign(static_cast<std::size_t>(c.layers), c.width);
  settings.box.variables = c.variables;
  settings.box.lower.fill(-1);
  settings.box.upper.fill(1);
  settings.constraint.epsilon = {1.0};
  net::Model<T> model(settings);
  net::CornerScratch scratch;
  net::initialise(model, 1, scratch);
  return model;
}

template <class T>
std::vector<T> uniform(std::int64_t count) {
  finn::core::Random random(2);
  std::vector<T> values(static_cast<std::size_t>(count));
  for (T& value : values) value = static_cast<T>(random.uniform(-1, 1));
  return values;
}

void count(benchmark::State& state, const Case& c, double flop_factor) {
  using Counter = benchmark::Counter;
  const double samples = static_cast<double>(c.batch);
  const double flops = flop_factor * (1 << c.variables) * c.weights() * samples;
  state.counters["us_per_sample"] =
      Counter(1e-6 * samples, Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.counters["gflops"] = Counter(1e-9 * flops, Counter::kIsIterationInvariantRate);
}

template <class T>
void density(benchmark::State& state, const Case& c) {
  const auto model = model_of<T>(c);
  net::Workspace workspace(c.threads);
  const auto x = uniform<T>(c.batch * c.variables);
  std::vector<T> f(static_cast<std::size_t>(c.batch));
  const auto subset = finn::core::full_subset(c.variables);
  for (auto _ : state) {
    net::mixed_partial(model, workspace, subset, x.data(), c.batch, f.data());
  }
  count(state, c, 2);
}

template <class T>
void train_step(benchmark::State& state, const Case& c) {
  const auto model = model_of<T>(c);
  net::Workspace workspace(c.threads);
  const auto x = uniform<T>(c.batch * c.variables);
  const auto y = uniform<T>(c.batch);
  const net::Batch<T> batch{x.data(), c.batch, nullptr, nullptr};
  for (auto _ : state) {
    benchmark::DoNotOptimize(net::backpropagate(
        model, workspace, batch, [&](auto& tape, const auto& f, const finn::core::Tile& tile) {
          return net::squared_error(tape, f, y.data() + tile.first, 1e-3);
        }));
  }
  count(state, c, 6);
}

template <class T>
void add_case(const Case& c, const char* type) {
  benchmark::RegisterBenchmark(c.name("density", type).c_str(), density<T>, c)->UseRealTime();
  benchmark::RegisterBenchmark(c.name("train_step", type).c_str(), train_step<T>, c)->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
  for (int n = 1; n <= 6; ++n) {
    add_case<float>({n, 64, 2, 1024, 1}, "f32");
    add_case<double>({n, 64, 2, 1024, 1}, "f64");
  }
  for (const int width : {16, 32, 128, 256}) add_case<float>({2, width, 2, 1024, 1}, "f32");
  for (const std::int64_t size : {1, 64, 16384}) add_case<float>({2, 64, 2, size, 1}, "f32");
  add_case<float>({2, 64, 2, 16384, 2}, "f32");
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
