// Loads the reference values in tests/data (see the README there) into plain structs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace finn::test {

struct GoldenPoint {
  std::vector<double> x;                                 // [variables]
  std::vector<std::vector<long double>> mixed_partials;  // [outputs][2^variables]
  std::vector<long double> density_scaled_to_2;          // [outputs]
};

struct GoldenLoss {
  long double value;
  std::vector<long double> gradient;  // laid out as the parameters
};

struct GoldenNetwork {
  int variables;
  bool positive;     // weights enter as |w|
  bool hidden_tanh;  // otherwise sigma_n
  bool last_sigma;   // otherwise the last layer is linear
  std::vector<std::int32_t> widths;
  int outputs;
  std::vector<double> parameters;  // layer by layer: weights [out][in], then biases [out]
  std::vector<double> lower, upper;
  std::vector<long double> box_integral;  // [outputs]
  std::vector<GoldenPoint> points;
  GoldenLoss loss;

  std::string name() const;
};

struct GoldenSigma {
  int order;
  double x;
  long double value;
};

// All networks of networks.json.
std::vector<GoldenNetwork> golden_networks();

// All rows of sigma.csv.
std::vector<GoldenSigma> golden_sigma();

}  // namespace finn::test
