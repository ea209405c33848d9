#include "core/arena.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "core/error.hpp"
#include "core/tensor.hpp"
#include "tests/support/allocations.hpp"

namespace finn::core {
namespace {

constexpr std::int64_t kCounts[] = {1, 3, 17, 1000, 100000, 0, 5, 250000, 64, 1};

struct Piece {
  std::int64_t* begin;
  std::int64_t count;
};

// One piece per entry of kCounts, filled with its own number.
std::vector<Piece> fill_pieces(Arena& arena) {
  std::vector<Piece> pieces;
  for (const std::int64_t count : kCounts) {
    Piece piece{arena.allocate<std::int64_t>(count), count};
    std::fill_n(piece.begin, count, static_cast<std::int64_t>(pieces.size()));
    pieces.push_back(piece);
  }
  return pieces;
}

void allocate_all(Arena& arena) {
  for (const std::int64_t count : kCounts) arena.allocate<std::int64_t>(count);
}

TEST(Arena, alignsEveryPiece) {
  Arena arena;
  for (const Piece& piece : fill_pieces(arena)) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(piece.begin) % kAlignment, 0u);
  }
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.allocate<char>(1)) % kAlignment, 0u);
  }
}

void expect_undisturbed(const std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::int64_t k = 0; k < pieces[i].count; ++k) {
      ASSERT_EQ(pieces[i].begin[k], static_cast<std::int64_t>(i)) << "element " << k;
    }
  }
}

TEST(Arena, keepsPiecesApart) {
  Arena arena;
  expect_undisturbed(fill_pieces(arena));
  arena.reset();
  expect_undisturbed(fill_pieces(arena));
}

TEST(Arena, hasNothingBeforeTheFirstPiece) {
  EXPECT_EQ(test::allocations_of([] { EXPECT_EQ(Arena().capacity(), 0); }), 0);
}

TEST(Arena, holdsAtLeastWhatItHandedOut) {
  Arena arena;
  allocate_all(arena);
  const std::int64_t total = std::accumulate(std::begin(kCounts), std::end(kCounts), 0L);
  EXPECT_GE(arena.capacity(), total * 8);
  EXPECT_LE(arena.capacity(), 4 * total * 8);
}

TEST(Arena, joinsItsBlocksAtTheFirstReset) {
  Arena arena;
  EXPECT_GT(test::allocations_of([&] { allocate_all(arena); }), 2);
  const std::int64_t capacity = arena.capacity();
  EXPECT_GT(test::allocations_of([&] { arena.reset(); }), 0);
  EXPECT_EQ(arena.capacity(), capacity);
}

TEST(Arena, allocatesNothingAfterTheFirstReset) {
  Arena arena;
  allocate_all(arena);
  arena.reset();
  for (int pass = 0; pass < 3; ++pass) {
    EXPECT_EQ(test::allocations_of([&] {
                allocate_all(arena);
                arena.reset();
              }),
              0);
  }
}

TEST(Arena, isContiguousAfterTheFirstReset) {
  Arena arena;
  fill_pieces(arena);
  arena.reset();
  const std::vector<Piece> pieces = fill_pieces(arena);
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::int64_t gap = pieces[i].begin - (pieces[i - 1].begin + pieces[i - 1].count);
    EXPECT_GE(gap, 0);
    EXPECT_LT(gap * 8, static_cast<std::int64_t>(kAlignment));
  }
}

TEST(Arena, startsAgainAtTheSameAddress) {
  Arena arena;
  allocate_all(arena);
  arena.reset();
  const char* first = arena.allocate<char>(1);
  arena.reset();
  EXPECT_EQ(arena.allocate<char>(1), first);
}

TEST(Arena, hasRoomInOneBlockForWhatIsReserved) {
  Arena arena;
  allocate_all(arena);
  arena.reserve(10 << 20);
  EXPECT_GE(arena.capacity(), 10 << 20);
  const auto allocate = [&] { arena.allocate<char>(10 << 20); };
  EXPECT_EQ(test::allocations_of(allocate), 0);
}

TEST(Arena, refusesMoreBytesThanCanBeCounted) {
  Arena arena;
  EXPECT_THROW(arena.allocate<double>(std::int64_t{1} << 61), Error);
  EXPECT_THROW(arena.allocate<double>(-1), Error);
}

}  // namespace
}  // namespace finn::core
