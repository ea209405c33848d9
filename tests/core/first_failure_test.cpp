#include "core/first_failure.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace finn::core {
namespace {

void fail_at(FirstFailure& failure, std::int64_t index) {
  failure.guard(index, [&] { throw std::runtime_error(std::to_string(index)); });
}

std::string message_of(const FirstFailure& failure) {
  try {
    failure.rethrow();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(FirstFailure, isNoneWhereNothingWasThrown) {
  FirstFailure failure(3);
  int calls = 0;
  for (int index = 0; index < 3; ++index) failure.guard(index, [&] { ++calls; });
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(message_of(failure), "nothing was thrown");
}

TEST(FirstFailure, isThatOfTheSmallestIndexInAnyOrder) {
  FirstFailure failure(10);
  for (const int index : {6, 4, 5, 7}) fail_at(failure, index);
  EXPECT_EQ(message_of(failure), "4");
}

TEST(FirstFailure, endsWhatComesAfterItAndNothingBefore) {
  FirstFailure failure(10);
  fail_at(failure, 5);
  int calls = 0;
  for (int index = 0; index < 10; ++index) failure.guard(index, [&] { ++calls; });
  EXPECT_EQ(calls, 6);
}

}  // namespace
}  // namespace finn::core
