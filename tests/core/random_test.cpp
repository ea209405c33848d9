#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace finn::core {
namespace {

constexpr int kDraws = 1000000;

struct KnownSequence {
  std::uint64_t seed;
  std::uint64_t bits[6];
};

// Computed from the published algorithms (xoshiro256++, state filled by splitmix64), in Python.
constexpr KnownSequence kSequences[] = {
    {0,
     {0x53175d61490b23df, 0x61da6f3dc380d507, 0x5c0fdf91ec9a7bfc, 0x02eebf8c3bbe5e1a,
      0x7eca04ebaf4a5eea, 0x543c37757f08d9a}},
    {2024,
     {0x8641253f8fed82d1, 0x4b7eeec62af66af9, 0x3e595fe9cf746b2a, 0x6bf1aa430346476c,
      0xbf8964d6922c13c4, 0xceecac21bb20bc65}},
    {UINT64_MAX,
     {0x56ccf8ce948e27b2, 0xe68588432e5a5b90, 0xe3e9b5a48119ca8b, 0x460f19495532ae73,
      0xa7d62040ea9263e1, 0x66f1fb2ac9402c14}},
};

TEST(Random, followsThePublishedSequence) {
  for (const KnownSequence& sequence : kSequences) {
    Random random(sequence.seed);
    for (const std::uint64_t bits : sequence.bits) EXPECT_EQ(random.bits(), bits);
  }
}

TEST(Random, copiesContinueTheSameSequence) {
  Random random(3);
  random.normal();
  Random copy = random;
  std::vector<double> expected, got;
  for (int i = 0; i < 100; ++i) expected.push_back(random.normal());
  for (int i = 0; i < 100; ++i) got.push_back(copy.normal());
  EXPECT_EQ(got, expected);
}

TEST(Random, uniformTakesTheHighestBits) {
  EXPECT_EQ(Random(0).uniform(), 0.3245752680314067);
  EXPECT_EQ(Random(2024).uniform(), 0.5244315414601513);
}

// Uniform deviates have mean 1/2, variance 1/12 and, over the draws, errors of five sigma at most.
TEST(Random, uniformFillsItsRangeEvenly) {
  Random random(11);
  double sum = 0, squares = 0, lowest = 1, highest = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform();
    sum += u;
    squares += (u - 0.5) * (u - 0.5);
    lowest = std::min(lowest, u);
    highest = std::max(highest, u);
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0 / 12, 5 * std::sqrt(1.0 / 180 / kDraws));
  EXPECT_GE(lowest, 0);
  EXPECT_LT(lowest, 1e-4);
  EXPECT_LT(highest, 1);
  EXPECT_GT(highest, 1 - 1e-4);
}

TEST(Random, uniformOfAnIntervalStaysInside) {
  Random random(12);
  for (int i = 0; i < 10000; ++i) {
    const double u = random.uniform(-3, 5);
    EXPECT_GE(u, -3);
    EXPECT_LE(u, 5);
  }
  EXPECT_EQ(random.uniform(2, 2), 2);
}

// chi^2 of n equally likely bins has mean n - 1 and variance 2 (n - 1).
TEST(Random, belowHitsEveryValueEquallyOften) {
  Random random(13);
  for (const std::uint64_t n : {2u, 3u, 7u, 10u, 100u}) {
    std::vector<int> hits(n, 0);
    for (int i = 0; i < kDraws / 10; ++i) ++hits.at(random.below(n));
    const double expected = kDraws / 10.0 / static_cast<double>(n);
    double chi_squared = 0;
    for (const int h : hits) chi_squared += (h - expected) * (h - expected) / expected;
    const double freedom = static_cast<double>(n) - 1;
    EXPECT_LT(chi_squared, freedom + 5 * std::sqrt(2 * freedom) + 10) << "n = " << n;
  }
}

// Of 3 * 2^62 values the lower 2^62 would come twice as often, were 2^64 draws folded onto them.
TEST(Random, belowHasNoBiasTowardsSmallValues) {
  Random random(14);
  const std::uint64_t third = std::uint64_t{1} << 62;
  int lower = 0;
  for (int i = 0; i < kDraws / 10; ++i) lower += random.below(3 * third) < third ? 1 : 0;
  const double share = lower / (kDraws / 10.0);
  EXPECT_NEAR(share, 1.0 / 3, 5 * std::sqrt(2.0 / 9 / (kDraws / 10.0)));
}

