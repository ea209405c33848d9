// The family of sigma, every order in the family of every top order, on every instruction set,
// against 35-digit values and a naive reference in long double. The errors themselves are measured
// by tests/accuracy.
#include "ops/kernels/sigma.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cfenv>
#include <limits>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"
#include "tests/support/deviation.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/instruction_sets.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/sigma_family.hpp"

namespace finn::ops {
namespace {

using test::allowed_error;
using test::for_each_instruction_set;
using test::kLowest;
using test::kTop;
using test::Real;

template <class T>
constexpr T kInfinity = std::numeric_limits<T>::infinity();
template <class T>
constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();

template <class T>
using Family = test::SigmaFamily<T>;

template <class T>
class Sigma : public ::testing::Test {
 protected:
  // From the left tail, where all is 0, to the right one, where the Gaussian is.
  static constexpr T kLimit = sizeof(T) == 4 ? T(15) : T(30);

  static std::vector<T> sweep(int count) {
    std::vector<T> x;
    for (int i = 0; i <= count; ++i) {
      x.push_back(kLimit * (static_cast<T>(2 * i) / static_cast<T>(count) - 1));
    }
    return x;
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Sigma, Elements);

TEST(NaiveSigma, agreesWithTheGoldenValues) {
  const std::vector<test::GoldenSigma> rows = test::golden_sigma();
  ASSERT_EQ(rows.size(), 720u);
  for (const test::GoldenSigma& row : rows) {
    EXPECT_TRUE(test::is_near(test::naive_sigma(row.order, row.x), row.value,
                              1e-15L * std::fabs(test::magnitude(row.order, row.x, row.value))))
        << "sigma_" << row.order << " at " << row.x;
  }
}

TEST(Sigma, agreesWithTheGoldenValues) {
  const std::vector<test::GoldenSigma> rows = test::golden_sigma();
  std::vector<double> x;
  for (const test::GoldenSigma& row : rows) x.push_back(row.x);
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<double> family(set, kTop, x);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_TRUE(test::is_near(family(rows[i].order, i), rows[i].value,
                                allowed_error<double>(rows[i].order, x[i], rows[i].value)))
          << "sigma_" << rows[i].order << " at " << x[i];
    }
  });
}

TYPED_TEST(Sigma, agreesWithTheNaiveReference) {
  const std::vector<TypeParam> x = this->sweep(777);
  std::vector<std::vector<Real>> expected;
  for (const TypeParam argument : x) {
    expected.push_back(test::naive_sigma_derivatives(kTop, kTop - kLowest + 1, argument));
  }
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> family(set, kTop, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (int order = kLowest; order <= kTop; ++order) {
        const Real value = expected[i][static_cast<std::size_t>(kTop - order)];
        EXPECT_TRUE(
            test::is_near(family(order, i), value, allowed_error<TypeParam>(order, x[i], value)))
            << "sigma_" << order << " at " << x[i];
      }
    }
  });
}

TYPED_TEST(Sigma, hasTheSameBitsInEveryFamily) {
  const std::vector<TypeParam> x = this->sweep(1003);
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> all(set, kTop, x);
    for (int top = 1; top < kTop; ++top) {
      const Family<TypeParam> family(set, top, x);
      for (std::size_t i = 0; i < x.size(); ++i) {
        for (int order = kLowest; order <= top; ++order) {
          ASSERT_EQ(family(order, i), all(order, i)) << order << " of " << top << " at " << x[i];
        }
      }
    }
  });
}

TYPED_TEST(Sigma, isNeverNegative) {
  const std::vector<TypeParam> x = this->sweep(100003);
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> family(set, kTop, x);
    int negative = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (int order = 0; order <= kTop; ++order) {
        negative += family(order, i) >= 0 && !std::signbit(family(order, i)) ? 0 : 1;
      }
    }
    EXPECT_EQ(negative, 0);
  });
}

// Neighbouring numbers around some points of every binade.
template <class T>
std::vector<T> neighbours() {
  std::vector<T> x;
  for (const double start :
       {-13.0, -8.5, -3.9, -1.9, -0.97, -0.4, -0.2, -0.06, -1e-3, -1e-30, 0.0,
        1e-30, 1e-3, 0.06, 0.2,  0.4,   0.97, 1.9,  3.9,   9.0,   1e5,    1e9}) {
    T at = static_cast<T>(start);
    for (int i = 0; i < 3000; ++i) {
      x.push_back(at);
      at = std::nextafter(at, kInfinity<T>);
    }
  }
  return x;
}

