// How a call ends: its status, and the error struct of the caller.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"

namespace finn::test {
namespace {

// A call that fails and says something long enough to be cut.
finn_status fail_with(finn_error* error) {
  return finn_model_set_parameters_f64(nullptr, nullptr, 0, error);
}

TEST(ErrorMessage, isTerminatedWhateverWasInTheBuffer) {
  finn_error error;
  std::memset(&error, 'z', sizeof error);
  error.struct_size = sizeof error;
  EXPECT_EQ(fail_with(&error), FINN_ERROR_NULL);
  EXPECT_EQ(error.status, FINN_ERROR_NULL);
  const void* end = std::memchr(error.message, '\0', sizeof error.message);
  ASSERT_NE(end, nullptr);
  EXPECT_EQ(std::memchr(error.message, 'z', std::strlen(error.message)), nullptr);
}

// Only struct_size bytes belong to the library; a struct without room for the message gets nothing.
TEST(ErrorMessage, isLeftAloneWhenTheStructIsTooSmall) {
  for (const std::size_t size : {std::size_t{0}, sizeof(finn_error) - 8}) {
    finn_error error;
    std::memset(&error, 'z', sizeof error);
    error.struct_size = size;
    EXPECT_EQ(fail_with(&error), FINN_ERROR_NULL);
    for (const char c : error.message) ASSERT_EQ(c, 'z');
  }
}

TEST(ErrorMessage, mayBeLeftOut) { EXPECT_EQ(fail_with(nullptr), FINN_ERROR_NULL); }

TEST(ErrorMessage, isLeftAloneBySuccess) {
  finn_error error = FINN_ERROR_INIT;
  fail_with(&error);
  const std::string message = error.message;
  const double centre[] = {0, 0};
  finn_domain* domain = nullptr;
  EXPECT_EQ(finn_domain_disk(centre, 1, &domain, &error), FINN_OK);
  finn_domain_destroy(domain);
  EXPECT_EQ(error.status, FINN_ERROR_NULL);
  EXPECT_EQ(error.message, message);
}

// A domain whose callback throws, as one in C++ may; nothing passes through the C interface.
finn_status domain_that_throws(finn_map_callback callback, finn_error* error) {
  int released = 0;
  finn_map_options map = cubic_map(&released);
  map.to_point = callback;
  finn_domain* domain = nullptr;
  const finn_status status = finn_domain_map(&map, &domain, error);
  EXPECT_EQ(domain, nullptr);
  EXPECT_EQ(released, 1);
  return status;
}

TEST(Call, turnsEveryExceptionIntoAStatus) {
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(
      domain_that_throws([](const double*, double*,
                            void*) -> std::int32_t { throw std::runtime_error("of the caller"); },
                         &error),
      FINN_ERROR_INTERNAL);
  EXPECT_STREQ(error.message, "of the caller");
  EXPECT_EQ(
      domain_that_throws([](const double*, double*, void*) -> std::int32_t { throw 1; }, &error),
      FINN_ERROR_INTERNAL);
  EXPECT_STREQ(error.message, "an unknown exception");
  EXPECT_EQ(
      domain_that_throws(
          [](const double*, double*, void*) -> std::int32_t { throw std::bad_alloc(); }, &error),
      FINN_ERROR_MEMORY);
  EXPECT_EQ(domain_that_throws([](const double*, double*,
                                  void*) -> std::int32_t { throw std::length_error("too long"); },
                               &error),
            FINN_ERROR_MEMORY);
}

TEST(Call, cutsAMessageThatIsTooLong) {
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(domain_that_throws(
                [](const double*, double*, void*) -> std::int32_t {
                  throw std::runtime_error(std::string(2000, 'm'));
                },
                &error),
            FINN_ERROR_INTERNAL);
  EXPECT_EQ(error.message, std::string(FINN_ERROR_MESSAGE_SIZE - 1, 'm'));
}

}  // namespace
}  // namespace finn::test
