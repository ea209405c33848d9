#include <string>

#include "capi/finn.h"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/refusal_support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// All that is wrong with a part is a fault of the file, which the message names.
TEST(PartJson, thatAConstructorRefusesIsAnErrorOfTheFormat) {
  const Bytes file = save_model(make_model({.widths = {3, 2}}).get());
  const Bytes hostile = edited_description(file, R"("target":[1])", R"("target":[-1])");
  finn_error error = FINN_ERROR_INIT;
  ModelHandle model;
  EXPECT_EQ(load_model(hostile, {}, &model, &error), FINN_ERROR_FORMAT);
  EXPECT_EQ(std::string(error.message).rfind("model file: ", 0), 0u) << error.message;
  EXPECT_TRUE(mentions(error.message, "target")) << error.message;
}

TEST(PartJson, countsAreNumbersOf32Bits) {
  const Bytes file = save_model(make_model({.widths = {3, 2}}).get());
  for (const char* count : {"-1", "2147483648", "4294967298"}) {
    expect_edit_refused(file, R"("variables":2)", R"("variables":)" + std::string(count),
                        "a number of 32 bits, 0 or more expected");
  }
  for (const char* count : {"2.0", "2e0", "\"2\"", "null", "[2]", "true", "02", "+2", ""}) {
    expect_edit_refused(file, R"("variables":2)", R"("variables":)" + std::string(count), "byte");
  }
}

}  // namespace
}  // namespace finn::test
