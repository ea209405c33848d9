// finn_chain_options into what a fit takes and back, by way of a chain.
#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

finn_chain_options options_back(const finn_chain_options* options) {
  const ChainHandle chain = make_handle<finn_chain>([&](finn_chain** made, finn_error* e) {
    return finn_chain_create(2, 0, nullptr, nullptr, options, made, e);
  });
  finn_chain_options got;
  finn_chain_options_init(&got, sizeof got);
  require_ok([&](finn_error* e) { return finn_chain_get_options(chain.get(), &got, e); });
  return got;
}

TEST(ChainOptions, areTheDefaultsWhereNoneAreGiven) {
  finn_chain_options defaults;
  finn_chain_options_init(&defaults, sizeof defaults);
  const finn_chain_options got = options_back(nullptr);
  EXPECT_EQ(got.steps, defaults.steps);
  EXPECT_EQ(got.batch, defaults.batch);
  EXPECT_EQ(got.learning_rate, defaults.learning_rate);
  EXPECT_EQ(got.validation_share, defaults.validation_share);
  EXPECT_EQ(got.linear_components, defaults.linear_components);
  EXPECT_EQ(got.widths[0], 64);
}

TEST(ChainOptions, comeBackAsTheyWereGiven) {
  finn_chain_options options;
  finn_chain_options_init(&options, sizeof options);
  options.steps = 11;
  options.batch = 12;
  options.learning_rate = 0.5;
  options.validation_share = 0.25;
  options.seed = UINT64_MAX;
  options.components = 13;
  options.normals_per_axis = 14;
  options.linear_components = 15;
  options.hidden_layers = 3;
  options.widths[0] = 16;
  options.widths[1] = 17;
  options.widths[2] = 18;
  options.precision = FINN_FLOAT32;
  const finn_chain_options got = options_back(&options);
  EXPECT_EQ(got.steps, 11);
  EXPECT_EQ(got.batch, 12);
  EXPECT_EQ(got.learning_rate, 0.5);
  EXPECT_EQ(got.validation_share, 0.25);
  EXPECT_EQ(got.seed, UINT64_MAX);
  EXPECT_EQ(got.components, 13);
  EXPECT_EQ(got.normals_per_axis, 14);
  EXPECT_EQ(got.linear_components, 15);
  EXPECT_EQ(got.hidden_layers, 3);
  EXPECT_EQ(got.widths[0], 16);
  EXPECT_EQ(got.widths[1], 17);
  EXPECT_EQ(got.widths[2], 18);
  EXPECT_EQ(got.precision, FINN_FLOAT32);
  EXPECT_EQ(got.reserved, 0);
}

}  // namespace
}  // namespace finn::test
