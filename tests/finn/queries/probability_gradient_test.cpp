#include "finn/queries/probability_gradient.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/gradient_support.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class ProbabilityGradient : public ::testing::Test {
 protected:
  static std::int64_t count_of(const std::vector<double>& rows, int columns) {
    return static_cast<std::int64_t>(rows.size()) / columns;
  }
  std::vector<double> cdfs(const Distribution& of, const std::vector<double>& rows) {
    std::vector<double> values(static_cast<std::size_t>(count_of(rows, of.columns())));
    orthant_probability(of, workspace_, Side::below, rows.data(), count_of(rows, of.columns()),
                        values.data());
    return values;
  }
  std::vector<double> of_cdf(const Distribution& of, const std::vector<double>& rows) {
    std::vector<double> values(rows.size());
    cdf_gradient(of, workspace_, rows.data(), count_of(rows, of.columns()), values.data());
    return values;
  }
  // Rows of lower, upper and given, side by side.
  std::vector<double> probabilities(const Distribution& of, const std::vector<double>& rows) {
    const Split split(of, rows);
    std::vector<double> values(static_cast<std::size_t>(split.count));
    box_probability(of, workspace_, {split.lower.data(), split.upper.data(), nullptr},
                    split.given.data(), split.count, values.data(), nullptr);
    return values;
  }
  std::vector<double> of_boxes(const Distribution& of, const std::vector<double>& rows) {
    const Split split(of, rows);
    Split to = split;
    box_gradient(of, workspace_, {split.lower.data(), split.upper.data(), nullptr},
                 split.given.data(), split.count,
                 {to.lower.data(), to.upper.data(), to.given.data()});
    return to.joined();
  }

  struct Split {
    Split(const Distribution& of, const std::vector<double>& rows)
        : n(of.variables()), columns(of.columns() + n), count(count_of(rows, columns)) {
      for (std::size_t at = 0; at < rows.size(); ++at) {
        const auto column = static_cast<int>(at) % columns;
        (column < n ? lower : column < 2 * n ? upper : given).push_back(rows[at]);
      }
    }
    std::vector<double> joined() const {
      std::vector<double> rows;
      const auto add = [&](const std::vector<double>& part, std::int64_t row, int width) {
        for (int i = 0; i < width; ++i) {
          rows.push_back(part[static_cast<std::size_t>(row * width + i)]);
        }
      };
      for (std::int64_t row = 0; row < count; ++row) {
        add(lower, row, n);
        add(upper, row, n);
        add(given, row, columns - 2 * n);
      }
      return rows;
    }

    int n, columns;
    std::int64_t count;
    std::vector<double> lower, upper, given;
  };

  template <class Answers>
  static void expect_differences(const std::vector<double>& rows, int columns,
                                 const std::vector<double>& exact, Answers&& answers) {
    for (int column = 0; column < columns; ++column) {
      const auto reference = test::by_column(rows, columns, column, answers);
      for (std::size_t r = 0; r < reference.size(); ++r) {
        const auto at = r * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
        EXPECT_NEAR(exact[at], reference[r], 1e-8 * (1 + std::abs(reference[r])))
            << "row " << r << ", column " << column;
      }
    }
  }

  Workspace workspace_{2};
};

TEST_F(ProbabilityGradient, ofTheCdfIsTheDifferenceOfCdfs) {
  for (const test::GradientCase& tried : test::gradient_cases()) {
    SCOPED_TRACE(tried.name);
    const Distribution& of = tried.distribution;
    const std::vector<double> rows = test::rows_of(of, 3);
    expect_differences(rows, of.columns(), of_cdf(of, rows),
                       [&](const std::vector<double>& moved) { return cdfs(of, moved); });
  }
}

TEST_F(ProbabilityGradient, ofBoxesIsTheDifferenceOfProbabilities) {
  for (const test::GradientCase& tried : test::gradient_cases()) {
    SCOPED_TRACE(tried.name);
    const Distribution& of = tried.distribution;
    const std::vector<double> from = test::rows_of(of, 3, 3), to = test::rows_of(of, 3, 4);
    std::vector<double> rows;
    const auto n = static_cast<std::size_t>(of.variables());
    const auto columns = static_cast<std::size_t>(of.columns());
    for (std::size_t at = 0; at < from.size(); at += columns) {
      for (std::size_t i = 0; i < n; ++i) rows.push_back(std::min(from[at + i], to[at + i]));
      for (std::size_t i = 0; i < n; ++i) rows.push_back(std::max(from[at + i], to[at + i]));
      rows.insert(rows.end(), from.begin() + static_cast<std::ptrdiff_t>(at + n),
                  from.begin() + static_cast<std::ptrdiff_t>(at + columns));
    }
    expect_differences(rows, static_cast<int>(columns + n), of_boxes(of, rows),
                       [&](const std::vector<double>& moved) { return probabilities(of, moved); });
  }
}

TEST_F(ProbabilityGradient, isZeroByLimitsThatAreInfiniteOrBeyond) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto of = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  for (const double beyond : {infinity, 9.0}) {
    const std::vector<double> gradient = of_cdf(of, {beyond, 0.1});
    EXPECT_EQ(gradient[0], 0);
    EXPECT_GT(gradient[1], 0);
    EXPECT_EQ(of_cdf(of, {-beyond, 0.1}), std::vector<double>(2));
    const std::vector<double> box = of_boxes(of, {-beyond, -0.5, 0.25, beyond});
    EXPECT_EQ(box[0], 0);
    EXPECT_LT(box[1], 0);
    EXPECT_GT(box[2], 0);
    EXPECT_EQ(box[3], 0);
  }
}

// Within the domain, but cut off by the distribution.
TEST_F(ProbabilityGradient, isZeroByLimitsBeyondATruncation) {
  const auto whole = Distribution::of(test::moved_model(test::settings_of(1)), 0);
  const double lower = -0.5, upper = 0.25;
  const auto cut = whole.truncated(&lower, &upper);
  EXPECT_EQ(of_boxes(cut, {-0.75, 0.4}), std::vector<double>(2));
  EXPECT_EQ(of_cdf(cut, {-0.75, 0.4}), std::vector<double>(2));
  EXPECT_GT(of_cdf(cut, {0.1})[0], 0);
}

}  // namespace
}  // namespace finn::net
