#include "capi/translate.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "capi/finn.h"

namespace finn::capi {
namespace {

enum class Form { first, second };

TEST(Translate, keepsNumbersAndEnumerators) {
  Form form = Form::first;
  translate(FINN_NETWORK_MLP, form);
  EXPECT_EQ(form, Form::second);
  finn_network_form back = FINN_NETWORK_MIXTURE;
  translate(form, back);
  EXPECT_EQ(back, FINN_NETWORK_MLP);
  double number = 0;
  translate(0.25, number);
  EXPECT_EQ(number, 0.25);
}

TEST(Translate, makesABoolOfTwoValues) {
  bool separate = false;
  translate(FINN_SHARING_NONE, separate);
  EXPECT_TRUE(separate);
  finn_sharing back = FINN_SHARING_TRUNK;
  translate(separate, back);
  EXPECT_EQ(back, FINN_SHARING_NONE);
  std::int32_t flag = 0;
  translate(true, flag);
  EXPECT_EQ(flag, 1);
}

TEST(Translate, takesAsManyIntegersAsThereAre) {
  const std::int32_t from[] = {7, 8, 9, 10};
  std::vector<int> widths = {1};
  translate(std::int32_t{3}, widths);
  translate(from, widths);
  EXPECT_EQ(widths, (std::vector<int>{7, 8, 9}));
  std::int32_t count = 0, back[4] = {0, 0, 0, 11};
  translate(widths, count);
  translate(widths, back);
  EXPECT_EQ(count, 3);
  EXPECT_EQ(back[2], 9);
  EXPECT_EQ(back[3], 11);
}

}  // namespace
}  // namespace finn::capi
