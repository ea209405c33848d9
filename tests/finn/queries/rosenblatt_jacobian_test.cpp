#include "finn/queries/rosenblatt_jacobian.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/rosenblatt.hpp"
#include "tests/finn/queries/gradient_support.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class RosenblattJacobian : public ::testing::Test {
 protected:
  std::vector<double> transform(const Distribution& of, const std::vector<double>& rows) {
    const auto count = static_cast<std::int64_t>(rows.size()) / of.columns();
    std::vector<double> u(static_cast<std::size_t>(count * of.variables()));
    rosenblatt(of, workspace_, rows.data(), count, u.data());
    return u;
  }

  Workspace workspace_{2};
};

TEST_F(RosenblattJacobian, isTheDifferenceOfTheTransform) {
  for (const test::GradientCase& tried : test::gradient_cases()) {
    SCOPED_TRACE(tried.name);
    const Distribution& of = tried.distribution;
    const auto n = static_cast<std::size_t>(of.variables());
    const auto columns = static_cast<std::size_t>(of.columns());
    const std::vector<double> rows = test::rows_of(of, 3);
    std::vector<double> jacobian(3 * n * columns);
    rosenblatt_jacobian(of, workspace_, rows.data(), 3, jacobian.data(), nullptr);
    for (std::size_t column = 0; column < columns; ++column) {
      const auto reference =
          test::by_column(rows, of.columns(), static_cast<int>(column),
                          [&](const std::vector<double>& moved) { return transform(of, moved); });
      for (std::size_t at = 0; at < reference.size(); ++at) {
        EXPECT_NEAR(jacobian[at * columns + column], reference[at],
                    1e-7 * (1 + std::abs(reference[at])))
            << "number " << at << ", column " << column;
        if (column < n && column > at % n) {
          EXPECT_EQ(jacobian[at * columns + column], 0);
        }
      }
    }
  }
}

// dx/du against differences of conditional quantiles.
TEST_F(RosenblattJacobian, hasAnInverseThatIsTheDifferenceOfQuantiles) {
  for (const auto& settings : {test::settings_of(3), test::mixture_settings_of(3)}) {
    const auto of = Distribution::of(test::moved_model(settings), 0);
    const std::vector<double> u{0.3, 0.6, 0.8};
    const auto points = [&](const std::vector<double>& at) {
      std::vector<double> x(3);
      inverse_rosenblatt(of, workspace_, at.data(), nullptr, 1, x.data());
      return x;
    };
    const std::vector<double> x = points(u);
    std::vector<double> inverse(9);
    rosenblatt_jacobian(of, workspace_, x.data(), 1, nullptr, inverse.data());
    for (int column = 0; column < 3; ++column) {
      const auto reference = test::by_column(u, 3, column, points);
      for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_NEAR(inverse[k * 3 + static_cast<std::size_t>(column)], reference[k],
                    1e-7 * (1 + std::abs(reference[k])));
      }
    }
  }
}

TEST_F(RosenblattJacobian, hasNoInverseWhereTheDensityIsZero) {
  const auto of = Distribution::of(test::narrow_mixture(1, 200), 0);
  const double x = 0.45;
  double jacobian = 1, inverse = 0;
  rosenblatt_jacobian(of, workspace_, &x, 1, &jacobian, &inverse);
  EXPECT_EQ(jacobian, 0);
  EXPECT_FALSE(std::isfinite(inverse));
}

}  // namespace
}  // namespace finn::net
