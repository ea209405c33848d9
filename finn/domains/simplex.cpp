// The simplex with vertices v_0 .. v_n, with constant determinant. Along its edges,
//
//   x = v_0 + sum_i y_i (v_i - v_{i-1}),   1 >= y_1 >= .. >= y_n >= 0,
//
// and each y_i as a share of the one before is a power: y_i = y_{i-1} u_i^(1/(n-i+1)), y_0 = 1. The
// determinant of y is 1/n!: Duffy's map with the weights of its vertex taken out.
#include <cmath>
#include <vector>

#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

// The set of the y.
class OrderedSimplex final : public Domain {
 public:
  const char* kind() const noexcept override { return "ordered simplex"; }
  explicit OrderedSimplex(int n) : Domain(cube(n, 0, 1)), log_weight_(std::lgamma(n + 1.0)) {}

  DomainRecipe recipe() const override {
    return {{{"variables", {static_cast<double>(variables())}}}};
  }

 private:
  std::size_t n() const { return static_cast<std::size_t>(variables()); }
  double exponent(std::size_t i) const { return static_cast<double>(n() - i); }

  void map(const double* u, double* y) const override {
    double share = 1;
    for (std::size_t i = 0; i < n(); ++i) y[i] = share *= std::pow(u[i], 1 / exponent(i));
  }

  double invert(const double* y, double* u) const override {
    double before = 1;
    bool outside = false;
    for (std::size_t i = 0; i < n(); ++i) {
      outside = outside || !(y[i] >= -kEdge && y[i] <= before + kEdge);
      const double here = std::fmin(std::fmax(y[i], 0), before);
      // At a vertex where all that follows is 0 every share is as good.
      u[i] = before > 0 ? std::pow(here / before, exponent(i)) : 0.5;
      before = here;
    }
    return outside ? kOutside : log_weight_;
  }

  void differentiate(const double* y, Slopes& slopes) const override {
    slopes = {};
    double before = 1;
    for (std::size_t i = 0; i < n() && before > kEdge; ++i) {
      const double here = std::fmin(std::fmax(y[i], 0), before);
      const double share = here / before;
      const double slope = exponent(i) * std::pow(share, exponent(i) - 1) / before;
      slopes.u[i][i] = slope;
      if (i > 0) slopes.u[i][i - 1] = -slope * share;
      before = here;
    }
  }

  double log_weight_;
};

}  // namespace

DomainPointer ordered_simplex_domain(int variables) {
  return std::make_shared<OrderedSimplex>(variables);
}

DomainPointer simplex_domain(int variables, const double* vertices) {
  const auto n = static_cast<std::size_t>(variables);
  require_coordinates(vertices, static_cast<std::int64_t>((n + 1) * n), "vertices");
  std::vector<double> edges(n * n);
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t column = 0; column < n; ++column) {
      edges[row * n + column] = vertices[(column + 1) * n + row] - vertices[column * n + row];
    }
  }
  return affine_domain(ordered_simplex_domain(variables), edges.data(), vertices, "vertices");
}

}  // namespace finn::net
