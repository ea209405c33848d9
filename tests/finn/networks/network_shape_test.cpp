#include "finn/networks/network_shape.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::net {
namespace {

TEST(NetworkShape, visitsEveryFieldOnceByTheNameThatTheHeaderGives) {
  std::vector<std::string> names;
  const NetworkShape shape;
  visit_fields(shape, [&](const auto&, const char* name) { names.push_back(name); });
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(names.size(), 16u);
  EXPECT_EQ(names.front(), "network");
  EXPECT_EQ(names.back(), "target_from_row");
}

TEST(TakeParameters, refusesMoreThanTheLimit) {
  std::int64_t total = 5;
  EXPECT_EQ(take_parameters(7, total), 5);
  EXPECT_EQ(total, 12);
  EXPECT_THROW(take_parameters(kMaxParameters - 11, total), core::Error);
  EXPECT_EQ(take_parameters(kMaxParameters - 12, total), 12);
}

}  // namespace
}  // namespace finn::net
