#include "finn/training/first_rows.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "finn/data/rows.hpp"

namespace finn::net {
namespace {

TEST(FirstRows, areAsManyAsAreLookedAt) {
  const std::vector<double> x(5000, 1.0);
  ArrayRows source({x.data(), nullptr, 5000}, 1, 1);
  EXPECT_EQ(first_rows(source, RowOrder(5000), 0, 1, 1).count, kFirstRows);
  EXPECT_EQ(first_rows(source, RowOrder(300), 0, 1, 1).count, 300);
}

TEST(FirstRows, areThereAsOftenAsTheirWeightsSay) {
  const std::vector<double> x{1, 2, 3, 4}, weights{0, 3, 1, 0};
  ArrayRows source({x.data(), nullptr, 4, weights.data()}, 1, 1);
  EXPECT_EQ(first_rows(source, RowOrder(4), 7, 1, 1).x, (std::vector<double>{2, 2, 2, 3}));
}

}  // namespace
}  // namespace finn::net
