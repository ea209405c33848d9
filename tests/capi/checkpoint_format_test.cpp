// Checkpoints of someone who knows the format: sound to the check sum, and wrong in what they say.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/checkpoint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

// The check of the format, bit by bit: reflected polynomial 0xedb88320.
void mend_check(Bytes& bytes) {
  std::uint32_t remainder = 0xffffffffu;
  for (std::size_t i = 0; i + 4 < bytes.size(); ++i) {
    remainder ^= bytes[i];
    for (int bit = 0; bit < 8; ++bit) {
      remainder = remainder >> 1 ^ ((remainder & 1) != 0 ? 0xedb88320u : 0);
    }
  }
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[bytes.size() - 4 + i] = static_cast<unsigned char>(~remainder >> (8 * i));
  }
}

// The first byte behind the header, which holds the size, in which two checkpoints differ: where a
// field stands.
std::size_t first_difference(const Bytes& a, const Bytes& b) {
  constexpr std::ptrdiff_t header = 24;
  return static_cast<std::size_t>(
      std::mismatch(a.begin() + header, a.end(), b.begin() + header, b.end()).first - a.begin());
}

// A run before its first step, as bytes.
Bytes save_new(finn_model* model, const finn_training_options& options) {
  return save(make_trainer(model, options).get());
}

// Bytes of someone who knows the check: every word in turn an extreme one. What loads must train.
TEST(CheckpointFormat, withExtremeValuesIsRefusedOrTrains) {
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x = random_points<double>(2, 8, 1), y = bump_of(x);
  const std::uint64_t extremes[] = {0,          1,          0x7fffffff,        0x80000000,
                                    0xffffffff, 1ull << 32, 1ull << 61,        INT64_MAX,
                                    1ull << 63, UINT64_MAX, 0x7ff0000000000000};
  for (const finn_optimiser kind : kEveryOptimiser) {
    const Bytes whole = small_checkpoint(kind);
    std::int64_t refused = 0;
    const auto stride = static_cast<std::size_t>(test::sweep(20, 4));  // 5 fields or 1
    for (std::size_t i = 0; i + 12 <= whole.size(); i += stride) {
      for (const std::uint64_t extreme : extremes) {
        for (const std::size_t width : {std::size_t{4}, std::size_t{8}}) {
          Bytes bytes = whole;
          for (std::size_t k = 0; k < width; ++k) {
            bytes[i + k] = static_cast<unsigned char>(extreme >> (8 * k));
          }
          mend_check(bytes);
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
  options.lbfgs_memory = 3;
  Bytes hostile = whole;
  const std::size_t at = first_difference(whole, save_new(model.get(), options));
  for (const int memory : {1000, 40}) {
    hostile[at] = static_cast<unsigned char>(memory);
    hostile[at + 1] = static_cast<unsigned char>(memory >> 8);
    mend_check(hostile);
    finn_error error = FINN_ERROR_INIT;
    TrainerHandle trainer;
    const std::uint64_t before = allocated_bytes;
    EXPECT_EQ(load(model.get(), hostile, &trainer, &error), FINN_ERROR_FORMAT);
    EXPECT_LT(allocated_bytes - before, 2 * whole.size());
    EXPECT_TRUE(mentions(error.message, "optimiser")) << error.message;
  }
}

TEST(CheckpointFormat, thatEndsBehindTheParametersIsRefusedForWantOfItsOptimiser) {
  const ModelHandle model = make_model({.widths = {20, 20}});
  const auto parameters = parameters_of<double>(model.get());
  const std::size_t count = parameters.size() * sizeof(double);
  for (const finn_optimiser kind : kEveryOptimiser) {
    finn_training_options options = short_training();
    options.optimiser = kind;
    Bytes bytes = save_new(model.get(), options);
    const auto* begin = reinterpret_cast<const unsigned char*>(parameters.data());
    const auto found = std::search(bytes.begin(), bytes.end(), begin, begin + count);
    ASSERT_NE(found, bytes.end());
    bytes.resize(static_cast<std::size_t>(found - bytes.begin()) + count + 16 + 4);
    for (std::size_t i = 0; i < 8; ++i) {
      bytes[16 + i] = static_cast<unsigned char>(bytes.size() >> (8 * i));
    }
    mend_check(bytes);
    finn_error error = FINN_ERROR_INIT;
    TrainerHandle trainer;
    EXPECT_EQ(load(model.get(), bytes, &trainer, &error), FINN_ERROR_FORMAT);
    EXPECT_NE(std::strstr(error.message, "size of the optimiser"), nullptr) << error.message;
  }
}

// Someone who knows the check has written another loss into it.
TEST(CheckpointFormat, ofALikelihoodIsRefusedByAModelWithoutDensity) {
  finn_training_options options = short_training();
  const ModelHandle model = make_model({.method = FINN_METHOD_SHIFT});
  Bytes bytes = save_new(model.get(), options);
  options.loss = FINN_LOSS_HUBER;
  const std::size_t at = first_difference(bytes, save_new(model.get(), options));
  bytes[at] = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  mend_check(bytes);
  TrainerHandle loaded;
  EXPECT_EQ(load(model.get(), bytes, &loaded), FINN_ERROR_ARGUMENT);
}

}  // namespace
}  // namespace finn::test
