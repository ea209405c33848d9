// The lists of options of networks and of the network of the conditions.
#include "core/option.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "tests/finn/option_support.hpp"

namespace finn::net {
namespace {

#define FINN_OWN_ROW(name, row, applies_to, sentence) (row).described(#name, applies_to, sentence),
#define FINN_ROW(path, ...) FINN_OWN_ROW(__VA_ARGS__)

TEST(NetworkOptions, haveDefaultsThatTheyAllow) {
  test::expect_sound({FINN_MIXTURE_OPTIONS(FINN_ROW, FINN_OWN_ROW)});
  test::expect_sound({FINN_MLP_OPTIONS(FINN_ROW, FINN_OWN_ROW)});
  test::expect_sound({FINN_CONDITIONING_OPTIONS(FINN_ROW)});
}

#undef FINN_OWN_ROW
#undef FINN_ROW

}  // namespace
}  // namespace finn::net
