#include "capi/finn.h"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(ModelFile, givesTheSameBitsAgain) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model = make_model({.precision = precision});
    const ModelHandle loaded = load_model(save_model(model.get()));
    EXPECT_TRUE(same_bits(parameters_of<double>(loaded.get()), parameters_of<double>(model.get())));
    EXPECT_EQ(save_model(loaded.get()), save_model(model.get()));
  }
}

}  // namespace
}  // namespace finn::test
