// The list of options of constraints.
#include "core/option.hpp"
#include "finn/constraints/constraint.hpp"
#include "tests/finn/option_support.hpp"

namespace finn::net {
namespace {

TEST(ConstraintOptions, haveDefaultsThatTheyAllow) {
#define FINN_ROW(path, name, row, applies_to, sentence) \
  (row).described(#name, applies_to, sentence),
  test::expect_sound({FINN_CONSTRAINT_OPTIONS(FINN_ROW)});
#undef FINN_ROW
}

TEST(ConstraintOptions, beginWithTheDefaultsOfTheirRows) {
  const Constraint constraint;
#define FINN_EXPECT_DEFAULT(path, name, row, applies_to, sentence) \
  EXPECT_EQ(core::number_text(constraint.path), (row).default_value) << #name;
  FINN_CONSTRAINT_OPTIONS(FINN_EXPECT_DEFAULT)
#undef FINN_EXPECT_DEFAULT
}

}  // namespace
}  // namespace finn::net
