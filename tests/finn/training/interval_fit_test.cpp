#include "finn/training/interval_fit.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/row_noise.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class FitOfIntervals : public testing::Test {
 protected:
  FitOfIntervals() { fit_.begin(model_, Loss::interval_likelihood); }

  const Model<double> model_ = test::model_of<double>(test::settings_of(2));
  // A bin in each variable, a number and a bin, and two numbers.
  const std::vector<double> x_ = {0, 0, 0.25, 0, 0.125, 0.25},
                            y_ = {0.5, 0.25, 0.25, 0.25, 0.125, 0.25}, weights_ = {5, 0, 1};
  IntervalFit<double> fit_;
};

TEST_F(FitOfIntervals, isOneForTheirLossAlone) {
  EXPECT_TRUE(fit_.is_one());
  fit_.begin(model_, Loss::negative_log_likelihood);
  EXPECT_FALSE(fit_.is_one());
}

TEST_F(FitOfIntervals, hasPointsThatStandForItsRowsAsOftenAsTheirWeightsSay) {
  ArrayRows rows({x_.data(), y_.data(), 3, weights_.data()}, 2, 2);
  const RowBlock points = fit_.first_points(model_, rows, RowOrder(3), 0);
  ASSERT_EQ(points.count, 3);
  EXPECT_TRUE(points.weights.empty());
  const bool is_first = points.x[0] == 0.25 && points.x[1] == 0.125;
  EXPECT_TRUE(is_first) << "five of six rows";
  EXPECT_EQ(points.x[2], 0.25);
  for (std::size_t i = 0; i < 6; i += 2) {
    const bool is_bin = points.x[i] == 0.25, is_point = points.x[i] == 0.125;
    EXPECT_TRUE(is_bin || is_point);
  }
  RowBlock batch;
  batch.resize(3, 2, 2, true, false);
  batch.x = x_;
  batch.y = y_;
  EXPECT_EQ(fit_.points_of(model_, batch).x,
            (std::vector<double>{0.25, 0.125, 0.25, 0.125, 0.125, 0.25}));
}

TEST_F(FitOfIntervals, countsWeightsAsRows) {
  ArrayRows counts({x_.data(), y_.data(), 3, weights_.data()}, 2, 2);
  EXPECT_EQ(counted_rows(counts, 3), 6);
  EXPECT_EQ(counted_rows(counts, 2), 4);
  const std::vector<double> shares = {0.5, 0.25, 0.25};
  ArrayRows probabilities({x_.data(), y_.data(), 3, shares.data()}, 2, 2);
  EXPECT_EQ(counted_rows(probabilities, 3), 3);
}

// By noise of a fit to 10 rows.
TEST_F(FitOfIntervals, movesWhatIsKnownAndKeepsIntervalsOrTakesAPlaceInThem) {
  const std::vector<double> points = test::points_in(model_.box(), 10);
  ArrayRows rows({points.data(), nullptr, 10}, 2, 1);
  RowNoise<double> noise;
  noise.begin(model_, rows, 10, 100);
  core::Random random(4);
  int places = 0;
  for (int k = 0; k < 200; ++k) {
    double lower[] = {0.25, 0}, upper[] = {0.25, 0.25};
    fit_.move(model_, noise, random, lower, upper);
    EXPECT_NE(lower[0], 0.25);
    EXPECT_EQ(lower[0], upper[0]);
    EXPECT_GE(lower[1], 0);
    EXPECT_LE(upper[1], 0.25);
    places += lower[1] == upper[1] ? 1 : 0;
    EXPECT_TRUE(lower[1] == upper[1] || (lower[1] == 0 && upper[1] == 0.25));
  }
  EXPECT_GT(places, 5);
  EXPECT_LT(places, 50);
}

}  // namespace
}  // namespace finn::net