TEST(Random, belowOneIsZero) { EXPECT_EQ(Random(15).below(1), 0u); }

std::vector<double> normal_deviates() {
  Random random(16);
  std::vector<double> deviates(kDraws);
  for (double& x : deviates) x = random.normal();
  return deviates;
}

// The k-th moment of a sample has variance (E x^2k - (E x^k)^2) / draws.
TEST(Random, normalHasTheMomentsOfTheNormalDistribution) {
  const std::vector<double> deviates = normal_deviates();
  constexpr double expected[] = {1, 0, 1, 0, 3, 0, 15};
  constexpr double variance[] = {0, 1, 2, 15, 96, 945, 10170};
  for (int k = 1; k <= 6; ++k) {
    double sum = 0;
    for (const double x : deviates) sum += std::pow(x, k);
    EXPECT_NEAR(sum / kDraws, expected[k], 5 * std::sqrt(variance[k] / kDraws)) << "moment " << k;
  }
}

TEST(Random, normalHasTheTailsOfTheNormalDistribution) {
  const std::vector<double> deviates = normal_deviates();
  for (const double limit : {-4.0, -3.0, -1.5, -0.3, 0.0, 0.5, 1.0, 2.0, 2.999, 3.5, 4.0}) {
    const double share = std::erfc(limit / std::sqrt(2.0)) / 2;
    const auto above =
        std::count_if(deviates.begin(), deviates.end(), [&](double x) { return x > limit; });
    EXPECT_NEAR(static_cast<double>(above) / kDraws, share,
                5 * std::sqrt(share * (1 - share) / kDraws))
        << "above " << limit;
  }
}

TEST(Random, goesOnFromAState) {
  Random first(7), second(8);
  for (int draw = 0; draw < 10; ++draw) first.normal();
  second.set_state(first.state());
  for (int draw = 0; draw < 10; ++draw) EXPECT_EQ(second.bits(), first.bits());
}

struct KnownStream {
  std::uint64_t seed, stream, of_stream;
};

// splitmix64 of splitmix64(seed) ^ stream, in Python.
constexpr KnownStream kStreams[] = {{0, 0, 0xa706dd2f4d197e6f},
                                    {0, 1, 0x08b4fda8c892b50e},
                                    {2024, 12345, 0x1d7f68103eb12c68},
                                    {UINT64_MAX, UINT64_MAX, 0x6309143e67a47936}};

TEST(StreamSeed, isTheSameOnEveryPlatform) {
  for (const KnownStream& known : kStreams) {
    EXPECT_EQ(stream_seed(known.seed, known.stream), known.of_stream);
  }
}

TEST(StreamSeed, isAnotherOneForEachStreamOfNeighbouringSeeds) {
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (std::uint64_t stream = 0; stream < 10000; ++stream) {
      seeds.push_back(stream_seed(seed, stream));
    }
  }
  std::sort(seeds.begin(), seeds.end());
  EXPECT_EQ(std::adjacent_find(seeds.begin(), seeds.end()), seeds.end());
}

// First numbers of neighbouring streams: uniform, and neighbours without correlation.
TEST(StreamSeed, givesStreamsThatHaveNothingToDoWithEachOther) {
  constexpr int count = 100000;
  double sum = 0, squares = 0, products = 0, before = 0;
  for (std::uint64_t stream = 0; stream < count; ++stream) {
    const double u = Random(stream_seed(7, stream)).uniform() - 0.5;
    sum += u;
    squares += u * u;
    products += u * before;
    before = u;
  }
  EXPECT_NEAR(sum / count, 0, 5 * std::sqrt(1.0 / 12 / count));
  EXPECT_NEAR(squares / count, 1.0 / 12, 5 * std::sqrt(1.0 / 180 / count));
  EXPECT_NEAR(products / count, 0, 5.0 / 12 / std::sqrt(1.0 * count));
}

}  // namespace
}  // namespace finn::core
