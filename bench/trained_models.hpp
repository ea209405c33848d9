// The trained networks of bench/trained.cpp and the rows that they were trained on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace finn::bench {

enum class Conditions { none, film, hyper };

// A network of the library's defaults but for its size, on rows of its own.
struct TrainedCase {
  bool is_mixture = true;
  Conditions conditions = Conditions::none;
  int variables = 2;
  int size = 64;  // components, or the width of both hidden layers

  // "film-mixture"
  std::string network() const;
  // "n:2/C:64"
  std::string sizes() const;
};

// Rows around a ring of eight normals in each pair of variables, which a condition turns. variables
// is even, or 1 more with a condition, which is the last column.
std::vector<double> ring_rows(const TrainedCase& which, std::int64_t rows, std::uint64_t seed);

// What training leaves: normals that sit elsewhere than most rows, so that their values there
// underflow. The parameters are those of tests/data/trained where a file there has them, and
// otherwise those of a short fit in float from a fixed seed, which takes up to half a minute and is
// kept for the next call.
Model trained_model(const TrainedCase& which, finn_precision precision);

// Trains the small ones and writes them to a folder, for tests/data/trained.
void write_trained_models(const std::string& folder);

}  // namespace finn::bench
