#include "core/subset.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/random.hpp"
#include "tests/support/nested_dual.hpp"

namespace finn::core {
namespace {

using test::NestedDual;
using test::Real;

// Integers throughout: sums and products are exact, results are compared with ==.
using Polynomial = std::vector<double>;

Polynomial random_integers(Random& random, std::size_t count, int lowest, int highest) {
  Polynomial values(count);
  const auto choices = static_cast<std::uint64_t>(highest - lowest + 1);
  for (double& value : values) value = lowest + static_cast<double>(random.below(choices));
  return values;
}

NestedDual naive(const Polynomial& a) {
  NestedDual dual(0);
  dual.coefficient.assign(a.begin(), a.end());
  return dual;
}

Polynomial rounded(const NestedDual& dual) {
  return Polynomial(dual.coefficient.begin(), dual.coefficient.end());
}

Polynomial sum(Polynomial a, const Polynomial& b) {
  for (std::size_t s = 0; s < a.size(); ++s) a[s] += b[s];
  return a;
}

double dot(const Polynomial& a, const Polynomial& b) {
  double total = 0;
  for (std::size_t s = 0; s < a.size(); ++s) total += a[s] * b[s];
  return total;
}

// The functions under test for one number n of variables.
template <int n>
struct Algebra {
  static constexpr int variables = n;
  static constexpr std::size_t size = coefficient_count(n);

