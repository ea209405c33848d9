// Times the matrix products of a layer of H neurons on H features of a tile, by width: forward,
// input gradient, weight gradient; each is checked against plain loops first.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "bench/timed.hpp"
#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "ops/kernels/table.hpp"

namespace {

using namespace finn;
using core::Tensor;

enum Product { forward, input_gradient, weight_gradient };
constexpr const char* kNames[] = {"forward", "input_gradient", "weight_gradient"};
constexpr int kVariables = 2;

template <class T>
Tensor<T> uniform(std::int64_t count) {
  core::Random random(1);
  Tensor<T> values(core::Shape{count});
  for (T& value : values) value = static_cast<T>(random.uniform(-1, 1));
  return values;
}

template <class T>
struct Layer {
  ops::AffineShape<T> shape;
  Tensor<T> weights, bias, x, z, weight_sum, bias_sum;

  // Planes are padded as on the tape.
  Layer(int width, int lanes, int padding)
      : shape{width,
              width,
              1 << kVariables,
              lanes,
              width * lanes + padding,
              width * lanes + padding},
        weights(uniform<T>(width * width)),
        bias(uniform<T>(width)),
        x(uniform<T>(shape.coefficients * shape.x_stride)),
        z(x),
        weight_sum(weights),
        bias_sum(bias) {}
  explicit Layer(int width) : Layer(width, core::kTileLanes<T>, core::kPlanePadding<T>) {}

  void run(Product product) {
    const ops::KernelTable<T>& table = ops::kernels<T>();
    if (product == forward) {
      table.affine(shape, weights.data(), bias.data(), x.data(), z.data());
    } else if (product == input_gradient) {
      table.affine_input(shape, weights.data(), z.data(), x.data());
    } else {
      table.affine_weights(shape, z.data(), x.data(), weight_sum.data(), bias_sum.data());
    }
  }

  // The same, naively.
  void run_naively(Product product) {
    for (int s = 0; s < shape.coefficients; ++s) {
      for (int o = 0; o < shape.out; ++o) {
        for (int lane = 0; lane < shape.lanes; ++lane) {
          T& result = z[s * shape.z_stride + o * shape.lanes + lane];
          if (product == forward) result = s == 0 ? bias[o] : T(0);
          if (product == weight_gradient && s == 0) bias_sum[o] += result;
          for (int k = 0; k < shape.in; ++k) {
            T& argument = x[s * shape.x_stride + k * shape.lanes + lane];
            const std::int64_t at = o * shape.in + k;
            if (product == forward) result += weights[at] * argument;
            if (product == input_gradient) argument += weights[at] * result;
            if (product == weight_gradient) weight_sum[at] += result * argument;
          }
        }
      }
    }
  }
};

template <class T>
double deviation(const Tensor<T>& a, const Tensor<double>& b) {
  double worst = 0, largest = 0;
  for (std::int64_t i = 0; i < b.size(); ++i) {
    worst = std::max(worst, std::fabs(static_cast<double>(a[i]) - b[i]));
    largest = std::max(largest, std::fabs(b[i]));
  }
  return worst / largest;
}

template <class T>
bool is_right(int width, Product product) {
  Layer<T> layer(width);
  Layer<double> naive(width, core::kTileLanes<T>, core::kPlanePadding<T>);
  layer.run(product);
  naive.run_naively(product);
  const double bound = sizeof(T) == sizeof(float) ? 1e-5 : 1e-14;
  return deviation(layer.x, naive.x) < bound && deviation(layer.z, naive.z) < bound &&
         deviation(layer.weight_sum, naive.weight_sum) < bound &&
         deviation(layer.bias_sum, naive.bias_sum) < bound;
}

template <class T>
void measure(benchmark::State& state, int width, Product product) {
  Layer<T> layer(width);
  const double flops = 2.0 * width * width * layer.shape.coefficients * layer.shape.lanes;
  bench::time_against_peak<T>(state, flops, 1, [&] { layer.run(product); });
}

template <class T>
bool add_all(const std::string& type) {
  for (const Product product : {forward, input_gradient, weight_gradient}) {
    for (const int width : {16, 32, 64, 128, 256}) {
      const std::string name =
          std::string("affine/") + kNames[product] + "/H:" + std::to_string(width) + "/" + type;
      if (!is_right<T>(width, product)) {
        std::fprintf(stderr, "bench_affine: %s differs from plain loops\n", name.c_str());
        return false;
      }
      benchmark::RegisterBenchmark(name.c_str(), measure<T>, width, product)->UseManualTime();
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