TYPED_TEST(Sigma, decreasesByOneUlpAtMostFromANumberToTheNext) {
  using Bits = std::conditional_t<sizeof(TypeParam) == 4, std::int32_t, std::int64_t>;
  const std::vector<TypeParam> x = neighbours<TypeParam>();
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> family(set, kTop, x);
    for (int order = 1; order <= kTop; ++order) {
      Bits worst = 0;
      for (std::size_t i = 1; i < x.size(); ++i) {
        const Bits step =
            std::bit_cast<Bits>(family(order, i - 1)) - std::bit_cast<Bits>(family(order, i));
        worst = std::max(worst, step);
      }
      EXPECT_LE(worst, 1) << "order " << order;
    }
  });
}

TYPED_TEST(Sigma, hasItsLimitsAtInfinity) {
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> family(set, kTop, {-kInfinity<TypeParam>, kInfinity<TypeParam>});
    for (int order = kLowest; order <= kTop; ++order) {
      EXPECT_EQ(family(order, 0), 0) << "order " << order;
      const TypeParam right = order > 1 ? kInfinity<TypeParam> : static_cast<TypeParam>(order == 1);
      EXPECT_EQ(family(order, 1), right) << "order " << order;
    }
  });
}

TYPED_TEST(Sigma, isAPowerFarToTheRightAndZeroFarToTheLeft) {
  const std::vector<TypeParam> x{TypeParam(-1e30),  TypeParam(1e30),   TypeParam(-1e3),
                                 TypeParam(131071), TypeParam(0x1p17), TypeParam(131073)};
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> family(set, kTop, x);
    for (const std::size_t right : {1u, 3u, 4u, 5u}) {
      Real power = 1;
      for (int order = 1; order <= kTop; ++order) {
        if (power > std::numeric_limits<TypeParam>::max()) {
          EXPECT_EQ(family(order, right), kInfinity<TypeParam>) << "order " << order;
        } else {
          // The next term of the expansion is (order - 1)(order - 2)/4 x^-2 of the first.
          const Real value = power * (1 + Real(order - 1) * (order - 2) / 4 / x[right] / x[right]);
          EXPECT_TRUE(test::is_near(family(order, right), value,
                                    allowed_error<TypeParam>(order, x[right], value)))
              << "order " << order << " at " << x[right];
        }
        power *= Real(x[right]) / order;
      }
      for (int order = kLowest; order <= 0; ++order) EXPECT_EQ(family(order, right), 0);
    }
    for (int order = kLowest; order <= kTop; ++order) {
      EXPECT_EQ(family(order, 0), 0);
      EXPECT_EQ(family(order, 2), 0);
    }
  });
}

TYPED_TEST(Sigma, ofNaNIsNaNInEveryOrder) {
  for_each_instruction_set([&](const InstructionSet& set) {
    for (int top = 1; top <= kTop; ++top) {
      const Family<TypeParam> family(set, top, {kNaN<TypeParam>});
      for (int order = kLowest; order <= top; ++order) {
        EXPECT_TRUE(std::isnan(family(order, 0))) << "order " << order << " of " << top;
      }
    }
  });
}

TYPED_TEST(Sigma, isSmoothThroughZero) {
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<TypeParam> x{
      0, -TypeParam(0), Limits::denorm_min(), -Limits::denorm_min(), Limits::min(), -Limits::min()};
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> family(set, kTop, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (int order = kLowest; order <= kTop; ++order) {
        const Real expected = test::naive_sigma(order, x[i]);
        EXPECT_TRUE(test::is_near(family(order, i), expected,
                                  allowed_error<TypeParam>(order, x[i], expected)))
            << "order " << order << " at " << x[i];
      }
    }
  });
}

TYPED_TEST(Sigma, dependsOnNothingButItsArgument) {
  const std::vector<TypeParam> values{TypeParam(-7.3), TypeParam(-0.2), TypeParam(0.9),
                                      TypeParam(11),   TypeParam(1e7),  kNaN<TypeParam>};
  for_each_instruction_set([&](const InstructionSet& set) {
    for (const TypeParam value : values) {
      const Family<TypeParam> alone(set, 4, {value});
      for (const TypeParam other : values) {
        for (std::size_t lane = 0; lane < 70; ++lane) {
          std::vector<TypeParam> x(70, other);
          x[lane] = value;
          const Family<TypeParam> family(set, 4, x);
          EXPECT_TRUE(family.rows().gaps_are_unset());
          for (int order = kLowest; order <= 4; ++order) {
            const TypeParam expected = alone(order, 0);
            if (std::isnan(expected)) continue;
            ASSERT_EQ(family(order, lane), expected) << value << " among " << other;
          }
        }
      }
    }
  });
}

TYPED_TEST(Sigma, servesArraysOfAnyLengthAndAlignment) {
  const std::vector<TypeParam> x = this->sweep(70);
  for_each_instruction_set([&](const InstructionSet& set) {
    const Family<TypeParam> all(set, 5, x);
    for (std::size_t first = 0; first < 9; ++first) {
      for (std::size_t length = 0; first + length <= x.size(); ++length) {
        const std::vector<TypeParam> part(x.begin() + static_cast<std::ptrdiff_t>(first),
                                          x.begin() + static_cast<std::ptrdiff_t>(first + length));
        const Family<TypeParam> family(set, 5, part);
        EXPECT_TRUE(family.rows().gaps_are_unset());
        for (std::size_t i = 0; i < length; ++i) {
          for (int order = kLowest; order <= 5; ++order) {
            ASSERT_EQ(family(order, i), all(order, first + i));
          }
        }
      }
    }
  });
}

