#include "ops/positivity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/deviation.hpp"

namespace finn::ops {
namespace {

using Real = long double;

struct Map {
  Positivity positivity;
  const char* name;
  Real (*reference)(Real);
};

constexpr Map kMaps[] = {
    {Positivity::none, "none", [](Real x) { return x; }},
    {Positivity::abs, "abs", [](Real x) { return x < 0 ? -x : x; }},
    {Positivity::softplus, "softplus", [](Real x) { return std::log(1 + std::exp(x)); }},
    {Positivity::square, "square", [](Real x) { return x * x; }},
    {Positivity::exp, "exp", [](Real x) { return std::exp(x); }},
};

template <class T>
class PositivityOf : public ::testing::Test {
 protected:
  static constexpr Real kEpsilon = std::numeric_limits<T>::epsilon();

  // Calls body(map, parameter) over [-8, 8], without the kink at 0.
  template <class Body>
  static void for_each_parameter(Body&& body) {
    for (const Map& map : kMaps) {
      SCOPED_TRACE(map.name);
      for (int i = -64; i <= 64; ++i) {
        if (i != 0) body(map, static_cast<T>(i) / 8);
      }
    }
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(PositivityOf, Elements);

template <class T>
T mapped_weight(Positivity positivity, T parameter) {
  T weight = 0;
  map_weights(positivity, &parameter, 1, &weight);
  return weight;
}

template <class T>
T mapped_weight_derivative(Positivity positivity, T parameter) {
  T adjoint = 1;
  pull_back_weights(positivity, &parameter, 1, &adjoint);
  return adjoint;
}

TYPED_TEST(PositivityOf, mapsParametersAsItsNameSays) {
  this->for_each_parameter([this](const Map& map, TypeParam parameter) {
    const Real expected = map.reference(parameter);
    EXPECT_TRUE(test::is_near(mapped_weight(map.positivity, parameter), expected,
                              4 * this->kEpsilon * std::fabs(expected)));
  });
}

TYPED_TEST(PositivityOf, hasTheSlopeOfTheMap) {
  this->for_each_parameter([this](const Map& map, TypeParam parameter) {
    Real x = parameter;
    const Real slope = test::central_difference(x, [&] { return map.reference(x); });
    EXPECT_TRUE(
        test::is_near(mapped_weight_derivative(map.positivity, parameter), slope,
                      8 * this->kEpsilon * std::fabs(slope) + 1e-12L * (1 + std::fabs(slope))));
  });
}

TYPED_TEST(PositivityOf, givesWeightsThatAreNotNegative) {
  for (const Map& map : kMaps) {
    if (map.positivity == Positivity::none) continue;
    for (const double parameter : {-1e30, -1000.0, -80.0, -1e-30, 0.0, 1e-30, 1.0, 80.0}) {
      EXPECT_GE(mapped_weight(map.positivity, static_cast<TypeParam>(parameter)), 0)
          << map.name << " of " << parameter;
    }
  }
}

TYPED_TEST(PositivityOf, leavesParametersAloneWithoutAMap) {
  EXPECT_EQ(mapped_weight(Positivity::none, TypeParam(-3)), -3);
  EXPECT_EQ(mapped_weight_derivative(Positivity::none, TypeParam(-3)), 1);
}

TYPED_TEST(PositivityOf, servesArraysOfAnyLengthInPlace) {
  for (const Map& map : kMaps) {
    for (const std::int64_t count : {0, 1, 31, 255, 256, 257, 1000}) {
      std::vector<TypeParam> parameters, weights, adjoints;
      for (std::int64_t i = 0; i < count; ++i) {
        parameters.push_back(static_cast<TypeParam>(i % 17 - 8) / 2);
      }
      weights = parameters;
      map_weights(map.positivity, weights.data(), count, weights.data());
      adjoints.assign(parameters.size(), 3);
      pull_back_weights(map.positivity, parameters.data(), count, adjoints.data());
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        EXPECT_EQ(weights[i], mapped_weight(map.positivity, parameters[i])) << map.name;
        EXPECT_EQ(adjoints[i], 3 * mapped_weight_derivative(map.positivity, parameters[i]));
      }
    }
  }
}

TYPED_TEST(PositivityOf, absHasNoSlopeAtItsKink) {
  EXPECT_EQ(mapped_weight_derivative(Positivity::abs, TypeParam(0)), 0);
}

TEST(ParameterOfWeight, invertsTheMap) {
  for (const Map& map : kMaps) {
    for (double weight = 1e-12; weight < 1e6; weight *= 1.7) {
      const double parameter = parameter_of_weight(map.positivity, weight);
      EXPECT_TRUE(test::is_near(mapped_weight(map.positivity, parameter), weight, 1e-14 * weight))
          << map.name;
    }
  }
}

TEST(ParameterOfWeight, isThePositiveOneOfTwo) {
  EXPECT_EQ(parameter_of_weight(Positivity::abs, 0.25), 0.25);
  EXPECT_EQ(parameter_of_weight(Positivity::square, 0.25), 0.5);
}

}  // namespace
}  // namespace finn::ops
