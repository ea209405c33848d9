#include "ops/reduce.hpp"

#include <algorithm>
#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

Features naive_feature_sum(const Features& x, Real factor) {
  NestedDual sum(0);
  for (const NestedDual& feature : x) sum = sum + feature;
  return {factor * sum};
}

TEST(Reduce, sumsFeatures) {
  for (const int features : {1, 2, 9}) {
    test::expect_operation(
        {{{0, features}}}, [](auto& tape, const auto& x, auto) { return sum_features(tape, x[0]); },
        [](const test::Sample& sample, const std::vector<Real>&) {
          return naive_feature_sum(sample[0], 1);
        });
  }
}

TEST(Reduce, averagesFeatures) {
  for (const int features : {1, 2, 9}) {
    test::expect_operation(
        {{{0, features}}},
        [](auto& tape, const auto& x, auto) { return mean_features(tape, x[0]); },
        [=](const test::Sample& sample, const std::vector<Real>&) {
          return naive_feature_sum(sample[0], Real(1) / features);
        });
  }
}

template <class T>
class SumSamples : public ::testing::Test {
 protected:
  // Values 1, 2, 3 .. of feature 0 and 100 times that of feature 1; padding repeats the last.
  core::Jet<T> begin(int samples) {
    tape_.begin(samples, core::Mode::record);
    const core::Jet<T> x = tape_.value(2);
    for (int i = 0; i < x.lanes; ++i) {
      x.row(0, 0)[i] = static_cast<T>(std::min(i, samples - 1) + 1);
      x.row(0, 1)[i] = 100 * x.row(0, 0)[i];
    }
    return x;
  }

  const std::vector<int> sizes_{1, 5, core::kPackLanes<T>, core::kPackLanes<T> + 1,
                                core::kTileLanes<T>};
  core::Tape<T> tape_;
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(SumSamples, Elements);

TYPED_TEST(SumSamples, givesEveryLaneTheSumWithoutThePadding) {
  for (const int samples : this->sizes_) {
    const core::Jet<TypeParam> y = sum_samples(this->tape_, this->begin(samples));
    const TypeParam sum = static_cast<TypeParam>(samples * (samples + 1) / 2);
    EXPECT_EQ(y.features, 2);
    EXPECT_EQ(std::count(y.row(0, 0), y.row(0, 0) + y.lanes, sum), y.lanes);
    EXPECT_EQ(std::count(y.row(0, 1), y.row(0, 1) + y.lanes, 100 * sum), y.lanes);
  }
}

TYPED_TEST(SumSamples, givesEverySampleTheAdjointsOfAllLanes) {
  for (const int samples : this->sizes_) {
    const core::Jet<TypeParam> x = this->begin(samples);
    const core::Jet<TypeParam> y = sum_samples(this->tape_, x);
    std::fill_n(x.adjoint, 2 * x.lanes, TypeParam(10));
    y.adjoint_row(0, 0)[0] = 3;
    y.adjoint_row(0, 0)[samples - 1] += 4;
    y.adjoint_row(0, 1)[0] = -5;
    this->tape_.sweep();
    for (int i = 0; i < x.lanes; ++i) {
      EXPECT_EQ(x.adjoint_row(0, 0)[i], i < samples ? 17 : 10) << "lane " << i;
      EXPECT_EQ(x.adjoint_row(0, 1)[i], i < samples ? 5 : 10) << "lane " << i;
    }
  }
}

}  // namespace
}  // namespace finn::ops
