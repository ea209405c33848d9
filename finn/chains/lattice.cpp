#include "finn/chains/lattice.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/random.hpp"

namespace finn::net {
namespace {

// The first primes: steps along the axes are the fractions of their square roots, which no sum of
// integers times them brings back to an integer.
std::vector<double> steps_of(int variables) {
  std::vector<double> steps;
  for (int candidate = 2; static_cast<int>(steps.size()) < variables; ++candidate) {
    bool is_prime = true;
    for (int factor = 2; factor * factor <= candidate; ++factor) {
      is_prime = is_prime && candidate % factor != 0;
    }
    if (!is_prime) continue;
    const double root = std::sqrt(static_cast<double>(candidate));
    steps.push_back(root - std::floor(root));
  }
  return steps;
}

}  // namespace

MovedLattice::MovedLattice(int variables) : variables_(variables) {
  const std::vector<double> steps = steps_of(variables);
  core::Random random(0);
  for (int move = 0; move < kMoves; ++move) {
    std::vector<double> start;
    for (int i = 0; i < variables; ++i) start.push_back(random.uniform());
    for (int point = 0; point < kPointsOfMove; ++point) {
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const double moved = start[i] + (point + 1) * steps[i];
        points_.push_back(std::clamp(moved - std::floor(moved), 0x1p-53, 1 - 0x1p-53));
      }
    }
  }
}

MovedMean moved_mean(const std::vector<double>& terms) {
  constexpr auto kMoves = static_cast<std::size_t>(MovedLattice::kMoves);
  constexpr auto kPointsOfMove = static_cast<std::size_t>(MovedLattice::kPointsOfMove);
  std::array<double, kMoves> means{};
  double mean = 0, squares = 0;
  for (std::size_t move = 0; move < kMoves; ++move) {
    for (std::size_t point = 0; point < kPointsOfMove; ++point) {
      means[move] += terms[move * kPointsOfMove + point] / kPointsOfMove;
    }
    mean += means[move] / kMoves;
  }
  for (const double of_move : means) squares += (of_move - mean) * (of_move - mean);
  return {mean, std::sqrt(squares / (kMoves - 1) / kMoves)};
}

}  // namespace finn::net
