// Times calls through finn.h, as other languages make them: the density at a few points and a call
// with nothing to do.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "capi/finn.hpp"

namespace {

constexpr int kVariables = 2;

void density(benchmark::State& state) {
  const finn::Network network = finn::Network::mlp(kVariables, 1, finn::mlp_options({64, 64}));
  const finn::Model model(network, finn::Domain::open_box({0, 0}, {1, 1}),
                          {.precision = FINN_FLOAT32});
  const finn::Workspace workspace(1);
  const std::int64_t batch = state.range(0);
  const std::vector<float> x(static_cast<std::size_t>(batch * kVariables), 0.5F);
  std::vector<float> f(static_cast<std::size_t>(batch));
  for (auto _ : state) {
    finn_error error = FINN_ERROR_INIT;
    if (finn_integrand_f32(model.get(), workspace.get(), x.data(), batch, f.data(), batch,
                           &error) != FINN_OK) {
      state.SkipWithError(error.message);
    }
  }
}
BENCHMARK(density)->Name("call/density/n:2/H:64/L:2/f32/B")->Arg(1)->Arg(16)->Arg(64);

void sigma_of_nothing(benchmark::State& state) {
  float value = 0;
  for (auto _ : state) {
    finn_error error = FINN_ERROR_INIT;
    if (finn_sigma_f32(2, 1, &value, 0, &value, &error) != FINN_OK)
      state.SkipWithError(error.message);
  }
}
BENCHMARK(sigma_of_nothing)->Name("call/sigma/length:0");

}  // namespace

BENCHMARK_MAIN();
