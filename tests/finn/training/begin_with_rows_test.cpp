#include "finn/training/begin_with_rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/standards.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> rows_around(int count, double mean, double deviation) {
  core::Random random(5);
  std::vector<double> x;
  for (int i = 0; i < count; ++i) x.push_back(mean + deviation * random.normal());
  return x;
}

RowBlock rows_of(std::vector<double> x) {
  RowBlock block;
  block.count = static_cast<std::int64_t>(x.size());
  block.x = std::move(x);
  return block;
}

// A few rows far out do not hide where all others lie.
TEST(BeginWithRows, isNotMisledByATail) {
  std::vector<double> x = rows_around(1000, 0, 1);
  for (double& value : x) value = std::exp(3 * value);
  ModelSettings settings = test::mixture_settings_of(1);
  settings.box = test::box_of({0}, {1e6});
  Model<double> model = test::model_of<double>(settings);
  CornerScratch scratch;
  begin_with_rows(model, rows_of(x), 0, scratch);
  EXPECT_GT(model.coordinates().scale[0], 0.1);
  EXPECT_LT(model.coordinates().scale[0], 1);
}

TEST(BeginWithRows, keepsTheRangeOfConditionsThatWasGiven) {
  for (const bool is_given : {true, false}) {
    ModelSettings settings = test::settings_of(1);
    settings.network.conditioning = {ConditioningKind::film, 1, {4}, false};
    settings.conditions = {{-1}, {1}, is_given};
    Model<double> model = test::model_of<double>(settings);
    RowBlock rows;
    rows.count = 256;
    core::Random random(3);
    for (int i = 0; i < 256; ++i) {
      rows.x.push_back(random.uniform(-0.5, 0.5));
      rows.x.push_back(random.uniform(0, 1e6));
    }
    CornerScratch scratch;
    begin_with_rows(model, rows, 0, scratch);
    const double middle = model.conditioning().standard(0, 5e5);
    if (is_given) {
      EXPECT_GT(middle, 1e5);
    } else {
      EXPECT_NEAR(middle, 0, 0.2);
      EXPECT_NEAR(model.conditioning().standard(0, 1e6) - middle, std::sqrt(3.0), 0.2);
    }
  }
}

// Coordinates of the box are those of raw ones too: a model that has none stays without.
TEST(BeginWithRows, leavesRawCoordinatesAlone) {
  ModelSettings settings = test::mixture_settings_of(1);
  settings.standard_coordinates = false;
  Model<double> model = test::model_of<double>(settings);
  CornerScratch scratch;
  begin_with_rows(model, rows_of(rows_around(100, 0.2, 0.01)), 0, scratch);
  EXPECT_EQ(model.coordinates().scale[0], 1);
  EXPECT_EQ(model.coordinates().offset[0], 0);
}

TEST(BeginWithRows, drawsTheSameParametersBySeed) {
  const auto drawn = [](std::uint64_t seed) {
    Model<double> model = test::model_of<double>(test::mixture_settings_of(1));
    CornerScratch scratch;
    begin_with_rows(model, rows_of(rows_around(100, 0.2, 0.01)), seed, scratch);
    return std::vector<double>(model.parameters(), model.parameters() + model.parameter_count());
  };
  EXPECT_EQ(drawn(1), drawn(1));
  EXPECT_NE(drawn(1), drawn(2));
}

}  // namespace
}  // namespace finn::net
