// Times what users wait for: the density f and a training step - forward, loss, reverse and the
// optimiser's update - per sample, over variables, widths, layers, batches and threads.
//
// Useful flops are those of the matrix products: 2 * 2^n * sum of H_l H_{l-1} for a density and
// three times that for a step (forward, input gradient, weight gradient). Before anything is timed,
// f is compared with a jet by jet evaluation in long double.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/timed.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "core/tile.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/layer_layout.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/optimisers/adam.hpp"
#include "finn/training/loss.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/naive_affine.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace {

namespace net = finn::net;

struct Case {
  int variables = 2;
  int width = 64;
  int layers = 2;
  std::int64_t batch = 1024;
  int threads = 1;

  std::string name(const char* what, const char* type) const {
    return std::string(what) + "/n:" + std::to_string(variables) + "/H:" + std::to_string(width) +
           "/L:" + std::to_string(layers) + "/B:" + std::to_string(batch) + "/" + type +
           "/threads:" + std::to_string(threads);
  }
  double weights() const {
    const double inner = static_cast<double>(layers - 1) * width * width;
    return variables * width + inner + width;
  }
  double flops(double factor) const {
    return factor * (1 << variables) * weights() * static_cast<double>(batch);
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
  settings.constraint.target = {1.0};
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

// f at one point of [-1, 1]^n, naively.
template <class T>
long double naive_density(const net::Model<T>& model, const T* x) {
  using namespace finn::test;
  const auto n = static_cast<std::size_t>(model.variables());
  Features h;
  for (std::size_t i = 0; i < n; ++i) {
    const auto scale = static_cast<long double>(model.coordinates().scale[i]);
    h.emplace_back(model.variables(), scale * static_cast<long double>(x[i]));
    h.back()[std::size_t{1} << i] = scale;
  }
  const net::Mlp& network = *model.network().template get<net::Mlp>();
  const auto& layers = network.stacks()[0].layers;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const net::LayerLayout& at = layers[l];
    const T* weights = model.weights() + at.weights;
    h = naive_affine(h, at.out, std::vector<Real>(weights, weights + at.out * (at.in + 1)));
    if (l >= network.activated_layers()) continue;
    for (NestedDual& z : h) {
      z = composed(naive_sigma_derivatives(model.variables(), model.variables() + 1, z[0]), z);
    }
  }
  return static_cast<long double>(model.normalisation().scale[0]) * h[0].coefficient.back();
}

template <class T>
bool is_right(const Case& c) {
  const auto model = model_of<T>(c);
  net::Workspace workspace(c.threads);
  const auto x = uniform<T>(c.batch * c.variables);
  std::vector<T> f(static_cast<std::size_t>(c.batch));
  net::mixed_partial(model, workspace, finn::core::full_subset(c.variables), x.data(), c.batch,
                     f.data());
  const long double expected = naive_density(model, x.data());
  return std::fabs(static_cast<long double>(f[0]) - expected) <
         (sizeof(T) == sizeof(float) ? 1e-4L : 1e-11L) * std::fabs(expected);
}

void count_samples(benchmark::State& state, const Case& c) {
  using benchmark::Counter;
  state.counters["us_per_sample"] = Counter(1e-6 * static_cast<double>(c.batch),
                                            Counter::kIsIterationInvariantRate | Counter::kInvert);
}

template <class T>
void density(benchmark::State& state, const Case& c) {
  const auto model = model_of<T>(c);
  net::Workspace workspace(c.threads);
  const auto x = uniform<T>(c.batch * c.variables);
  std::vector<T> f(static_cast<std::size_t>(c.batch));
  const auto subset = finn::core::full_subset(c.variables);
  finn::bench::time_against_peak<T>(state, c.flops(2), c.threads, [&] {
    net::mixed_partial(model, workspace, subset, x.data(), c.batch, f.data());
  });
  count_samples(state, c);
}

template <class T>
void train_step(benchmark::State& state, const Case& c) {
  auto model = model_of<T>(c);
  net::Workspace workspace(c.threads);
  net::Adam<T> adam({}, model.parameter_count());
  const auto x = uniform<T>(c.batch * c.variables);
  const auto y = uniform<T>(c.batch);
  const net::Batch<T> batch{x.data(), c.batch, nullptr, nullptr};
  const double weight = 1.0 / static_cast<double>(c.batch);
  finn::bench::time_against_peak<T>(state, c.flops(6), c.threads, [&] {
    net::backpropagate(model, workspace, batch,
                       [&](auto& tape, const auto& f, const finn::core::Tile& tile) {
                         return net::squared_error(tape, f, y.data() + tile.first, weight);
                       });
    adam.step(1e-6, workspace.scratch<T>().total.data(), model.mutable_parameters());
    model.update(workspace.corners());
  });
  count_samples(state, c);
}

// False if a density differs from the naive one.
template <class T>
bool add_case(const Case& c) {
  const char* type = sizeof(T) == sizeof(float) ? "f32" : "f64";
  if (!is_right<T>(c)) {
    std::fprintf(stderr, "bench_step: %s is wrong\n", c.name("density", type).c_str());
    return false;
  }
  benchmark::RegisterBenchmark(c.name("density", type).c_str(), density<T>, c)->UseManualTime();
  benchmark::RegisterBenchmark(c.name("train_step", type).c_str(), train_step<T>, c)
      ->UseManualTime();
  return true;
}

bool add_all() {
  bool right = true;
  for (int n = 1; n <= 6; ++n) {
    right = right && add_case<float>({n}) && add_case<double>({n});
  }
  for (int n = 2; n <= 4; ++n) {
    for (const int width : {16, 32, 128, 256}) right = right && add_case<float>({n, width});
    right = right && add_case<float>({n, 64, 2, 64}) && add_case<float>({n, 64, 2, 1024, 2});
  }
  for (const int layers : {1, 3}) right = right && add_case<float>({2, 64, layers});
  for (const std::int64_t size : {1, 256, 4096, 65536}) {
    right = right && add_case<float>({2, 64, 2, size});
  }
  for (const int threads : {1, 2}) right = right && add_case<float>({2, 64, 2, 512, threads});
  return right && add_case<float>({2, 64, 2, 65536, 2});
}

}  // namespace

int main(int argc, char** argv) {
  if (!add_all()) return 1;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
