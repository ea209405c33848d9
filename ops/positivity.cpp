#include "ops/positivity.hpp"

#include <algorithm>
#include <cmath>

#include "ops/kernels/table.hpp"
#include "ops/kernels/unary_functions.hpp"

namespace finn::ops {

namespace {

// Of a positivity that is not none.
UnaryFunction function_of(Positivity positivity) {
  switch (positivity) {
    case Positivity::softplus:
      return unary_softplus;
    case Positivity::square:
      return unary_square;
    case Positivity::exp:
      return unary_exp;
    case Positivity::abs:
    case Positivity::none:
      break;
  }
  return unary_abs;
}

}  // namespace

template <class T>
void map_weights(Positivity positivity, const T* parameters, std::int64_t count, T* weights) {
  if (positivity == Positivity::none) {
    if (weights != parameters) std::copy_n(parameters, count, weights);
    return;
  }
  kernels<T>().unary[function_of(positivity)](parameters, count, weights);
}

template <class T>
void pull_back_weights(Positivity positivity, const T* parameters, std::int64_t count,
                       T* adjoints) {
  if (positivity == Positivity::none) return;
  constexpr std::int64_t kBlock = 256;
  const UnaryFunction function = function_of(positivity);
  T weights[kBlock];
  T pulled_back[kBlock];
  for (std::int64_t first = 0; first < count; first += kBlock) {
    const std::int64_t size = std::min(kBlock, count - first);
    std::fill_n(pulled_back, size, T(0));
    kernels<T>().unary[function](parameters + first, size, weights);
    kernels<T>().unary_transpose[function](parameters + first, weights, adjoints + first, size,
                                           pulled_back);
    std::copy_n(pulled_back, size, adjoints + first);
  }
}

double parameter_of_weight(Positivity positivity, double weight) {
  switch (positivity) {
    case Positivity::softplus:
      return weight > 30 ? weight : std::log(std::expm1(weight));
    case Positivity::square:
      return std::sqrt(weight);
    case Positivity::exp:
      return std::log(weight);
    case Positivity::abs:
    case Positivity::none:
      break;
  }
  return weight;
}

template void map_weights(Positivity, const float*, std::int64_t, float*);
template void map_weights(Positivity, const double*, std::int64_t, double*);
template void pull_back_weights(Positivity, const float*, std::int64_t, float*);
template void pull_back_weights(Positivity, const double*, std::int64_t, double*);

}  // namespace finn::ops
