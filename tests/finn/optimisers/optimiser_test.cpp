#include "finn/optimisers/optimiser.hpp"

#include <gtest/gtest.h>

#include <variant>

#include "finn/optimisers/adam.hpp"
#include "finn/optimisers/adamw.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/optimisers/sgd.hpp"

namespace finn::net {
namespace {

TEST(MakeOptimiser, makesTheOneThatTheOptionsName) {
  OptimiserOptions options;
  EXPECT_TRUE(std::holds_alternative<Adam<float>>(make_optimiser<float>(options, 3)));
  options.kind = OptimiserKind::adamw;
  EXPECT_TRUE(std::holds_alternative<AdamW<float>>(make_optimiser<float>(options, 3)));
  options.kind = OptimiserKind::sgd;
  EXPECT_TRUE(std::holds_alternative<Sgd<float>>(make_optimiser<float>(options, 3)));
  options.kind = OptimiserKind::lbfgs;
  const Optimiser<float> lbfgs = make_optimiser<float>(options, 3);
  ASSERT_TRUE(std::holds_alternative<Lbfgs<float>>(lbfgs));
  EXPECT_EQ(std::get<Lbfgs<float>>(lbfgs).size(), 3);
}

}  // namespace
}  // namespace finn::net
