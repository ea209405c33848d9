// ADOL-C's part of the comparison, behind functions that peer_adolc.py calls: one training step on
// a scalar tape.
//
// The mixed partial of one sample is a program on numbers: multilinear jets (core/subset.hpp) of
// adouble. It is taped once; a step evaluates the tape at every sample and sweeps it back. |w| is
// taken outside the tape, which then depends on the mapped weights linearly layer by layer.
#include <adolc/adolc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace finn::core {

// Found by core/subset.hpp. ADOL-C tapes a += b * c as one operation.
inline adouble multiply_add(const adouble& a, const adouble& b, const adouble& c) {
  adouble sum = c;
  sum += a * b;
  return sum;
}

}  // namespace finn::core

#include "core/subset.hpp"

namespace {

using namespace finn::core;

constexpr short kTape = 0;
constexpr unsigned kBufferLength = 1u
                                   << 26;  // entries of each of the tape's buffers: all in memory

struct Adam {
  double rate, beta1, beta2, epsilon;
};

struct Peer {
  int variables;
  std::vector<int> sizes;          // features of the input, of each layer, of the output
  std::vector<double> parameters;  // layer by layer: weights [out][in], biases [out]
  std::vector<double> gradient, first, second;
  std::vector<double> independents;  // mapped parameters, then a point
  Adam adam;
  long steps = 0;
};

// sigma_n and its derivatives 1 .. n at z, by the recurrence on exp and erf.
template <int n>
std::array<adouble, n + 1> sigma_family(const adouble& z) {
  std::array<adouble, n + 1> family;
  family[n] = exp(-z * z) * std::numbers::inv_sqrtpi;
  family[n - 1] = (1 + erf(z)) / 2;
  for (int k = 2; k <= n; ++k) {
    family[n - k] = (z * family[n - k + 1] + family[n - k + 2] / 2) / (k - 1);
  }
  return family;
}

template <int n>
using JetRow = std::array<adouble, (1 << n)>;

template <int n>
JetRow<n> apply_sigma(const JetRow<n>& z) {
  using Rows = ComposeRows<n, 1>;
  const auto derivatives = sigma_family<n>(z[0]);
  std::vector<adouble> room(Rows::total);
  std::array<adouble*, n + 1> rows;
  for (int j = 0; j <= n; ++j) rows[j] = room.data() + Rows::offset(j);
  compose<n, 1>(derivatives.data(), z.data(), rows.data());
  JetRow<n> y;
  std::copy_n(rows[0], y.size(), y.begin());
  return y;
}

// One layer: weights [out][in] and biases [out] begin at `parameter`, which moves past them.
template <int n>
std::vector<JetRow<n>> affine(const std::vector<JetRow<n>>& x, int out, const adouble*& parameter) {
  const adouble* bias = parameter + static_cast<std::size_t>(out) * x.size();
  std::vector<JetRow<n>> z(static_cast<std::size_t>(out));
  for (JetRow<n>& row : z) {
    for (adouble& coefficient : row) coefficient = 0;
    row[0] = *bias++;
    for (const JetRow<n>& input : x) {
      for (std::size_t s = 0; s < row.size(); ++s) row[s] += *parameter * input[s];
      ++parameter;
    }
  }
  parameter = bias;
  return z;
}

// Tapes f at the independents.
template <int n>
void tape(Peer& peer) {
  trace_on(kTape, 1, kBufferLength, kBufferLength, kBufferLength, kBufferLength);
  std::vector<adouble> independents(peer.independents.size());
  for (std::size_t i = 0; i < independents.size(); ++i) independents[i] <<= peer.independents[i];
  const adouble* parameter = independents.data();
  const adouble* point = parameter + peer.parameters.size();
  std::vector<JetRow<n>> h(n);
  for (int i = 0; i < n; ++i) {
    for (adouble& coefficient : h[i]) coefficient = 0;
    h[i][0] = point[i];
    h[i][std::size_t{1} << i] = 1;
  }
  for (std::size_t layer = 1; layer < peer.sizes.size(); ++layer) {
    h = affine<n>(h, peer.sizes[layer], parameter);
    if (layer + 1 == peer.sizes.size()) break;
    for (JetRow<n>& row : h) row = apply_sigma<n>(row);
  }
  double f;
  h[0][full_subset(n)] >>= f;
  trace_off();
}

// Calls body(first, count) for the weights of each layer.
template <class Body>
void for_weights(const Peer& peer, Body&& body) {
  std::size_t first = 0;
  for (std::size_t layer = 1; layer < peer.sizes.size(); ++layer) {
    const auto out = static_cast<std::size_t>(peer.sizes[layer]);
    const std::size_t count = out * static_cast<std::size_t>(peer.sizes[layer - 1]);
    body(first, count);
    first += count + out;
  }
}

void map_parameters(Peer& peer) {
  std::copy(peer.parameters.begin(), peer.parameters.end(), peer.independents.begin());
  for_weights(peer, [&](std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count; ++i) {
      peer.independents[i] = std::fabs(peer.parameters[i]);
    }
  });
}

