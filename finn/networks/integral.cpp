#include "finn/networks/integral.hpp"

#include <cmath>
#include <limits>

#include "finn/networks/seed.hpp"

namespace finn::net {
namespace {

constexpr int kLanes = core::kTileLanes<double>;

// The sign of corner v in the alternating sum: + where an even number of lower limits meet.
double sign(Subset v, int variables) {
  return (variables - __builtin_popcount(v)) % 2 == 0 ? 1.0 : -1.0;
}

// F at corners [first, first + samples) on a fresh tape.
core::Jet<double> at_corners(const Antiderivative& F, const Box& box, int first, int samples,
                             core::Mode mode, core::Tape<double>& tape, double* weight_adjoint) {
  double x[kLanes * core::kMaxVariables];
  for (int i = 0; i < samples; ++i) {
    box.corner(static_cast<Subset>(first + i), x + i * box.variables);
  }
  return values_of(F, x, samples, mode, tape, weight_adjoint);
}

template <class Body>
void for_each_corner_tile(const Box& box, Body&& body) {
  const int corners = 1 << box.variables;
  for (int first = 0; first < corners; first += kLanes) {
    body(first, std::min(kLanes, corners - first));
  }
}

// The alternating sum as differences along one axis after the other; values [2^n] is overwritten.
double difference_over_corners(double* values, int variables) {
  for (int corners = 1 << variables; corners > 1; corners /= 2) {
    for (int v = 0; v < corners / 2; ++v) values[v] = values[2 * v + 1] - values[2 * v];
  }
  return values[0];
}

CornerSum sum_corners(const Network& network, double* values, int variables) {
  CornerSum sum;
  for (int v = 0; v < 1 << variables; ++v) sum.magnitude += std::fabs(values[v]);
  constexpr double roundoff = 0.5 * std::numeric_limits<double>::epsilon();
  sum.error_estimate = corner_error_factor(network) * roundoff * sum.magnitude;
  sum.value = difference_over_corners(values, variables);
  return sum;
}

}  // namespace

// Measured against 50 digits in tests/finn/networks/integral_test.cpp.
double corner_error_factor(const Network& network) {
  return 8.0 * static_cast<double>(network.shape().widths.size() + 1);
}

core::Jet<double> values_of(const Antiderivative& F, const double* x, int samples, core::Mode mode,
                            core::Tape<double>& tape, double* weight_adjoint) {
  tape.begin(samples, mode);
  const auto at_points = seed(tape, F.coordinates, F.network.shape().variables, 0, x);
  return F.network.mixed_partial(tape, at_points, F.weights, weight_adjoint);
}

void corner_sums(const Antiderivative& F, const Box& box, CornerScratch& scratch,
                 std::vector<CornerSum>& sums) {
  if (const Mixture* head = F.network.mixture(); head != nullptr) {
    return mixture_sums({*head, F.coordinates, F.weights}, box, scratch.product, sums);
  }
  const std::size_t outputs = static_cast<std::size_t>(F.network.shape().outputs);
  const std::size_t corners = std::size_t{1} << box.variables;
  scratch.values.resize(outputs * corners);
  for_each_corner_tile(box, [&](int first, int samples) {
    const auto jet =
        at_corners(F, box, first, samples, core::Mode::evaluate, scratch.tape, nullptr);
    for (std::size_t j = 0; j < outputs; ++j) {
      std::copy_n(jet.row(0, static_cast<int>(j)), samples,
                  &scratch.values[j * corners + static_cast<std::size_t>(first)]);
    }
  });
  sums.resize(outputs);
  for (std::size_t j = 0; j < outputs; ++j) {
    sums[j] = sum_corners(F.network, &scratch.values[j * corners], box.variables);
  }
}

void add_corner_sum_adjoint(const Antiderivative& F, const Box& box, const double* adjoint,
                            CornerScratch& scratch, double* weight_adjoint) {
  if (const Mixture* head = F.network.mixture(); head != nullptr) {
    return add_mixture_sum_adjoint({*head, F.coordinates, F.weights}, box, adjoint, scratch.product,
                                   weight_adjoint);
  }
  core::Tape<double>& tape = scratch.tape;
  for_each_corner_tile(box, [&](int first, int samples) {
    const auto jet = at_corners(F, box, first, samples, core::Mode::record, tape, weight_adjoint);
    for (int j = 0; j < jet.features; ++j) {
      for (int i = 0; i < samples; ++i) {
        const double corner_sign = sign(static_cast<Subset>(first + i), box.variables);
        jet.adjoint_row(0, j)[i] = corner_sign * adjoint[j];
      }
    }
    tape.sweep();
  });
}

}  // namespace finn::net
