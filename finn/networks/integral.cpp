#include "finn/networks/integral.hpp"

#include <cmath>
#include <functional>
#include <limits>

#include "core/subset.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"

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

// values [2^n] at the corners.
template <class Form>
CornerSum sum_corners(const Form& form, const double* values, int variables) {
  CornerSum sum;
  for (int v = 0; v < 1 << variables; ++v) sum.magnitude += std::fabs(values[v]);
  constexpr double roundoff = 0.5 * std::numeric_limits<double>::epsilon();
  sum.error_estimate = form.error_factor() * roundoff * sum.magnitude;
  sum.value = difference_over_corners(
      variables, Subset{0}, [&](Subset v) { return values[v]; }, std::minus<>());
  return sum;
}

// By the corners of the box, for any form of network.
template <class Form>
void sum_form(const Form& form, const Antiderivative& F, const Box& box, CornerScratch& scratch,
              std::vector<CornerSum>& sums) {
  const auto outputs = static_cast<std::size_t>(form.shape().outputs);
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
    sums[j] = sum_corners(form, &scratch.values[j * corners], box.variables);
  }
}

template <class Form>
void add_form_adjoint(const Form&, const Antiderivative& F, const Box& box, const double* adjoint,
                      CornerScratch& scratch, double* weight_adjoint) {
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

// A mixture has a closed form.
void sum_form(const Mixture& mixture, const Antiderivative& F, const Box& box,
              CornerScratch& scratch, std::vector<CornerSum>& sums) {
  mixture_sums({mixture, F.coordinates, F.weights}, box, scratch.mixture, sums);
}

void add_form_adjoint(const Mixture& mixture, const Antiderivative& F, const Box& box,
                      const double* adjoint, CornerScratch& scratch, double* weight_adjoint) {
  add_mixture_sum_adjoint({mixture, F.coordinates, F.weights}, box, adjoint, scratch.mixture,
                          weight_adjoint);
}

}  // namespace

core::Jet<double> values_of(const Antiderivative& F, const double* x, int samples, core::Mode mode,
                            core::Tape<double>& tape, double* weight_adjoint) {
  tape.begin(samples, mode);
  const int n = F.network.shape().variables;
  const auto at_points = seed(tape, F.coordinates, n, 0, x, n);
  return F.network.mixed_partial(at_points, SharedWeights<double>(tape, F.weights, weight_adjoint));
}

void corner_sums(const Antiderivative& F, const Box& box, CornerScratch& scratch,
                 std::vector<CornerSum>& sums) {
  F.network.visit([&](const auto& form) { sum_form(form, F, box, scratch, sums); });
}

void add_corner_sum_adjoint(const Antiderivative& F, const Box& box, const double* adjoint,
                            CornerScratch& scratch, double* weight_adjoint) {
  F.network.visit(
      [&](const auto& form) { add_form_adjoint(form, F, box, adjoint, scratch, weight_adjoint); });
}

}  // namespace finn::net
