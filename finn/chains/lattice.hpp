// Points that fill the unit cube evenly, moved at random several times: sums over them have errors
// far below those of random points, and the moves tell how large these are.
#pragma once

#include <cstdint>
#include <vector>

namespace finn::net {

// moves x points_of_move points of so many variables, the same in every call.
class MovedLattice {
 public:
  static constexpr int kMoves = 8;
  static constexpr int kPointsOfMove = 256;
  static constexpr int kPoints = kMoves * kPointsOfMove;

  explicit MovedLattice(int variables);

  // Coordinate i of point `point`, in (0, 1): those of a move are kPointsOfMove in a row.
  double operator()(int point, int i) const {
    return points_[static_cast<std::size_t>(point) * static_cast<std::size_t>(variables_) +
                   static_cast<std::size_t>(i)];
  }

 private:
  int variables_;
  std::vector<double> points_;  // [kPoints][variables]
};

// The mean of the means of the moves, and its standard error.
struct MovedMean {
  double value, error;
};
// terms [kPoints].
MovedMean moved_mean(const std::vector<double>& terms);

}  // namespace finn::net
