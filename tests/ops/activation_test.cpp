#include "ops/activation.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/subset.hpp"
#include "tests/support/deviation.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/rows.hpp"

namespace finn::ops {
namespace {

using test::Real;
using test::Rows;

template <class T>
class ActivationOf : public ::testing::Test {
 protected:
  static constexpr Real kTolerance = sizeof(T) == 4 ? 1e-6L : 1e-14L;
  const std::vector<T> x_{T(-2), T(-0.5), T(0), T(0.25), T(1.5)};

  // count derivatives at x_ against reference(x).
  template <class Reference>
  void expect_derivatives(const Activation<T>& phi, int count, Reference&& reference) const {
    const Rows<T> rows(x_, count, [&](const T* lane, std::ptrdiff_t lanes, Rows<T>& out) {
      phi.derivatives(phi.order, count, lane, lanes, out.row(0), out.stride());
    });
    EXPECT_TRUE(rows.gaps_are_unset());
    for (std::size_t i = 0; i < x_.size(); ++i) {
      const std::vector<Real> expected = reference(Real(x_[i]));
      for (int k = 0; k < count; ++k) {
        const Real factorial = std::tgamma(Real(k + 1));
        EXPECT_TRUE(test::is_near(rows.row(k)[i], expected[static_cast<std::size_t>(k)],
                                  kTolerance * factorial))
            << "derivative " << k << " at " << x_[i];
      }
    }
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(ActivationOf, Elements);

TYPED_TEST(ActivationOf, sigmaGivesTheOrdersBelowItsOwn) {
  for (int order = 1; order <= core::kMaxVariables; ++order) {
    for (int count = 1; count <= core::kMaxVariables + 2; ++count) {
      SCOPED_TRACE(std::to_string(count) + " derivatives of sigma_" + std::to_string(order));
      this->expect_derivatives(sigma<TypeParam>(order), count, [&](Real x) {
        return test::naive_sigma_derivatives(order, count, x);
      });
    }
  }
}

// Rows of the family of sigma_1, bit by bit, for more than one piece.
TYPED_TEST(ActivationOf, sigmaDerivativeGivesTheOrdersBelow) {
  using T = TypeParam;
  std::vector<T> x = this->x_;
  while (x.size() < 100) x.push_back(x.back() - T(0.1));
  const Rows<T> family(x, 10, [](const T* lane, std::ptrdiff_t lanes, auto& out) {
    const Activation<T> phi = sigma<T>(1);
    phi.derivatives(phi.order, 10, lane, lanes, out.row(0), out.stride());
  });
  for (int order = 1; order <= 8; ++order) {
    const Rows<T> rows(x, 2, [&](const T* lane, std::ptrdiff_t lanes, auto& out) {
      const Activation<T> phi = sigma_derivative<T>(order);
      phi.derivatives(phi.order, 2, lane, lanes, out.row(0), out.stride());
    });
    for (int k = 0; k < 2; ++k) {
      for (std::size_t i = 0; i < x.size(); ++i)
        EXPECT_EQ(rows.row(k)[i], family.row(order + k)[i]);
    }
  }
}

TYPED_TEST(ActivationOf, sigmaHasItsDerivativeInItsFamily) {
  for (int order = 2; order <= core::kMaxVariables; ++order) {
    const Activation<TypeParam> phi = sigma<TypeParam>(order);
    ASSERT_GT(phi.derivative_order, 0) << order;
    const auto rows_of = [&](int of_order, int count) {
      return Rows<TypeParam>(
          this->x_, count, [&](const TypeParam* lane, std::ptrdiff_t lanes, Rows<TypeParam>& out) {
            phi.derivatives(of_order, count, lane, lanes, out.row(0), out.stride());
          });
    };
    const Rows<TypeParam> all = rows_of(phi.order, order + 2);
    const Rows<TypeParam> below = rows_of(phi.derivative_order, order + 1);
    for (int k = 0; k <= order; ++k) {
      for (std::size_t i = 0; i < this->x_.size(); ++i) {
        EXPECT_EQ(below.row(k)[i], all.row(k + 1)[i]) << order << " at " << this->x_[i];
      }
    }
  }
  EXPECT_EQ(sigma<TypeParam>(1).derivative_order, 0) << "there is no family of order 0";
  EXPECT_EQ(tanh<TypeParam>().derivative_order, 0);
}

TYPED_TEST(ActivationOf, tanhGivesItsDerivatives) {
  for (int count = 1; count <= core::kMaxVariables + 2; ++count) {
    SCOPED_TRACE(count);
    this->expect_derivatives(tanh<TypeParam>(), count,
                             [&](Real x) { return test::naive_tanh_derivatives(count, x); });
  }
}

// softplus' = (1 + tanh(x/2)) / 2.
std::vector<Real> naive_softplus_derivatives(int count, Real x) {
  std::vector<Real> derivatives{std::log1p(std::exp(x)), 1 / (1 + std::exp(-x))};
  const std::vector<Real> of_tanh = test::naive_tanh_derivatives(count, x / 2);
  for (int k = 2; k < count; ++k) {
    derivatives.push_back(of_tanh[static_cast<std::size_t>(k - 1)] / std::pow(Real(2), k));
  }
  return derivatives;
}

TYPED_TEST(ActivationOf, softplusGivesItsDerivatives) {
  for (int count = 1; count <= core::kMaxVariables + 2; ++count) {
    SCOPED_TRACE(count);
    this->expect_derivatives(softplus<TypeParam>(), count,
                             [&](Real x) { return naive_softplus_derivatives(count, x); });
  }
}

TYPED_TEST(ActivationOf, sineGivesItsDerivatives) {
  this->expect_derivatives(sine<TypeParam>(), core::kMaxVariables + 2, [&](Real x) {
    std::vector<Real> derivatives;
    for (int k = 0; k < core::kMaxVariables + 2; ++k) {
      derivatives.push_back((k / 2 % 2 == 0 ? 1 : -1) * (k % 2 == 0 ? std::sin(x) : std::cos(x)));
    }
    return derivatives;
  });
}

TYPED_TEST(ActivationOf, aTileOfAnyLengthGivesTheSameSoftplus) {
  for (const std::size_t length : {1u, 4u, 65u, 200u}) {
    const std::vector<TypeParam> x(length, TypeParam(0.75));
    const Rows<TypeParam> rows(x, 3, [&](const TypeParam* lane, std::ptrdiff_t lanes, auto& out) {
      const Activation<TypeParam> phi = softplus<TypeParam>();
      phi.derivatives(phi.order, 3, lane, lanes, out.row(0), out.stride());
    });
    EXPECT_TRUE(rows.gaps_are_unset());
    for (int k = 0; k < 3; ++k) {
      for (std::size_t i = 1; i < length; ++i) EXPECT_EQ(rows.row(k)[i], rows.row(k)[0]);
    }
  }
}

TEST(Activations, areListedInTheOrderOfTheirKinds) {
  int index = 0;
  for (const ActivationProperties& listed : kActivations) {
    EXPECT_EQ(static_cast<int>(listed.kind), index++);
    EXPECT_EQ(&properties(listed.kind), &listed);
  }
}

// What the table says of a family, tried.
TEST(Activations, haveTheSignsAndTheOrderThatTheTableSays) {
  const std::vector<double> x{-3, -1, -0.25, 0, 0.5, 2, 7};
  for (const ActivationProperties& listed : kActivations) {
    SCOPED_TRACE(listed.name);
    const int order = 3, count = order + 1;
    const Activation<double> phi = activation<double>(listed.kind, order);
    EXPECT_EQ(phi.order != activation<double>(listed.kind, order + 1).order, listed.has_order);
    const Rows<double> rows(x, count, [&](const double* lane, std::ptrdiff_t lanes, auto& out) {
      phi.derivatives(phi.order, count, lane, lanes, out.row(0), out.stride());
    });
    bool all = true;
    for (int k = 0; k < count; ++k) {
      for (std::size_t i = 0; i < x.size(); ++i) all = all && rows.row(k)[i] >= 0;
    }
    EXPECT_EQ(all, listed.non_negative);
  }
}

}  // namespace
}  // namespace finn::ops
