#include "core/check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "tests/support/refused.hpp"

namespace finn::core {
namespace {

enum class Colour : std::int32_t { red, green, blue };

TEST(RequireRange, takesItsEndsAndRefusesWhatIsBeyondWithBothOfThem) {
  EXPECT_NO_THROW(require_range(-2, -2, 7, "steps"));
  EXPECT_NO_THROW(require_range(7, -2, 7, "steps"));
  test::expect_refused([] { require_range(8, -2, 7, "steps"); }, "steps: 8 given, -2 .. 7");
  test::expect_refused([] { require_range(-3, -2, 7, "steps"); }, "steps: -3 given");
}

TEST(RequireEnumerator, refusesNumbersThatNoEnumeratorHas) {
  EXPECT_NO_THROW(require_enumerator(Colour::red, Colour::blue, "colour"));
  EXPECT_NO_THROW(require_enumerator(Colour::blue, Colour::blue, "colour"));
  for (const int number : {-1, 3, std::numeric_limits<int>::min()}) {
    test::expect_refused(
        [&] { require_enumerator(static_cast<Colour>(number), Colour::blue, "colour"); },
        "colour: " + std::to_string(number) + " given, 0 .. 2 expected");
  }
}

TEST(RequireNumber, tellsWhatIsNoNumberFromWhatIsNotValid) {
  EXPECT_NO_THROW(require_number(0.5, true, "rate", "a share"));
  test::expect_refused([] { require_number(1.5, false, "rate", "a share"); },
                       "rate: 1.5 given, a share expected");
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    test::expect_refused([&] { require_number(value, true, "rate", "a share"); },
                         "rate: ", Status::ERROR_NOT_FINITE);
  }
}

}  // namespace
}  // namespace finn::core
