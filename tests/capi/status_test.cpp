// Version numbers, names of statuses, and the error struct.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>

#include "tests/capi/support.hpp"

extern "C" int finn_header_c_check(void);

namespace finn::test {
namespace {

// A call that fails and says something long enough to be cut.
finn_status fail_with(finn_error* error) {
  return finn_model_set_parameters_f64(nullptr, nullptr, 0, error);
}

TEST(Version, isThatOfTheHeader) {
  EXPECT_EQ(finn_version_number(), FINN_VERSION_NUMBER);
  const std::string text = std::to_string(FINN_VERSION_MAJOR) + "." +
                           std::to_string(FINN_VERSION_MINOR) + "." +
                           std::to_string(FINN_VERSION_PATCH);
  EXPECT_EQ(finn_version_string(), text);
  EXPECT_EQ(finn_max_variables(), FINN_MAX_VARIABLES);
}

TEST(Version, buildInfoIsOneLine) {
  const std::string info = finn_build_info();
  EXPECT_FALSE(info.empty());
  EXPECT_EQ(info.find('\n'), std::string::npos);
}

TEST(Version, buildInfoNamesTheInstructionSetInUse) {
  const std::string info = finn_build_info();
  const std::string set = finn_instruction_set();
  EXPECT_NE(info.find(set + " kernels"), std::string::npos) << info;
  const char* wanted = std::getenv("FINN_SIMD");
  const bool refused = wanted != nullptr && *wanted != '\0' && set != wanted;
  EXPECT_EQ(info.find("FINN_SIMD") != std::string::npos, refused) << info;
  EXPECT_TRUE(!refused || set == "portable") << set;
}

TEST(Header, isStrictC99) { EXPECT_EQ(finn_header_c_check(), 0); }

TEST(Status, hasTheNameOfItsEnumerator) {
  const std::array<const char*, 12> names{
      "FINN_OK",           "FINN_ERROR_NULL",       "FINN_ERROR_ARGUMENT",
      "FINN_ERROR_SIZE",   "FINN_ERROR_NOT_FINITE", "FINN_ERROR_INTEGRAL",
      "FINN_ERROR_MEMORY", "FINN_ERROR_CALLBACK",   "FINN_ERROR_INTERNAL",
      "FINN_STOPPED",      "FINN_ERROR_FILE",       "FINN_ERROR_FORMAT"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    EXPECT_STREQ(finn_status_name(static_cast<finn_status>(k)), names[k]);
  }
}

TEST(Status, hasATextOfItsOwn) {
  std::set<std::string> texts;
  for (finn_status status = FINN_OK; status <= FINN_ERROR_FORMAT; ++status) {
    texts.insert(finn_status_text(status));
  }
  EXPECT_EQ(texts.size(), 12u);
  EXPECT_EQ(texts.count(""), 0u);
}

TEST(Status, unknownNumbersHaveANameAndATextToo) {
  for (const finn_status status : {-1, 12, INT32_MAX, INT32_MIN}) {
    EXPECT_STREQ(finn_status_name(status), "FINN_UNKNOWN");
    EXPECT_STRNE(finn_status_text(status), "");
  }
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

TEST(Destroy, acceptsNull) {
  finn_model_destroy(nullptr);
  finn_workspace_destroy(nullptr);
  finn_trainer_destroy(nullptr);
  EXPECT_EQ(finn_model_variables(nullptr), 0);
  EXPECT_EQ(finn_model_outputs(nullptr), 0);
  EXPECT_EQ(finn_model_parameter_count(nullptr), 0);
  EXPECT_EQ(finn_trainer_steps(nullptr), 0);
}

}  // namespace
}  // namespace finn::test
