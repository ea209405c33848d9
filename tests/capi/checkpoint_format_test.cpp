// Checkpoints of someone who knows the format: sound as files of tensors, and wrong in what they
// say.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/checkpoint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

// The file with another text in the place of one that its header has, which may be longer.
Bytes edited(const Bytes& file, const std::string& from, const std::string& to) {
  const auto at = std::search(file.begin() + 8, file.end(), from.begin(), from.end());
  EXPECT_NE(at, file.end()) << from;
  Bytes bytes(file.begin(), at);
  bytes.insert(bytes.end(), to.begin(), to.end());
  bytes.insert(bytes.end(), at + static_cast<std::ptrdiff_t>(from.size()), file.end());
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), sizeof length);
  length += to.size() - from.size();
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes;
}

// A run before its first step, as bytes.
Bytes save_new(finn_model* model, const finn_training_options& options) {
  return save(make_trainer(model, options).get());
}

// Every word in turn an extreme one. What loads must train.
TEST(CheckpointFormat, withExtremeValuesIsRefusedOrTrains) {
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x = random_points<double>(2, 8, 1), y = bump_of(x);
  const std::uint64_t extremes[] = {0,          1,          0x7fffffff,        0x80000000,
                                    0xffffffff, 1ull << 32, 1ull << 61,        INT64_MAX,
                                    1ull << 63, UINT64_MAX, 0x7ff0000000000000};
  for (const finn_optimiser kind : kEveryOptimiser) {
    const Bytes whole = small_checkpoint(kind);
    std::int64_t refused = 0;
    const auto stride = static_cast<std::size_t>(test::sweep(100, 4));  // 5 fields or 1
    for (std::size_t i = 0; i + 12 <= whole.size(); i += stride) {
      for (const std::uint64_t extreme : extremes) {
        for (const std::size_t width : {std::size_t{4}, std::size_t{8}}) {
          Bytes bytes = whole;
          for (std::size_t k = 0; k < width; ++k) {
            bytes[i + k] = static_cast<unsigned char>(extreme >> (8 * k));
          }
          const ModelHandle model = make_model({.widths = {2}});
          TrainerHandle trainer;
          const finn_status status = load(model.get(), bytes, &trainer);
          if (status != FINN_OK) {
            ++refused;
            ASSERT_TRUE(status == FINN_ERROR_FORMAT || status == FINN_ERROR_SIZE)
                << finn_status_name(status) << " at " << i;
            continue;
          }
          const std::int64_t steps = finn_trainer_steps(trainer.get());
          fit_data(trainer.get(), workspace.get(), x, y, stop_after(steps + 2));
        }
      }
    }
    EXPECT_GT(refused * static_cast<std::int64_t>(stride / 4), 500) << "optimiser " << kind;
  }
}

// A length that the bytes do not have is found out before memory of that length is taken.
TEST(CheckpointFormat, takesNoMemoryForAnOptimiserThatIsNotThere) {
  finn_training_options options = short_training();
  options.optimiser = FINN_OPTIMISER_LBFGS;
  options.lbfgs_memory = 2;
  const ModelHandle model = make_model({.widths = {20, 20}});
  const Bytes whole = save_new(model.get(), options);
  const std::string field = "\\\"lbfgs_memory\\\":";
  for (const char* memory : {"1000", "400"}) {
    const Bytes hostile = edited(whole, field + "2", field + memory);
    finn_error error = FINN_ERROR_INIT;
    TrainerHandle trainer;
    const std::uint64_t before = allocated_bytes;
    EXPECT_EQ(load(model.get(), hostile, &trainer, &error), FINN_ERROR_FORMAT);
    EXPECT_LT(allocated_bytes - before, 8 * whole.size());
    EXPECT_TRUE(mentions(error.message, "optimiser")) << error.message;
  }
}

TEST(CheckpointFormat, withoutTheStateOfItsOptimiserIsRefused) {
  const ModelHandle model = make_model({.widths = {20, 20}});
  for (const finn_optimiser kind : kEveryOptimiser) {
    finn_training_options options = short_training();
    options.optimiser = kind;
    const Bytes bytes =
        edited(save_new(model.get(), options), "trainer.optimiser.0", "trainer.x.0");
    finn_error error = FINN_ERROR_INIT;
    TrainerHandle trainer;
    EXPECT_EQ(load(model.get(), bytes, &trainer, &error), FINN_ERROR_FORMAT);
    EXPECT_TRUE(mentions(error.message, "trainer.optimiser.0")) << error.message;
  }
}

// Someone has written another loss into it, of which the model has none.
TEST(CheckpointFormat, ofALikelihoodIsRefusedByAModelWithoutDensity) {
  const ModelHandle model = make_model({.method = FINN_METHOD_SHIFT});
  const Bytes bytes =
      edited(save_new(model.get(), short_training()), "squared_error", "negative_log_likelihood");
  TrainerHandle loaded;
  EXPECT_EQ(load(model.get(), bytes, &loaded), FINN_ERROR_ARGUMENT);
}

}  // namespace
}  // namespace finn::test
