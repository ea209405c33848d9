// What a constraint makes of the network's mixed partial f':
//
//     f = s f' + sum_k lambda_k h_k
//
// with fixed functions h_k and numbers s and lambda_k for each output that depend on the integrals
// of f' over the domain. The scale, the shift, the uniform share and the projection are cases of it
// (finn/constraints/constraint.hpp has the formulas); a constraint is a class that implements the
// three parts below and nothing else. A normaliser is immutable and any number of threads may use
// it. docs/CONSTRAINTS.md.
#pragma once

#include <memory>
#include <vector>

#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// The most functions that a normaliser adds.
inline constexpr int kMaxFunctions = kMaxLinearConstraints;

// The numbers of one set of parameters, in double.
struct Normalisation {
  std::vector<double> scale;         // s, [outputs]
  std::vector<double> coefficients;  // lambda, [outputs][functions]
  std::vector<CornerSum> integrals;  // I of f' over the domain, [outputs]
  std::vector<AffineMap> maps;       // [outputs], where s and lambda are functions of I alone
};

// Adjoints of a normalisation: of s [outputs] and of lambda [outputs][functions], which is
// overwritten; `integral` is that of J, the integral of f over the domain, of every output.
// argument [outputs] receives the adjoint of tau and is null where none is learned.
struct NormalisationAdjoint {
  const double* scale;
  double* coefficients;
  double integral;
  double* argument;
};

class Normaliser {
 public:
  explicit Normaliser(int functions) : functions_(functions) {}
  virtual ~Normaliser() = default;

  // The functions h_k, [functions]. point [variables] is one of the box in which F lives.
  int functions() const noexcept { return functions_; }
  // Whether f = f' whatever the parameters.
  virtual bool is_identity() const noexcept { return false; }
  // values [functions] = the derivative of these orders of the antiderivative of each h_k, h_k
  // itself for the subset of all variables.
  virtual void partials(const Orders& orders, const double* point, double* values) const = 0;
  // slopes [variables] += sum_k adjoint_k d/dx_i of that derivative of the antiderivative of h_k.
  virtual void add_slopes(const Orders& orders, const double* point, const double* adjoint,
                          double* slopes) const = 0;
  // The integral of sum_k lambda_k h_k over a box, but for variables at points, of which variable i
  // stands at box.lower[i].
  virtual double integral(const double* lambda, const Box& box, VariableSet points) const = 0;
  double integral(const double* lambda, const Box& box) const { return integral(lambda, box, 0); }

  // The numbers of a network that all samples share. arguments [outputs] are tau or the
  // targets. Fails with ERROR_INTEGRAL where an integral cannot be normalised. Allocates nothing
  // after the first call with a scratch.
  virtual void solve(const Antiderivative& F, const double* arguments, CornerScratch& scratch,
                     Normalisation& numbers) const = 0;
  // weight_adjoint += what reaches the weights through s, lambda and J.
  virtual void pull_back(const Antiderivative& F, const Normalisation& numbers,
                         const NormalisationAdjoint& adjoint, CornerScratch& scratch,
                         double* weight_adjoint) const = 0;
  // J of one output, with its derivatives by I and by tau.
  virtual IntegralTarget domain_integral(const Normalisation& numbers,
                                         std::size_t output) const = 0;

  // s and lambda_0 of a sample that has an integral of its own; functions() is at most 1. Fails as
  // solve does. Only where has_lane_form().
  virtual bool has_lane_form() const noexcept { return false; }
  virtual AffineMap lane_map(std::size_t output, const CornerSum& integral, double argument) const;

 private:
  int functions_;
};

// domain: the box in which F lives. Fails with ERROR_ARGUMENT where linear constraints contradict
// or need too much.
std::shared_ptr<const Normaliser> make_normaliser(const Constraint& constraint, const Box& domain);

}  // namespace finn::net