// The largest x with x^power / power! at most the largest number.
template <class T>
T last_before_overflow(int power) {
  const auto value = [=](T x) {
    return std::pow(static_cast<Real>(x), static_cast<Real>(power)) / std::tgamma(Real(power) + 1);
  };
  T x = 1;
  for (T step = std::numeric_limits<T>::max() / 4; step > 0 && x + step != x; step /= 2) {
    while (value(x + step) <= static_cast<Real>(std::numeric_limits<T>::max())) x += step;
  }
  return x;
}

TYPED_TEST(Sigma, isFiniteUpToTheLargestNumber) {
  for (int order = 3; order <= kTop; ++order) {
    SCOPED_TRACE(order);
    const TypeParam last = last_before_overflow<TypeParam>(order - 1);
    const std::vector<TypeParam> x{last, 2 * last};
    for_each_instruction_set([&](const InstructionSet& set) {
      const Family<TypeParam> family(set, kTop, x);
      const Real expected = std::pow(static_cast<Real>(last), static_cast<Real>(order - 1)) /
                            std::tgamma(static_cast<Real>(order));
      EXPECT_NEAR(static_cast<double>(static_cast<Real>(family(order, 0)) / expected - 1), 0,
                  std::numeric_limits<TypeParam>::epsilon());
      EXPECT_EQ(family(order, 1), kInfinity<TypeParam>);
    });
  }
}

TYPED_TEST(Sigma, isZeroBelowTheSmallestNumberThatIsAskedFor) {
  const std::vector<TypeParam> x = this->sweep(4001);
  const auto length = static_cast<std::ptrdiff_t>(x.size());
  constexpr int rows = 12;
  const TypeParam smallest = Underflow<TypeParam>::factor;
  for_each_instruction_set([&](const InstructionSet& set) {
    std::vector<TypeParam> all(rows * x.size()), cut(all);
    const auto family = set.kernels<TypeParam>().sigma_family;
    family(kTop, rows, x.data(), length, all.data(), length, std::numeric_limits<TypeParam>::min());
    family(kTop, rows, x.data(), length, cut.data(), length, smallest);
    for (std::size_t i = 0; i < all.size(); ++i) {
      ASSERT_EQ(cut[i], std::abs(all[i]) < smallest ? 0 : all[i]);
    }
  });
}

TYPED_TEST(Sigma, raisesNoFlagsButInexact) {
  // Where no result overflows.
  const std::vector<TypeParam> x{
      -kInfinity<TypeParam>, TypeParam(-1e30), TypeParam(-9.3), TypeParam(-1), 0, 1, 12, 1000,
      kInfinity<TypeParam>,  kNaN<TypeParam>};
  for_each_instruction_set([&](const InstructionSet& set) {
    for (std::size_t length = 1; length <= x.size(); ++length) {
      std::feclearexcept(FE_ALL_EXCEPT);
      const Family<TypeParam> family(
          set, kTop,
          std::vector<TypeParam>(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(length)));
      EXPECT_EQ(std::fetestexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW), 0)
          << "with " << x[length - 1];
    }
  });
  std::feclearexcept(FE_ALL_EXCEPT);
}

TYPED_TEST(Sigma, gaussianHasTheBitsOfTheFamily) {
  std::vector<TypeParam> x = this->sweep(20011);
  x.insert(x.end(), {kInfinity<TypeParam>, -kInfinity<TypeParam>, TypeParam(0)});
  const auto length = static_cast<std::ptrdiff_t>(x.size());
  for_each_instruction_set([&](const InstructionSet& set) {
    std::vector<TypeParam> family(3 * x.size()), value(x.size()), slope(x.size());
    const KernelTable<TypeParam>& table = set.kernels<TypeParam>();
    constexpr TypeParam smallest = std::numeric_limits<TypeParam>::min();
    table.sigma_family(1, 3, x.data(), length, family.data(), length, smallest);
    table.gaussian(x.data(), length, value.data(), slope.data(), smallest);
    EXPECT_TRUE(std::equal(value.begin(), value.end(), family.begin() + length));
    EXPECT_TRUE(std::equal(slope.begin(), slope.end(), family.begin() + 2 * length));
    const TypeParam nan = kNaN<TypeParam>;
    table.gaussian(&nan, 1, value.data(), slope.data(), smallest);
    EXPECT_TRUE(std::isnan(value[0]) && std::isnan(slope[0]));
  });
}

}  // namespace
}  // namespace finn::ops
