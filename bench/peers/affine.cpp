// Times the affine kernel against libxsmm and Eigen: z[S] = W x[S] for all coefficients S of a tile
// of jets, W square. A line of JSON per case: GFLOP/s, medians over rounds in which all take turns,
// and how many times libxsmm's speed the kernel has.
//
// Each peer is given the product in two layouts and counts with its better one: a plane per
// coefficient, as on the tape, and all coefficients side by side in one wide matrix. All results
// are compared with plain loops first.
#include <libxsmm.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "bench/peers/affine_eigen.hpp"
#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "core/tile.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"

namespace {

using namespace finn;
using core::Tensor;

constexpr int kRounds = 101;
constexpr double kTurn = 2e5;  // flops of a turn, about: some microseconds

struct Case {
  int size;  // of W, [size][size]
  int variables;
  int lanes;

  int coefficients() const { return 1 << variables; }
  double flops() const { return 2.0 * size * size * coefficients() * lanes; }
};

// Element (coefficient, feature, lane) lies at coefficient * plane + feature * row + lane.
struct Layout {
  std::ptrdiff_t plane, row;
};

template <class T>
Layout planes(const Case& c) {
  return {static_cast<std::ptrdiff_t>(c.size) * c.lanes + core::kPlanePadding<T>, c.lanes};
}

// The padding keeps rows off each other's cache sets.
template <class T>
Layout wide(const Case& c) {
  return {c.lanes, static_cast<std::ptrdiff_t>(c.coefficients()) * c.lanes + core::kPackLanes<T>};
}

template <class T>
using Multiply = std::function<void(const T* weights, const T* x, T* z)>;

template <class T>
struct Candidate {
  const char* library;
  const char* layout_name;
  Layout layout;
  Multiply<T> multiply;
  Tensor<T> weights{}, x{}, z{};
  std::vector<double> seconds{};
};

template <class T>
Multiply<T> by_libfinn(const Case& c) {
  const Layout layout = planes<T>(c);
  const ops::AffineShape<T> shape{c.size,  c.size,       c.coefficients(),
                                  c.lanes, layout.plane, layout.plane};
  return [shape, bias = std::vector<T>(static_cast<std::size_t>(c.size))](const T* weights,
                                                                          const T* x, T* z) {
    ops::kernels<T>().affine(shape, weights, bias.data(), x, z);
  };
}

libxsmm_smmfunction dispatch(int m, int n, int k, int ld, float one, float zero) {
  return libxsmm_smmdispatch(m, n, k, &ld, &k, &ld, &one, &zero, nullptr, nullptr);
}
libxsmm_dmmfunction dispatch(int m, int n, int k, int ld, double one, double zero) {
  return libxsmm_dmmdispatch(m, n, k, &ld, &k, &ld, &one, &zero, nullptr, nullptr);
}

// `count` products of `columns` columns. libxsmm is column-major, so this is z^T = x^T W^T.
template <class T>
Multiply<T> by_libxsmm(const Case& c, const Layout& layout, int count, int columns) {
  const auto kernel = dispatch(columns, c.size, c.size, static_cast<int>(layout.row), T(1), T(0));
  if (kernel == nullptr) return {};
  return [=](const T* weights, const T* x, T* z) {
    for (int s = 0; s < count; ++s) kernel(x + s * layout.plane, weights, z + s * layout.plane);
  };
}

template <class T>
Multiply<T> by_eigen(const Case& c, const Layout& layout, int count, int columns) {
  return [=](const T* weights, const T* x, T* z) {
    for (int s = 0; s < count; ++s) {
      const std::ptrdiff_t at = s * layout.plane;
      bench::multiply_by_eigen(c.size, columns, layout.row, weights, x + at, z + at);
    }
  };
}

// The factors are the same numbers for all.
template <class T>
void fill(const Case& c, Candidate<T>& candidate) {
  core::Random random(1);
  candidate.weights = Tensor<T>(core::Shape{c.size * c.size});
  for (T& value : candidate.weights) value = static_cast<T>(random.uniform(-1, 1));
  const auto [plane, row] = candidate.layout;
  candidate.x = Tensor<T>(core::Shape{c.coefficients() * plane + c.size * row});
  candidate.z = candidate.x;
  for (int s = 0; s < c.coefficients(); ++s) {
    for (int k = 0; k < c.size; ++k) {
      for (int lane = 0; lane < c.lanes; ++lane) {
        candidate.x[s * plane + k * row + lane] = static_cast<T>(random.uniform(-1, 1));
      }
    }
  }
}

template <class T>
std::vector<Candidate<T>> candidates(const Case& c) {
  const Layout tape = planes<T>(c), matrix = wide<T>(c);
  const int count = c.coefficients(), columns = count * c.lanes;
  std::vector<Candidate<T>> all;
  all.push_back({"libfinn", "planes", tape, by_libfinn<T>(c)});
  all.push_back({"libxsmm", "planes", tape, by_libxsmm<T>(c, tape, count, c.lanes)});
  all.push_back({"libxsmm", "wide", matrix, by_libxsmm<T>(c, matrix, 1, columns)});
  all.push_back({"eigen", "planes", tape, by_eigen<T>(c, tape, count, c.lanes)});
  all.push_back({"eigen", "wide", matrix, by_eigen<T>(c, matrix, 1, columns)});
  std::erase_if(all, [](const Candidate<T>& candidate) { return !candidate.multiply; });
  for (Candidate<T>& candidate : all) fill(c, candidate);
  return all;
}

// The largest difference from plain loops in double, relative to the size of the sums.
template <class T>
double deviation(const Case& c, const Candidate<T>& candidate) {
  const auto [plane, row] = candidate.layout;
  double worst = 0;
  for (int s = 0; s < c.coefficients(); ++s) {
    for (int o = 0; o < c.size; ++o) {
      for (int lane = 0; lane < c.lanes; ++lane) {
        double sum = 0;
        for (int k = 0; k < c.size; ++k) {
          sum += static_cast<double>(candidate.weights[o * c.size + k]) *
                 static_cast<double>(candidate.x[s * plane + k * row + lane]);
        }
        const double z = static_cast<double>(candidate.z[s * plane + o * row + lane]);
        worst = std::max(worst, std::fabs(z - sum));
      }
    }
  }
  return worst / std::sqrt(c.size);
}

template <class T>
bool is_right(const Case& c, Candidate<T>& candidate) {
  candidate.multiply(candidate.weights.data(), candidate.x.data(), candidate.z.data());
  if (deviation(c, candidate) < (sizeof(T) == sizeof(float) ? 1e-5 : 1e-14)) return true;
  std::fprintf(stderr, "affine: %s (%s) differs from plain loops at H = %d, n = %d\n",
               candidate.library, candidate.layout_name, c.size, c.variables);
  return false;
}

// Seconds of one product.
template <class T>
double turn(const Case& c, Candidate<T>& candidate) {
  const int calls = std::max(1, static_cast<int>(kTurn / c.flops()));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) {
    candidate.multiply(candidate.weights.data(), candidate.x.data(), candidate.z.data());
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return seconds.count() / calls;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// The faster layout of a library, or null.
template <class T>
const Candidate<T>* best(const std::vector<Candidate<T>>& all, const std::string& library) {
  const Candidate<T>* found = nullptr;
  for (const Candidate<T>& candidate : all) {
    if (candidate.library != library) continue;
    if (found == nullptr || median(candidate.seconds) < median(found->seconds)) found = &candidate;
  }
  return found;
}

template <class T>
void print_rate(const Case& c, const Candidate<T>* candidate, const char* library) {
  if (candidate == nullptr) {
    std::printf(", \"%s\": null", library);
    return;
  }
  std::printf(", \"%s\": %.2f, \"%s_layout\": \"%s\"", library,
              1e-9 * c.flops() / median(candidate->seconds), library, candidate->layout_name);
}

template <class T>
void print(const Case& c, const std::vector<Candidate<T>>& all, const char* type) {
  std::printf("{\"H\": %d, \"n\": %d, \"coefficients\": %d, \"lanes\": %d, \"type\": \"%s\"",
              c.size, c.variables, c.coefficients(), c.lanes, type);
  for (const char* library : {"libfinn", "libxsmm", "eigen"}) {
    print_rate(c, best(all, library), library);
  }
  const Candidate<T>& ours = all.front();
  if (const Candidate<T>* theirs = best(all, "libxsmm")) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < kRounds; ++i)
      ratios.push_back(theirs->seconds[i] / ours.seconds[i]);
    std::printf(", \"of_libxsmm\": %.3f", median(ratios));
  }
  std::printf("}\n");
  std::fflush(stdout);
}

template <class T>
bool measure(const Case& c, const char* type) {
  std::vector<Candidate<T>> all = candidates<T>(c);
  for (Candidate<T>& candidate : all) {
    if (!is_right(c, candidate)) return false;
  }
  for (int round = 0; round < kRounds; ++round) {
    for (Candidate<T>& candidate : all) candidate.seconds.push_back(turn(c, candidate));
  }
  print(c, all, type);
  return true;
}

template <class T>
bool measure_all(const char* type, bool quick) {
  for (const int variables : {2, 4}) {
    const int lanes = core::Tiling<T>(1, variables).lanes();
    for (const int size : {16, 32, 64, 128, 256}) {
      if (quick && size > 32) continue;
      if (!measure<T>({size, variables, lanes}, type)) return false;
    }
  }
  return true;
}

}  // namespace

// affine [--quick]
int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::string(argv[1]) == "--quick";
  return measure_all<float>("f32", quick) && measure_all<double>("f64", quick) ? 0 : 1;
}
