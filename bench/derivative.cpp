// Times derivatives of F through the shared library, on one thread in double: f itself, entries of
// its Hessian, and the sweeps that give all derivatives of one order more.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace {

constexpr std::int64_t kRows = 1024;

// Which derivative: f, d_1 f, d_1 d_1 f, and the vector-Jacobian products of f and of d_1 f, which
// give the gradient and a row of the Hessian.
enum class Asked { f, first, second, gradient, hessian_row };

finn::Model model_of(bool is_mixture, int variables) {
  const auto n = static_cast<std::size_t>(variables);
  const finn::Network network = is_mixture
                                    ? finn::Network::mixture(variables)
                                    : finn::Network::mlp(variables, 1, finn::mlp_options({32, 32}));
  return finn::Model(
      network, finn::Domain::open_box(std::vector<double>(n, 0.0), std::vector<double>(n, 1.0)));
}

void measure(benchmark::State& state, Asked asked, bool is_mixture, int variables) {
  const finn::Model model = model_of(is_mixture, variables);
  finn::Workspace workspace(1);
  const std::vector<double> x = finn::Distribution(model).sample(workspace, kRows, 2);
  const std::vector<double> ones(kRows, 1.0);
  std::vector<std::int32_t> orders(static_cast<std::size_t>(variables), 1);
  if (asked == Asked::first || asked == Asked::hessian_row) orders[0] = 2;
  if (asked == Asked::second) orders[0] = 3;
  for (auto _ : state) {
    if (asked == Asked::gradient || asked == Asked::hessian_row) {
      benchmark::DoNotOptimize(model.derivative_vjp(workspace, orders, x, ones));
    } else {
      benchmark::DoNotOptimize(model.derivative(workspace, orders, x));
    }
  }
  state.counters["us_per_row"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kRows) / 1e6,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

}  // namespace

int main(int argc, char** argv) {
  const struct {
    const char* name;
    Asked asked;
  } questions[] = {{"f", Asked::f},
                   {"first", Asked::first},
                   {"second", Asked::second},
                   {"gradient", Asked::gradient},
                   {"hessian_row", Asked::hessian_row}};
  for (const auto& [name, asked] : questions) {
    for (const bool is_mixture : {true, false}) {
      for (const int variables : {1, 2, 3}) {
        const std::string network = is_mixture ? "/mixture/C:64/n:" : "/mlp/H:32/L:2/n:";
        benchmark::RegisterBenchmark(
            ("derivative/" + std::string(name) + network + std::to_string(variables)).c_str(),
            measure, asked, is_mixture, variables)
            ->Unit(benchmark::kMillisecond);
      }
    }
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
