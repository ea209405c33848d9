#include "finn/constraints/projection.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/domains/orders.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;
using Powers = BoxPolynomial::Powers;

// One constraint as a sum of given ones: of their functions, and so of their values.
struct Term {
  std::size_t number;
  double factor;
};

// The first constraint with this box and these powers, or -1.
int find(const std::vector<LinearConstraint>& constraints, const Box& box, const Powers& powers) {
  for (std::size_t k = 0; k < constraints.size(); ++k) {
    const Box& other = constraints[k].box;
    if (constraints[k].powers == powers && other.lower == box.lower && other.upper == box.upper) {
      return static_cast<int>(k);
    }
  }
  return -1;
}

// The next of all powers up to the last ones, in the order of an odometer; false after them.
bool advance(const Powers& last, Powers& powers) {
  for (std::size_t i = 0; i < powers.size(); ++i) {
    if (powers[i]++ < last[i]) return true;
    powers[i] = 0;
  }
  return false;
}

// The product of Legendre polynomials of the degrees of constraint k as a sum of the constraints;
// empty if one that it needs is not among them.
std::vector<Term> legendre_terms(const std::vector<LinearConstraint>& constraints, std::size_t k) {
  const LinearConstraint& constraint = constraints[k];
  std::array<std::array<double, kMaxDegree + 1>, core::kMaxVariables> coefficients;
  for (std::size_t i = 0; i < static_cast<std::size_t>(constraint.box.variables); ++i) {
    coefficients[i] =
        powers_of_legendre(constraint.box.lower[i], constraint.box.upper[i], constraint.powers[i]);
  }
  std::vector<Term> terms;
  Powers powers{};
  do {
    double factor = 1;
    for (std::size_t i = 0; i < static_cast<std::size_t>(constraint.box.variables); ++i) {
      factor *= coefficients[i][static_cast<std::size_t>(powers[i])];
    }
    if (factor == 0) continue;
    const int number = powers == constraint.powers ? static_cast<int>(k)
                                                   : find(constraints, constraint.box, powers);
    if (number < 0) return {};
    terms.push_back({static_cast<std::size_t>(number), factor});
  } while (advance(constraint.powers, powers));
  return terms;
}

// Infinite limits are those of the domain.
void resolve_limits(const Box& domain, Box& box) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    if (std::isinf(box.lower[i])) box.lower[i] = domain.lower[i];
    if (std::isinf(box.upper[i])) box.upper[i] = domain.upper[i];
  }
}

BoxPolynomial function_of(const Box& domain, const LinearConstraint& constraint, bool legendre) {
  BoxPolynomial::Factors factors;
  for (std::size_t i = 0; i < static_cast<std::size_t>(constraint.box.variables); ++i) {
    const double lower = constraint.box.lower[i];
    const double upper = constraint.box.upper[i];
    const int power = constraint.powers[i];
    factors[i] =
        legendre ? legendre_polynomial(lower, upper, power) : monomial(lower, upper, power);
  }
  return {constraint.box, factors, domain};
}

// Constraint k of which the given share is left after those before it, with these weights of them.
[[noreturn]] void fail_dependent(std::size_t k, const std::vector<double>& weights) {
  std::string others;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    if (std::fabs(weights[j]) < 1e-3) continue;
    others += (others.empty() ? "" : ", ") + std::to_string(j);
  }
  fail(Status::ERROR_ARGUMENT,
       "constraint: integral %zu depends on integral %s: its box and powers are a combination of "
       "theirs",
       k, others.c_str());
}

}  // namespace

Projection::Projection(const Box& domain, std::vector<LinearConstraint> constraints)
    : Normaliser(static_cast<int>(constraints.size())),
      domain_(domain),
      values_(constraints.front().values.size()) {
  for (LinearConstraint& constraint : constraints) resolve_limits(domain, constraint.box);
  for (std::size_t k = 0; k < constraints.size(); ++k) {
    std::vector<Term> terms = legendre_terms(constraints, k);
    const bool legendre = !terms.empty();
    if (!legendre) terms = {{k, 1.0}};
    functions_.push_back(function_of(domain, constraints[k], legendre));
    const double norm = functions_.back().norm();
    if (!std::isfinite(norm) || !(norm > 0)) {
      fail(Status::ERROR_ARGUMENT, "constraint: integral %zu has powers of the norm %g on its box",
           k, norm);
    }
    for (std::size_t j = 0; j < values_.size(); ++j) {
      double sum = 0;
      for (const Term& term : terms) sum += term.factor * constraints[term.number].values[j];
      values_[j].push_back(sum / norm);
    }
  }
  factorise();
  moments_ = Moments(functions_);
}

