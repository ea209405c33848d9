#include <gtest/gtest.h>

#include <cmath>

#include "core/subset.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_refused;
using test::kOrigin;
using test::Point;

constexpr double kTwofold[] = {2, 0, 0, 2};

TEST(ProductDomain, countsEachFactorForItself) {
  const auto product =
      product_domain({half_line_domain(0, false, 1, Tail::exponential), disk_domain(kOrigin, 1)});
  Point u(3);
  const Point x{2, 0.5, 0.5};
  EXPECT_NEAR(product->locate(x.data(), u.data()), -2 + std::log(2), 1e-14);
  EXPECT_NEAR(product->locate(x.data(), 0b001, u.data()), -2, 1e-14);
  EXPECT_NEAR(product->locate(x.data(), 0b110, u.data()), std::log(2), 1e-14);
  EXPECT_EQ(product->locate(x.data(), 0b010, u.data()), 0);
  const Point outside{-1, 0.5, 0.5};
  EXPECT_EQ(product->locate(outside.data(), 0b110, u.data()),
            product->locate(x.data(), 0b110, u.data()));
  EXPECT_EQ(product->locate(outside.data(), 0b001, u.data()), Domain::kOutside);
  expect_refused([&] { product_domain({product, product, product}); }, "factors");
  expect_refused([] { cylinder_domain(kOrigin, 1, 2, 2); }, "bottom");
}

// Of what a subset has: its weight, and the u that are not clamped.
TEST(ProductDomain, hasTheSlopesOfASubsetFactorByFactor) {
  const auto product =
      product_domain({half_line_domain(0, false, 1, Tail::exponential), polar_domain(kOrigin, 1)});
  const Point x{2, 0.5, 0.25};
  for (const Subset subset : {0b000u, 0b001u, 0b010u, 0b110u, 0b111u}) {
    Slopes slopes;
    product->slopes(x.data(), subset, slopes);
    for (std::size_t i = 0; i < 3; ++i) {
      const auto at = [&](double offset) {
        Point moved = x, u(3);
        moved[i] += offset;
        return product->locate(moved.data(), subset, u.data());
      };
      EXPECT_NEAR(slopes.log_weight[i], (at(1e-5) - at(-1e-5)) / 2e-5, 1e-8) << subset << i;
    }
  }
  Slopes inside, outside;
  product->slopes(x.data(), 0b110, inside);
  const Point beyond{-1, 0.5, 0.25};
  product->slopes(beyond.data(), 0b110, outside);
  EXPECT_EQ(outside.u[0][0], 0);
  EXPECT_EQ(outside.u[1], inside.u[1]);
  EXPECT_EQ(outside.log_weight, inside.log_weight);
}

// Each takes its share of the stack when a point is mapped.
TEST(ProductDomain, liesOverNoMoreDomainsThanTheStackHasRoomFor) {
  DomainPointer product = product_domain({disk_domain(kOrigin, 1)});
  while (product->depth() < Domain::kMaxDepth) product = product_domain({product});
  EXPECT_TRUE(contains(product, {0.5, 0.5}));
  expect_refused([&] { product_domain({product}); }, "factors: a domain made of others, 32");
  expect_refused([&] { affine_domain(product, kTwofold, kOrigin); }, "inner: a domain made of");
}

TEST(ProductDomain, isAsDeepAsItsDeepestFactor) {
  const DomainPointer line = line_domain(0, 1, Tail::gaussian);
  EXPECT_EQ(line->depth(), 1);
  const DomainPointer twice = product_domain({product_domain({line}), line});
  EXPECT_EQ(twice->depth(), 3);
  EXPECT_EQ(product_domain({line, twice})->depth(), 4);
}

}  // namespace
}  // namespace finn::net