  static Polynomial product(const Polynomial& a, const Polynomial& b) {
    Polynomial out(size, 0.0);
    add_product<n>(a.data(), b.data(), out.data());
    return out;
  }
  static Polynomial correlation(const Polynomial& y, const Polynomial& g) {
    Polynomial out(size, 0.0);
    add_correlation<n>(y.data(), g.data(), out.data());
    return out;
  }
  // Rows 0 .. orders - 1 of the composition, one after the other.
  template <int orders>
  static Polynomial composition(const Polynomial& derivatives, const Polynomial& z) {
    using Rows = ComposeRows<n, orders>;
    Polynomial work(Rows::total, -1.0);
    double* rows[n + orders];
    for (int j = 0; j < n + orders; ++j) rows[j] = work.data() + Rows::offset(j);
    compose<n, orders>(derivatives.data(), z.data(), rows);
    work.resize(orders * size);
    return work;
  }
};

// Calls body(Algebra<n>, random) for n = 0 .. kMaxVariables.
template <class Body>
void for_each_algebra(Body&& body) {
  Random random(7);
  unrolled<kMaxVariables + 1>([&](auto n) {
    SCOPED_TRACE("variables: " + std::to_string(n));
    body(Algebra<n>{}, random);
  });
}

TEST(Subset, countsItsCoefficients) {
  EXPECT_EQ(coefficient_count(0), 1u);
  EXPECT_EQ(coefficient_count(8), 256u);
  EXPECT_EQ(full_subset(0), 0u);
  EXPECT_EQ(full_subset(5), 31u);
}

TEST(Subset, productIsTheSumOverDisjointPairs) {
  for_each_algebra([](auto algebra, Random& random) {
    const Polynomial a = random_integers(random, algebra.size, -9, 9);
    const Polynomial b = random_integers(random, algebra.size, -9, 9);
    EXPECT_EQ(algebra.product(a, b), rounded(naive(a) * naive(b)));
  });
}

TEST(Subset, productIsAddedToWhatIsThere) {
  for_each_algebra([](auto algebra, Random& random) {
    constexpr int n = decltype(algebra)::variables;
    const Polynomial a = random_integers(random, algebra.size, -9, 9);
    const Polynomial start = random_integers(random, algebra.size, -9, 9);
    Polynomial out = start;
    add_product<n>(a.data(), a.data(), out.data());
    EXPECT_EQ(out, sum(start, algebra.product(a, a)));
    out = start;
    add_correlation<n>(a.data(), a.data(), out.data());
    EXPECT_EQ(out, sum(start, algebra.correlation(a, a)));
  });
}

TEST(Subset, productMakesARing) {
  for_each_algebra([](auto ring, Random& random) {
    const Polynomial a = random_integers(random, ring.size, -9, 9);
    const Polynomial b = random_integers(random, ring.size, -9, 9);
    const Polynomial c = random_integers(random, ring.size, -9, 9);
    Polynomial one(ring.size, 0.0);
    one[0] = 1;
    EXPECT_EQ(ring.product(a, one), a);
    EXPECT_EQ(ring.product(a, b), ring.product(b, a));
    EXPECT_EQ(ring.product(ring.product(a, b), c), ring.product(a, ring.product(b, c)));
    EXPECT_EQ(ring.product(a, sum(b, c)), sum(ring.product(a, b), ring.product(a, c)));
  });
}

TEST(Subset, correlationIsTheSumOverSupersets) {
  for_each_algebra([](auto algebra, Random& random) {
    const Polynomial y = random_integers(random, algebra.size, -9, 9);
    const Polynomial g = random_integers(random, algebra.size, -9, 9);
    Polynomial expected(algebra.size, 0.0);
    for (std::size_t t = 0; t < algebra.size; ++t) {
      for (std::size_t s = 0; s < algebra.size; ++s) {
        if ((s & t) == t) expected[t] += y[s] * g[s - t];
      }
    }
    EXPECT_EQ(algebra.correlation(y, g), expected);
  });
}

TEST(Subset, correlationIsTheTransposeOfTheProduct) {
  for_each_algebra([](auto algebra, Random& random) {
    const Polynomial a = random_integers(random, algebra.size, -9, 9);
    const Polynomial b = random_integers(random, algebra.size, -9, 9);
    const Polynomial y = random_integers(random, algebra.size, -9, 9);
    EXPECT_EQ(dot(algebra.product(a, b), y), dot(b, algebra.correlation(y, a)));
  });
}

TEST(Subset, compositionIsTheSumOverSetPartitions) {
  for_each_algebra([](auto algebra, Random& random) {
    constexpr int n = decltype(algebra)::variables;
    const Polynomial z = random_integers(random, algebra.size, -3, 3);
    const Polynomial derivatives = random_integers(random, n + 2, -3, 3);
    const std::vector<Real> function(derivatives.begin(), derivatives.end());
    const std::vector<Real> derivative(function.begin() + 1, function.end());
    const Polynomial first = rounded(composed(function, naive(z)));
    const Polynomial second = rounded(composed(derivative, naive(z)));
    EXPECT_EQ(algebra.template composition<1>(derivatives, z), first);
    Polynomial both = first;
    both.insert(both.end(), second.begin(), second.end());
    EXPECT_EQ(algebra.template composition<2>(derivatives, z), both);
  });
}

TEST(Subset, compositionOfOnesCountsSetPartitions) {
  constexpr double bell_numbers[] = {1, 1, 2, 5, 15, 52, 203, 877, 4140};
  for_each_algebra([&](auto algebra, Random&) {
    constexpr int n = decltype(algebra)::variables;
    const Polynomial ones(algebra.size, 1.0);
    const Polynomial derivatives(n + 1, 1.0);
    EXPECT_EQ(algebra.template composition<1>(derivatives, ones).back(), bell_numbers[n]);
  });
}

TEST(Subset, nonNegativeStaysNonNegative) {
  for_each_algebra([](auto algebra, Random& random) {
    constexpr int n = decltype(algebra)::variables;
    const Polynomial a = random_integers(random, algebra.size, 0, 2);
    const Polynomial b = random_integers(random, algebra.size, 0, 2);
    const Polynomial derivatives = random_integers(random, n + 2, 0, 2);
    for (const double c : algebra.product(a, b)) EXPECT_GE(c, 0);
    for (const double c : algebra.correlation(a, b)) EXPECT_GE(c, 0);
    for (const double c : algebra.template composition<2>(derivatives, a)) EXPECT_GE(c, 0);
  });
}

}  // namespace
}  // namespace finn::core
