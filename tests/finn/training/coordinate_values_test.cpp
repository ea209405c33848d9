#include "finn/training/coordinate_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

// Rows of two variables and a condition, which is no coordinate.
TEST(CoordinateValues, areThoseOfEachVariableInTheCoordinates) {
  const Box box{2, {0, 0}, {10, 10}};
  Coordinates coordinates = Coordinates::raw();
  coordinates.scale[1] = 2;
  coordinates.offset[1] = -1;
  const std::vector<double> rows = {1, 2, 70, 3, 4, 80};
  const auto values = coordinate_values({box, nullptr}, coordinates, rows.data(), 2, 3);
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0], (std::vector<double>{1, 3}));
  EXPECT_EQ(values[1], (std::vector<double>{3, 7}));
}

TEST(CoordinateValues, leaveOutWhatIsOutsideADomain) {
  const DomainPointer domain = half_line_domain(0, false, 1, Tail::exponential);
  const std::vector<double> rows = {-1, 0.5};
  const auto values =
      coordinate_values({domain->box(), domain.get()}, Coordinates::raw(), rows.data(), 2, 1);
  double u = 0;
  domain->locate(&rows[1], &u);
  ASSERT_EQ(values[0].size(), 1u);
  EXPECT_EQ(values[0][0], u);
}

}  // namespace
}  // namespace finn::net
