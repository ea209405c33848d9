// The integral constraint: what the integral J of f over the domain shall be, where I is that of
// the network's mixed partial f' and V the volume of the domain.
//
//   scale   f = (1 - q) J / I f' + q J / V   q, the uniform share, is 0 and J is epsilon in the
//                                            paper's eq. (5)
//   shift   f = f' + (J - I) / V             the L2 projection onto the constraint
//
// or a projection onto several constraints at once (finn/constraints/projection.hpp). Both of these
// give f the integral J exactly. scale keeps f >= 0 and, but for an upper bound alone, is singular
// at I = 0; shift is never singular. The uniform share keeps log f finite and the integral what it
// was. J is the target, or follows I within bounds, or is learned: docs/CONSTRAINTS.md has the
// table. All of them are of the form f = s f' + sum_k lambda_k h_k
// (finn/constraints/normaliser.hpp).
#pragma once

#include <array>
#include <vector>

#include "core/option.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/corner_sum.hpp"

namespace finn::net {

enum class ConstraintKind { none, scale, shift, projection };

// What J has to be: the target, at most or at least the target, in [lower_target, target].
enum class Bound { equal, at_most, at_least, between };

// How J goes over from I to a bound: J = I until the bound is met; a smooth increasing function of
// I; not at all, as J is a function of a parameter tau of its own.
enum class Transition { clip, smooth, learned };

inline constexpr int kMaxLinearConstraints = 64;

// The integral over a sub-box of prod_i x_i^powers[i] f is to be values[output].
struct LinearConstraint {
  Box box;
  std::array<int, core::kMaxVariables> powers{};
  std::vector<double> values;  // [outputs]
};

struct Constraint {
  // Whether J is what the target says, whatever the parameters.
  bool fixes_integral() const {
    return kind != ConstraintKind::none && bound == Bound::equal && !learns_integral();
  }
  // Whether J is a function of a parameter tau of each output.
  bool learns_integral() const { return transition == Transition::learned; }
  // Whether f is a multiple of f', plus a uniform share: then it needs a J that is not 0.
  bool scales() const { return kind == ConstraintKind::scale; }
  // Whether f >= 0 wherever f' >= 0.
  bool keeps_sign() const { return kind == ConstraintKind::none || scales(); }

  ConstraintKind kind = ConstraintKind::scale;
  // The value of the integral, or its bound, [outputs]; empty if each row of the data brings its
  // own.
  std::vector<double> target;
  double uniform_share = 0;  // in [0, 1), scale only
  Bound bound = Bound::equal;
  Transition transition = Transition::clip;
  std::vector<double> lower_target;      // [outputs] for Bound::between
  double transition_width = 1;           // smooth shift only: over how much of I a bound is rounded
  std::vector<LinearConstraint> linear;  // projection only
};

// X(path, name, row, applies_to, sentence) for each option, in the order of
// finn_constraint_options: path is its field in Constraint.
#define FINN_CONSTRAINT_OPTIONS(X)                                                         \
  X(uniform_share, uniform_share, core::number("0").at_least(0).below(1), "scale",         \
    "share of the integral that is spread evenly over the domain, which keeps log f "      \
    "finite")                                                                              \
  X(transition_width, transition_width, core::number("1").above(0),                        \
    "smooth at one bound, with shift",                                                     \
    "width of the transition at the bound, in units of the integral: the size of a slack " \
    "that does no harm")

// A function of I and of one more argument, tau if J is learned and the target otherwise, with its
// derivatives by both.
struct IntegralTarget {
  double value = 0, by_integral = 0, by_argument = 0;
};

// f = scale f' + shift / V for one output.
struct AffineMap {
  IntegralTarget scale, shift;
};

// J at I = integral. argument is tau or the target; what the target is under Transition::learned is
// known to the constraint.
IntegralTarget integral_target(const Constraint& constraint, std::size_t output, double integral,
                               double argument);

// The tau at which a learned J is the integral given, or as near to it as leaves tau room to move.
double learned_argument(const Constraint& constraint, std::size_t output, double integral);

// s and lambda_0 of one output, where h_0 = 1/V. Fails with ERROR_INTEGRAL when the integral cannot
// be normalised: not finite, or for scale zero or with fewer than three digits left by the rounding
// of its own sum; and when the result is not finite. Not for a projection.
AffineMap affine_map(const Constraint& constraint, std::size_t output, const CornerSum& integral,
                     double argument);

// Fails with ERROR_INTEGRAL, naming the output, when an integral is not finite.
void require_finite_integral(const CornerSum& integral, std::size_t output);

}  // namespace finn::net
