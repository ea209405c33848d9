#include "core/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace finn::core {
namespace {

// The error that body() throws.
template <class Body>
Error caught(Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    return error;
  }
  return Error(Status::OK, "nothing was thrown");
}

struct Known {
  std::int32_t number;
  const char* name;
};

// As the C ABI publishes them: never renumbered, never renamed.
constexpr Known kStatuses[] = {
    {0, "FINN_OK"},           {1, "FINN_ERROR_NULL"},       {2, "FINN_ERROR_ARGUMENT"},
    {3, "FINN_ERROR_SIZE"},   {4, "FINN_ERROR_NOT_FINITE"}, {5, "FINN_ERROR_INTEGRAL"},
    {6, "FINN_ERROR_MEMORY"}, {7, "FINN_ERROR_CALLBACK"},   {8, "FINN_ERROR_INTERNAL"},
    {9, "FINN_ERROR_FILE"},   {10, "FINN_ERROR_FORMAT"},
};

TEST(Error, namesEveryStatus) {
  for (const Known& status : kStatuses) EXPECT_STREQ(status_name(status.number), status.name);
}

TEST(Error, describesEveryStatusInItsOwnWords) {
  std::set<std::string> texts;
  for (const Known& status : kStatuses) texts.insert(status_text(status.number));
  EXPECT_EQ(texts.size(), std::size(kStatuses));
  EXPECT_EQ(texts.count(""), 0u);
  EXPECT_EQ(texts.count(status_text(11)), 0u);
}

TEST(Error, admitsThatANumberIsUnknown) {
  for (const std::int32_t number : {-1, 11, 1000, INT32_MIN, INT32_MAX}) {
    EXPECT_STREQ(status_name(number), "FINN_UNKNOWN");
    EXPECT_STREQ(status_text(number), "not a status of this library");
  }
}

TEST(Error, formatsItsMessageAndKeepsItsStatus) {
  const Error error =
      caught([] { fail(Status::ERROR_ARGUMENT, "%s: %d given, %s", "width", -3, "100% wrong"); });
  EXPECT_EQ(error.status(), Status::ERROR_ARGUMENT);
  EXPECT_STREQ(error.what(), "width: -3 given, 100% wrong");
}

TEST(Error, doesNotReadItsMessageAsAFormat) {
  EXPECT_STREQ(Error(Status::ERROR_NULL, "100%d %s").what(), "100%d %s");
}

TEST(Error, cutsALongMessageAndTerminatesIt) {
  const std::string text(2000, 'x');
  const std::string cut(Error::kMessageSize - 1, 'x');
  EXPECT_EQ(caught([&] { fail(Status::ERROR_SIZE, "%s", text.c_str()); }).what(), cut);
  EXPECT_EQ(Error(Status::ERROR_SIZE, text.c_str()).what(), cut);
}

TEST(Error, keepsItsMessageWhenCopied) {
  const Error copy = Error(Status::ERROR_CALLBACK, std::string("a message that dies").c_str());
  EXPECT_STREQ(Error(copy).what(), "a message that dies");
  EXPECT_EQ(Error(copy).status(), Status::ERROR_CALLBACK);
}

}  // namespace
}  // namespace finn::core
