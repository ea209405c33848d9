// Integrals of the network's mixed partial f' times polynomials on boxes, as sums over values of F
// alone; always in double.
//
// Integrated by parts in one variable after the other,
//     integral of P f' over [a, b] = P(b) F(b) - P(a) F(a) - integral of P' F,
// the last by Gauss-Legendre quadrature where P is not constant. So a moment is a sum of weights
// times F at the points of a grid: the corners of the box if all factors are constant, which is
// exact and shares the code of finn/networks/integral.hpp. docs/CONSTRAINTS.md has the error.
#pragma once

#include <vector>

#include "core/subset.hpp"
#include "finn/constraints/box_polynomial.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// In so many variables a function may be of a degree above 0.
inline constexpr int kMaxPowered = 3;

class Moments {
 public:
  Moments() = default;
  // Of each function. Fails with ERROR_ARGUMENT, naming it by its number, when one needs too many
  // points: factors that are not constant in more than three variables, or 2^20 points in all.
  explicit Moments(const std::vector<BoxPolynomial>& functions);

  // values [outputs][functions]. Allocates nothing after the first call with a scratch.
  void evaluate(const Antiderivative& F, CornerScratch& scratch, double* values) const;
  // weight_adjoint += the adjoints [outputs][functions] of these values, pulled back.
  void add_adjoint(const Antiderivative& F, const double* adjoint, CornerScratch& scratch,
                   double* weight_adjoint) const;

 private:
  using Axes = std::array<std::vector<double>, core::kMaxVariables>;
  // Functions on the same box that are constant in the same variables share the values of F.
  struct Group {
    Box box;
    Subset powered = 0;         // variables of degree > 0
    std::vector<int> members;   // functions
    Axes points;                // of each axis of the grid
    std::vector<Axes> weights;  // [members]
    std::int64_t size = 1;      // points of the grid
  };
  struct Tile;

  static double constant_of(const Group& group, std::size_t k);
  void add(int number, const BoxPolynomial& function);
  Group& group_of(const BoxPolynomial& function);
  void make_tile(const Group& group, std::int64_t first, Tile& tile) const;
  void evaluate_corners(const Group& group, const Antiderivative& F, CornerScratch& scratch,
                        double* values) const;
  void evaluate_grid(const Group& group, const Antiderivative& F, CornerScratch& scratch,
                     double* values) const;
  void add_corner_adjoint(const Group& group, const Antiderivative& F, const double* adjoint,
                          CornerScratch& scratch, double* weight_adjoint) const;
  void add_grid_adjoint(const Group& group, const Antiderivative& F, const double* adjoint,
                        CornerScratch& scratch, double* weight_adjoint) const;

  std::vector<Group> groups_;
  std::size_t count_ = 0;
};

}  // namespace finn::net
