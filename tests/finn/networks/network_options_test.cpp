#include "finn/networks/network_options.hpp"

#include <gtest/gtest.h>

#include "core/option.hpp"
#include "tests/finn/option_support.hpp"

namespace finn::net {
namespace {

#define FINN_ROW(name, row, applies_to, sentence) (row).described(#name, applies_to, sentence),

TEST(MixtureOptions, haveDefaultsThatTheyAllow) {
  test::expect_sound({FINN_MIXTURE_OPTIONS(FINN_ROW)});
}

TEST(MlpOptions, haveDefaultsThatTheyAllow) { test::expect_sound({FINN_MLP_OPTIONS(FINN_ROW)}); }

#undef FINN_ROW

}  // namespace
}  // namespace finn::net
