#include "finn/queries/corner_mass.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::net {
namespace {

// Masses of one model, in units of its integral.
class Corners {
 public:
  explicit Corners(const Model<double>& model) : F_(model.antiderivative()) {
    corners_.set(F_, 0, tape_);
    whole_ = of(QueryRow(model.box())).value;
  }

  Mass of(const QueryRow& row) {
    const MassQuery query = row.query();
    Mass mass;
    corners_.evaluate(&query, 1, &mass);
    return {mass.value / whole_, mass.shift, mass.error / whole_};
  }

  std::vector<double> log_slopes(const QueryRow& row) {
    std::vector<double> slopes(static_cast<std::size_t>(F_.network.shape().variables));
    const MassQuery query = row.query();
    corners_.log_slopes(&query, 1, slopes.data());
    return slopes;
  }

 private:
  Antiderivative F_;
  core::Tape<double> tape_;
  CornerMass corners_;
  double whole_ = 1;
};

QueryRow cube_at(const Box& box, double at, double width) {
  QueryRow row(box);
  for (int i = 0; i < box.variables; ++i) row.set_interval(i, at, at + width, width);
  return row;
}

// Where corners cancel the quadrature takes over, and where that does not converge the corners do.
TEST(CornerMass, keepsItsDigitsFromTheWholeBoxToTheNarrowest) {
  for (const int n : {1, 2, 3, 4}) {
    const Model<double> model = test::moved_model(test::settings_of(n));
    Corners corners(model);
    for (double width = 1e-14; width < 0.5; width *= 10) {
      const QueryRow row = cube_at(model.box(), 0.0625, width);
      const Mass mass = corners.of(row);
      const double expected = test::reference_mass(model, 0, row.query(), n < 4 ? 16 : 10, 1);
      EXPECT_NEAR(mass.value / expected, 1, 1e-9) << "n " << n << ", width " << width;
      EXPECT_LE(std::fabs(mass.value - expected), mass.error + 1e-13 * expected)
          << "n " << n << ", width " << width;
    }
  }
}

// Corners lose what the narrow side has lost, and a quadrature of few nodes what the wide ones ask.
TEST(CornerMass, knowsWhatItHasLostOfAFlatBox) {
  for (const int n : {2, 3}) {
    const Model<double> model = test::moved_model(test::settings_of(n));
    Corners corners(model);
    for (const double width : {1e-10, 1e-8, 1e-6, 1e-3}) {
      QueryRow row(model.box());
      row.set_interval(1, 0.25, 0.25 + width, width);
      if (n == 3) row.set_point(2, 0.1);
      const Mass mass = corners.of(row);
      const double expected = test::reference_mass(model, 0, row.query(), 20, 3);
      EXPECT_LE(std::fabs(mass.value - expected), mass.error + 1e-12 * expected) << width;
      EXPECT_LE(mass.error, 1e-4 * expected) << width;
    }
  }
}

TEST(CornerMass, ofPointsAloneIsFWithoutAnEstimateWorthTheName) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  Corners corners(model);
  QueryRow row(model.box());
  row.set_point(0, 0.1);
  row.set_point(1, -0.3);
  const Mass mass = corners.of(row);
  EXPECT_NEAR(mass.value / test::reference_mass(model, 0, row.query(), 1, 1), 1, 1e-13);
  EXPECT_LT(mass.error, 1e-13 * mass.value);
}

TEST(CornerMass, isNeverNegative) {
  const Model<double> model = test::moved_model(test::settings_of(3), 2);
  Corners corners(model);
  core::Random random(3);
  for (int q = 0; q < 300; ++q) {
    const QueryRow row =
        cube_at(model.box(), random.uniform(-0.9, 0.4), std::pow(10, random.uniform(-17, -1)));
    EXPECT_GE(corners.of(row).value, 0);
  }
}

TEST(CornerMass, ofNothingIsNothing) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  Corners corners(model);
  QueryRow row(model.box());
  row.set_interval(1, 0.25, 0.25, 0);
  EXPECT_EQ(corners.of(row).value, 0);
}

// By corners where the interval is wide, by the nodes of the quadrature where it is narrow.
TEST(CornerMass, hasTheSlopesOfItsLogarithmFromWideIntervalsToNarrowOnes) {
  const Model<double> model = test::moved_model(test::settings_of(3));
  Corners corners(model);
  for (const double width : {0.4, 1e-3, 1e-9}) {
    const auto query = [&](double offset, int moved) {
      QueryRow row(model.box());
      for (int i = 0; i < 2; ++i) row.set_point(i, 0.1 - 0.3 * i + (i == moved ? offset : 0));
      row.set_interval(2, 0.125, 0.125 + width, width);
      return row;
    };
    const std::vector<double> slopes = corners.log_slopes(query(0, 0));
    for (int i = 0; i < 2; ++i) {
      const auto reference = test::central_differences(1e-3, [&](double offset) {
        return std::vector<double>{corners.of(query(offset, i)).log()};
      });
      EXPECT_NEAR(slopes[static_cast<std::size_t>(i)], reference[0], 1e-7) << "width " << width;
    }
    EXPECT_EQ(slopes[2], 0);
  }
}

// Whether by corners or by quadrature, asked together or alone.
TEST(CornerMass, hasTheSlopesOfManyQueriesAtOnce) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  const Antiderivative F = model.antiderivative();
  core::Tape<double> tape;
  CornerMass corners;
  corners.set(F, 0, tape);
  std::vector<QueryRow> rows;
  std::vector<MassQuery> queries;
  for (const double width : {0.4, 1e-9, 0.3, 1e-8}) {
    QueryRow row(model.box());
    row.set_point(0, 0.1 + width);
    row.set_interval(1, 0.125, 0.125 + width, width);
    rows.push_back(row);
  }
  for (const QueryRow& row : rows) queries.push_back(row.query());
  std::vector<double> together(8), alone(8);
  corners.log_slopes(queries.data(), 4, together.data());
  for (std::size_t q = 0; q < 4; ++q) corners.log_slopes(&queries[q], 1, &alone[2 * q]);
  EXPECT_EQ(together, alone);
}

}  // namespace
}  // namespace finn::net
