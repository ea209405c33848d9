// Times the algebra of a layer by the number of variables: composition with g = phi' o z beside it,
// correlation (its transpose), and what the last layer takes instead; each is checked first against
// the definitions on one lane in double.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"

namespace {

using namespace finn;
using core::Tensor;

enum Part { composition, correlation, top };
constexpr const char* kNames[] = {"compose", "correlation", "top"};
constexpr int kMostVariables = 6;

// One row of a tile with the coefficients of a few neurons.
template <class T>
struct Row {
  static constexpr int lanes = 4 * core::kTileLanes<T>;
  int n;
  Tensor<T> derivatives, z, y, g;

  explicit Row(int variables)
      : n(variables), derivatives(uniform(n + 2)), z(uniform(1 << n)), y(z), g(z) {}

  static Tensor<T> uniform(std::int64_t rows) {
    core::Random random(1);
    Tensor<T> values(core::Shape{rows, lanes});
    for (T& value : values) value = static_cast<T>(random.uniform(0.5, 1));
    return values;
  }

  void run(Part part) {
    const ops::KernelTable<T>& table = ops::kernels<T>();
    const auto variables = static_cast<std::size_t>(n);
    if (part == composition) {
      table.compose[variables](derivatives.data(), z.data(), lanes, y.data(), lanes, g.data(),
                               lanes, lanes);
    } else if (part == correlation) {
      table.correlation[variables](z.data(), lanes, g.data(), lanes, y.data(), lanes, lanes, false);
    } else {
      table.top_product(n, g.data(), lanes, z.data(), lanes, y.data(), lanes);
      table.top_correlation(n, z.data(), g.data(), lanes, y.data(), lanes, lanes);
    }
  }

  // y of the first lane, by the definitions, in double.
  std::vector<double> expected(Part part) const {
    const auto count = std::size_t{1} << n;
    std::vector<double> a(count), b(count), result(count);
    for (std::size_t s = 0; s < count; ++s) {
      a[s] = static_cast<double>(z[static_cast<std::int64_t>(s) * lanes]);
      b[s] = static_cast<double>(g[static_cast<std::int64_t>(s) * lanes]);
    }
    if (part == composition) return composed(a);
    for (std::size_t s = 0; s < count; ++s) {
      for (std::size_t t = 0; t <= s; ++t) {
        const bool is_subset = (s & t) == t;
        if (part == correlation && is_subset) result[t] += a[s] * b[s - t];
      }
      if (part == top) result[s] = a[0] * b[count - 1 - s];
    }
    return result;
  }

 private:
  // phi o z by peeling the top variable, with phi^(order) for phi.
  std::vector<double> composed(const std::vector<double>& a, int order = 0) const {
    if (a.size() == 1) return {static_cast<double>(derivatives[order * lanes])};
    const auto half = static_cast<std::ptrdiff_t>(a.size() / 2);
    const std::vector<double> lower(a.begin(), a.begin() + half);
    std::vector<double> result = composed(lower, order);
    const std::vector<double> slope = composed(lower, order + 1);
    result.resize(a.size());
    for (std::size_t s = 0; s < lower.size(); ++s) {
      for (std::size_t t = 0; t <= s; ++t) {
        if ((s & t) == t) result[lower.size() + s] += slope[t] * a[lower.size() + s - t];
      }
    }
    return result;
  }
};

template <class T>
bool is_right(int n, Part part) {
  Row<T> row(n);
  const std::vector<double> expected = row.expected(part);
  row.run(part);
  for (std::size_t s = 0; s < expected.size(); ++s) {
    const auto got = static_cast<double>(row.y[static_cast<std::int64_t>(s) * Row<T>::lanes]);
    if (!(std::fabs(got - expected[s]) <= 1e-5 * std::fabs(expected[s]))) return false;
  }
  return true;
}

template <class T>
void measure(benchmark::State& state, int n, Part part) {
  Row<T> row(n);
  for (auto _ : state) {
    row.run(part);
    benchmark::ClobberMemory();
  }
  state.counters["ns_per_neuron_and_sample"] =
      benchmark::Counter(1e-9 * Row<T>::lanes, benchmark::Counter::kIsIterationInvariantRate |
                                                   benchmark::Counter::kInvert);
}

template <class T>
bool add_all(const std::string& type) {
  for (const Part part : {composition, correlation, top}) {
    for (int n = 1; n <= kMostVariables; ++n) {
      const std::string name = std::string(kNames[part]) + "/n:" + std::to_string(n) + "/" + type;
      if (!is_right<T>(n, part)) {
        std::fprintf(stderr, "bench_compose: %s differs from its definition\n", name.c_str());
        return false;
      }
      benchmark::RegisterBenchmark(name.c_str(), measure<T>, n, part);
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (!add_all<float>("f32") || !add_all<double>("f64")) return 1;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
