#include "core/sized_struct.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>

#include "core/error.hpp"

namespace finn::core {
namespace {

// A struct as it was released first, and as it is two versions later.
struct First {
  std::uint64_t struct_size = sizeof(First);
  double number = 1;
};
struct Third {
  std::uint64_t struct_size = sizeof(Third);
  double number = 1;
  std::int32_t flag = 2;
  std::int32_t choice = 3;
  double share = 4;
};
constexpr SizedStruct kLayout = {"finn_things", sizeof(First), sizeof(Third)};

void expect_refused(const std::function<void()>& call, const std::string& message) {
  try {
    call();
    ADD_FAILURE() << "not refused: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Status::ERROR_SIZE);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(SizedStruct, thatIsShorterKeepsTheDefaultsOfWhatItLacks) {
  First given;
  given.number = 7;
  Third whole;
  read_sized(kLayout, "", &given, &whole);
  EXPECT_EQ(whole.struct_size, sizeof(Third));
  EXPECT_EQ(whole.number, 7);
  EXPECT_EQ(whole.flag, 2);
  EXPECT_EQ(whole.choice, 3);
  EXPECT_EQ(whole.share, 4);
}

TEST(SizedStruct, ofTheVersionBetweenGivesWhatItHas) {
  Third given;
  given.struct_size = 24;
  given.number = 7, given.flag = 8, given.choice = 9, given.share = 10;
  Third whole;
  read_sized(kLayout, "", &given, &whole);
  EXPECT_EQ(whole.flag, 8);
  EXPECT_EQ(whole.choice, 9);
  EXPECT_EQ(whole.share, 4);
}

TEST(SizedStruct, ofThisVersionIsReadWhole) {
  Third given;
  given.share = 10;
  Third whole;
  read_sized(kLayout, "", &given, &whole);
  EXPECT_EQ(whole.share, 10);
}

TEST(SizedStruct, ofACallerIsWrittenNoFurtherThanItReaches) {
  Third to;
  std::memset(static_cast<void*>(&to), 'z', sizeof to);
  const Third before = to;
  to.struct_size = sizeof(First);
  Third whole;
  whole.number = 7;
  write_sized(kLayout, "", &whole, &to);
  EXPECT_EQ(to.struct_size, sizeof(First));
  EXPECT_EQ(to.number, 7);
  EXPECT_EQ(std::memcmp(&to.flag, &before.flag, sizeof to - sizeof(First)), 0);
}

TEST(SizedStruct, ofASizeThatNoHeaderHadIsRefused) {
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{8}, std::uint64_t{20}, std::uint64_t{40}, UINT64_MAX}) {
    Third given, whole;
    given.struct_size = size;
    const std::string message = "options.struct_size: " + std::to_string(size) +
                                " given, 16 .. 32 expected: that of finn_things";
    expect_refused([&] { read_sized(kLayout, "options.", &given, &whole); }, message);
    expect_refused([&] { write_sized(kLayout, "options.", &whole, &given); }, message);
    EXPECT_EQ(given.number, 1);
    EXPECT_EQ(whole.number, 1);
  }
}

TEST(SizedStruct, thatNeverGrewHasOneSize) {
  const SizedStruct layout = {"finn_things", sizeof(First), sizeof(First)};
  expect_refused([&] { require_size(layout, "", std::uint64_t{24}); },
                 "struct_size: 24 given, 16 expected: that of finn_things");
}

}  // namespace
}  // namespace finn::core
