// Version numbers, build and names of statuses.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

extern "C" int finn_header_c_check(void);

namespace finn::test {
namespace {

TEST(Version, isThatOfTheHeader) {
  EXPECT_EQ(finn_version_number(), FINN_VERSION_NUMBER);
  const std::string text = std::to_string(FINN_VERSION_MAJOR) + "." +
                           std::to_string(FINN_VERSION_MINOR) + "." +
                           std::to_string(FINN_VERSION_PATCH);
  EXPECT_EQ(finn_version_string(), text);
  EXPECT_EQ(finn_max_variables(), FINN_MAX_VARIABLES);
  EXPECT_EQ(finn_max_mixture_variables(), FINN_MAX_MIXTURE_VARIABLES);
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
  const std::array<const char*, 11> names{
      "FINN_OK",           "FINN_ERROR_NULL",       "FINN_ERROR_ARGUMENT",
      "FINN_ERROR_SIZE",   "FINN_ERROR_NOT_FINITE", "FINN_ERROR_INTEGRAL",
      "FINN_ERROR_MEMORY", "FINN_ERROR_CALLBACK",   "FINN_ERROR_INTERNAL",
      "FINN_ERROR_FILE",   "FINN_ERROR_FORMAT"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    EXPECT_STREQ(finn_status_name(static_cast<finn_status>(k)), names[k]);
  }
}

TEST(Status, hasATextOfItsOwn) {
  std::set<std::string> texts;
  for (int status = FINN_OK; status <= FINN_ERROR_FORMAT; ++status) {
    texts.insert(finn_status_text(static_cast<finn_status>(status)));
  }
  EXPECT_EQ(texts.size(), 11u);
  EXPECT_EQ(texts.count(""), 0u);
}

TEST(Status, unknownNumbersHaveANameAndATextToo) {
  for (const std::int32_t number : {-1, 11, INT32_MAX, INT32_MIN}) {
    const auto status = static_cast<finn_status>(number);
    EXPECT_STREQ(finn_status_name(status), "FINN_UNKNOWN");
    EXPECT_STRNE(finn_status_text(status), "");
  }
}

}  // namespace
}  // namespace finn::test