void move_parameters(Peer& peer) {
  const Adam& adam = peer.adam;
  const auto t = static_cast<double>(++peer.steps);
  const double rate =
      adam.rate * std::sqrt(1 - std::pow(adam.beta2, t)) / (1 - std::pow(adam.beta1, t));
  for (std::size_t i = 0; i < peer.parameters.size(); ++i) {
    const double g = peer.gradient[i];
    peer.first[i] = adam.beta1 * peer.first[i] + (1 - adam.beta1) * g;
    peer.second[i] = adam.beta2 * peer.second[i] + (1 - adam.beta2) * g * g;
    peer.parameters[i] -= rate * peer.first[i] / (std::sqrt(peer.second[i]) + adam.epsilon);
  }
}

// The mean of (f - y)^2 over the rows, with its gradient in the peer.
double loss_and_gradient(Peer& peer, const float* x, const float* y, int rows) {
  const auto count = static_cast<int>(peer.independents.size());
  std::vector<double> sample_gradient(peer.independents.size());
  std::fill(peer.gradient.begin(), peer.gradient.end(), 0.0);
  map_parameters(peer);
  double loss = 0;
  for (int i = 0; i < rows; ++i) {
    std::copy_n(x + i * peer.variables, peer.variables, peer.independents.end() - peer.variables);
    double f;
    zos_forward(kTape, 1, count, 1, peer.independents.data(), &f);
    const double error = f - y[i];
    double adjoint = 2 * error / rows;
    fos_reverse(kTape, 1, count, &adjoint, sample_gradient.data());
    for (std::size_t p = 0; p < peer.gradient.size(); ++p) peer.gradient[p] += sample_gradient[p];
    loss += error * error / rows;
  }
  for_weights(peer, [&](std::size_t first, std::size_t weights) {
    for (std::size_t p = first; p < first + weights; ++p) {
      if (peer.parameters[p] < 0) peer.gradient[p] = -peer.gradient[p];
    }
  });
  return loss;
}

using Tape = void (*)(Peer&);
constexpr Tape kTapes[] = {nullptr, tape<1>, tape<2>, tape<3>, tape<4>, tape<5>, tape<6>};

}  // namespace

extern "C" {

// sizes [layers + 1]: features of the input, of each layer and of the output; one peer at a time.
void* adolc_peer_create(const int* sizes, int layers, const float* parameters, int count,
                        double rate, double beta1, double beta2, double epsilon) {
  auto* peer =
      new Peer{sizes[0], {sizes, sizes + layers + 1},  {parameters, parameters + count}, {}, {}, {},
               {},       {rate, beta1, beta2, epsilon}};
  for (auto* array : {&peer->gradient, &peer->first, &peer->second}) array->resize(count);
  peer->independents.resize(static_cast<std::size_t>(count + sizes[0]));
  map_parameters(*peer);
  kTapes[sizes[0]](*peer);
  return peer;
}

void adolc_peer_destroy(void* handle) { delete static_cast<Peer*>(handle); }

// One step on x [rows][variables] and y [rows]; returns the loss before it.
double adolc_peer_step(void* handle, const float* x, const float* y, int rows) {
  auto& peer = *static_cast<Peer*>(handle);
  const double loss = loss_and_gradient(peer, x, y, rows);
  move_parameters(peer);
  return loss;
}

// The gradient of the last step, [count].
void adolc_peer_gradient(const void* handle, double* gradient) {
  const auto& peer = *static_cast<const Peer*>(handle);
  std::copy(peer.gradient.begin(), peer.gradient.end(), gradient);
}
}
