// Times what a distribution is asked, row by row on one thread: a mixture of 64 components, which
// one pass over the components answers, and an mlp 32-32, by corners and searches.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace {

constexpr std::int64_t kRows = 4096;

// A fresh model on the unit box, which a distribution has to answer for like any other.
finn::Distribution distribution_of(bool is_mixture, int variables) {
  const auto n = static_cast<std::size_t>(variables);
  const finn::Network network = is_mixture
                                    ? finn::Network::mixture(variables)
                                    : finn::Network::mlp(variables, 1, finn::mlp_options({32, 32}));
  const finn::Domain box =
      finn::Domain::open_box(std::vector<double>(n, 0.0), std::vector<double>(n, 1.0));
  return finn::Distribution(finn::Model(network, box));
}

using Ask = void (*)(const finn::Distribution&, finn::Workspace&, const std::vector<double>& x);

void density(const finn::Distribution& d, finn::Workspace& workspace,
             const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.density(workspace, x));
}
void log_density(const finn::Distribution& d, finn::Workspace& workspace,
                 const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.log_density(workspace, x));
}
void cdf(const finn::Distribution& d, finn::Workspace& workspace, const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.cdf(workspace, x));
}
void rosenblatt(const finn::Distribution& d, finn::Workspace& workspace,
                const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.rosenblatt(workspace, x));
}
void inverse_rosenblatt(const finn::Distribution& d, finn::Workspace& workspace,
                        const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.inverse_rosenblatt(workspace, x));
}
void score(const finn::Distribution& d, finn::Workspace& workspace, const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.log_density_gradient(workspace, x));
}
void cdf_gradient(const finn::Distribution& d, finn::Workspace& workspace,
                  const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.cdf_gradient(workspace, x));
}
void rosenblatt_jacobian(const finn::Distribution& d, finn::Workspace& workspace,
                         const std::vector<double>& x) {
  benchmark::DoNotOptimize(d.rosenblatt_jacobian(workspace, x));
}
void sample(const finn::Distribution& d, finn::Workspace& workspace, const std::vector<double>&) {
  benchmark::DoNotOptimize(d.sample(workspace, kRows, 1));
}

void measure(benchmark::State& state, Ask ask, bool is_mixture, int variables) {
  const finn::Distribution distribution = distribution_of(is_mixture, variables);
  finn::Workspace workspace(1);
  const std::vector<double> x = distribution.sample(workspace, kRows, 2);
  for (auto _ : state) ask(distribution, workspace, x);
  state.SetItemsProcessed(state.iterations() * kRows);
  state.counters["us_per_row"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kRows) / 1e6,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

}  // namespace

int main(int argc, char** argv) {
  const struct {
    const char* name;
    Ask ask;
  } questions[] = {{"density", density},
                   {"log_density", log_density},
                   {"cdf", cdf},
                   {"rosenblatt", rosenblatt},
                   {"inverse_rosenblatt", inverse_rosenblatt},
                   {"score", score},
                   {"cdf_gradient", cdf_gradient},
                   {"rosenblatt_jacobian", rosenblatt_jacobian},
                   {"sample", sample}};
  for (const auto& [name, ask] : questions) {
    for (const bool is_mixture : {true, false}) {
      for (const int variables : {1, 2, 3}) {
        const std::string network = is_mixture ? "/mixture/C:64/n:" : "/mlp/H:32/L:2/n:";
        benchmark::RegisterBenchmark(
            ("distribution/" + std::string(name) + network + std::to_string(variables)).c_str(),
            measure, ask, is_mixture, variables)
            ->Unit(benchmark::kMillisecond);
      }
    }
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
