#include "finn/evaluation/integral_vjp.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::net {
namespace {

class IntegralVjp : public ::testing::Test {
 protected:
  double integral(const Model<double>& model, const Box& box) {
    double value = 0;
    integrate(model, workspace_, box, &value, nullptr, nullptr);
    return value;
  }
  // lower, then upper.
  std::vector<double> limits(const Model<double>& model, const Box& box, int threads = 1) {
    Workspace workspace(threads);
    const auto n = static_cast<std::size_t>(model.variables());
    std::vector<double> adjoint(2 * n);
    parameters_.resize(static_cast<std::size_t>(model.parameter_count()));
    const double one[] = {1, 1, 1};
    integral_vjp(model, workspace, box, nullptr, 3, one,
                 {nullptr, parameters_.data(), adjoint.data(), adjoint.data() + n, nullptr});
    for (double& slope : adjoint) slope /= 3;
    return adjoint;
  }

  Workspace workspace_{1};
  std::vector<double> parameters_;
};

TEST_F(IntegralVjp, byLimitsIsTheDifferenceOfIntegrals) {
  for (const auto& settings :
       {test::settings_of(3), test::signed_settings_of(3), test::mixture_settings_of(3)}) {
    const Model<double> model = test::model_of<double>(settings);
    const Box box = test::box_of({-0.6, -0.5, -0.9}, {0.2, 0.6, 0.3});
    const std::vector<double> exact = limits(model, box);
    for (std::size_t k = 0; k < 6; ++k) {
      const auto reference = test::central_differences(1e-3, [&](double offset) {
        Box moved = box;
        (k < 3 ? moved.lower[k] : moved.upper[k - 3]) += offset;
        return std::vector<double>{integral(model, moved)};
      });
      EXPECT_NEAR(exact[k], reference[0], 1e-8);
    }
  }
}

// Of a domain with edges, where a limit beyond them changes nothing.
TEST_F(IntegralVjp, byLimitsBeyondADomainIsZero) {
  ModelSettings settings = test::settings_of(2);
  settings.domain = box_domain(settings.box);
  const Model<double> model = test::model_of<double>(settings);
  const std::vector<double> adjoint = limits(model, test::box_of({-9, -0.5}, {0.2, 9}));
  EXPECT_EQ(adjoint[0], 0);
  EXPECT_EQ(adjoint[3], 0);
  EXPECT_LT(adjoint[1], 0);
  EXPECT_GT(adjoint[2], 0);
}

TEST_F(IntegralVjp, isTheSameBitsForAnyNumberOfThreads) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const Box box = test::box_of({-0.6, -0.5}, {0.2, 0.6});
  const std::vector<double> one = limits(model, box), of_one = parameters_;
  EXPECT_EQ(limits(model, box, 3), one);
  EXPECT_EQ(parameters_, of_one);
}

}  // namespace
}  // namespace finn::net