// Cholesky's factor of the Gram matrix, whose diagonal is 1. A pivot is the squared distance of a
// function to the span of those before it.
void Projection::factorise() {
  constexpr double least = 1e-10;
  const std::size_t n = functions_.size();
  factor_.assign(n * n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    double* row = &factor_[k * n];
    double pivot = 1;
    for (std::size_t j = 0; j < k; ++j) {
      double sum = BoxPolynomial::inner_product(functions_[k], functions_[j]);
      for (std::size_t i = 0; i < j; ++i) sum -= row[i] * factor_[j * n + i];
      row[j] = sum / factor_[j * n + j];
      pivot -= row[j] * row[j];
    }
    if (!(pivot > least)) {
      std::vector<double> weights(row, row + k);
      for (std::size_t j = k; j-- > 0;) {
        for (std::size_t i = j + 1; i < k; ++i) weights[j] -= factor_[i * n + j] * weights[i];
        weights[j] /= factor_[j * n + j];
      }
      fail_dependent(k, weights);
    }
    row[k] = std::sqrt(pivot);
  }
}

// values [count] = G^-1 values.
void Projection::solve_gram(double* values) const {
  const std::size_t n = functions_.size();
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < k; ++i) values[k] -= factor_[k * n + i] * values[i];
    values[k] /= factor_[k * n + k];
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t i = k + 1; i < n; ++i) values[k] -= factor_[i * n + k] * values[i];
    values[k] /= factor_[k * n + k];
  }
}

void Projection::partials(const Orders& orders, const double* point, double* values) const {
  for (std::size_t k = 0; k < count(); ++k) values[k] = functions_[k].partial(orders, point);
}

void Projection::add_slopes(const Orders& orders, const double* point, const double* adjoint,
                            double* slopes) const {
  for (std::size_t k = 0; k < count(); ++k) {
    functions_[k].add_slopes(orders, adjoint[k], point, slopes);
  }
}

double Projection::integral(const double* lambda, const Box& box, VariableSet points) const {
  double sum = 0;
  for (std::size_t k = 0; k < count(); ++k) sum += lambda[k] * functions_[k].integral(box, points);
  return sum;
}

void Projection::solve(const Antiderivative& F, const double*, CornerScratch& scratch,
                       Normalisation& numbers) const {
  corner_sums(F, domain_, scratch, numbers.integrals);
  numbers.scale.assign(values_.size(), 1.0);
  numbers.coefficients.resize(values_.size() * count());
  moments_.evaluate(F, scratch, numbers.coefficients.data());
  for (std::size_t j = 0; j < values_.size(); ++j) {
    require_finite_integral(numbers.integrals[j], j);
    double* lambda = &numbers.coefficients[j * count()];
    for (std::size_t k = 0; k < count(); ++k) lambda[k] = values_[j][k] - lambda[k];
    solve_gram(lambda);
    if (std::all_of(lambda, lambda + count(), [](double x) { return std::isfinite(x); })) continue;
    fail(Status::ERROR_INTEGRAL,
         "integral: output %zu of the network has moments that are not finite", j);
  }
}

void Projection::pull_back(const Antiderivative& F, const Normalisation&,
                           const NormalisationAdjoint& adjoint, CornerScratch& scratch,
                           double* weight_adjoint) const {
  for (std::size_t j = 0; j < values_.size(); ++j) {
    double* row = adjoint.coefficients + j * count();
    solve_gram(row);
    for (std::size_t k = 0; k < count(); ++k) row[k] = -row[k];
  }
  moments_.add_adjoint(F, adjoint.coefficients, scratch, weight_adjoint);
}

IntegralTarget Projection::domain_integral(const Normalisation& numbers, std::size_t output) const {
  const double* lambda = &numbers.coefficients[output * count()];
  return {numbers.integrals[output].value + integral(lambda, domain_), 0, 0};
}

}  // namespace finn::net
