// Checkpoints: they go on to the same bits, and nothing that is damaged gets through.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

using Bytes = std::vector<unsigned char>;

Bytes save(const finn_trainer* trainer, const finn_model* model) {
  std::int64_t size = 0;
  require_ok(
      [&](finn_error* e) { return finn_trainer_save(trainer, model, nullptr, 0, &size, e); });
  Bytes bytes(static_cast<std::size_t>(size));
  require_ok([&](finn_error* e) {
    return finn_trainer_save(trainer, model, bytes.data(), size, &size, e);
  });
  return bytes;
}

finn_status load(finn_model* model, const Bytes& bytes, TrainerHandle* trainer,
                 finn_error* error = nullptr) {
  finn_trainer* made = nullptr;
  const finn_status status =
      finn_trainer_load(model, bytes.data(), static_cast<std::int64_t>(bytes.size()), &made, error);
  trainer->reset(made);
  EXPECT_EQ(made != nullptr, status == FINN_OK);
  return status;
}

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
Bytes save_new(const finn_model* model, const finn_training_options& options) {
  return save(make_trainer(model, options).get(), model);
}

// A model of many options, from one function: what a checkpoint must hold to fit it again.
struct Fitted {
  const char* name;
  void (*set)(finn_model_options&);
};
constexpr std::int32_t kWidths[] = {4, 3}, kOtherWidths[] = {4, 4};
constexpr double kTwo = 2;
constexpr Fitted kFitted[] = {{"head", [](finn_model_options& o) { o.terms = 5; }},
                              {"head", [](finn_model_options& o) { o.widths = kWidths; }},
                              {"terms", [](finn_model_options& o) { o.terms = 6; }},
                              {"steps",
                               [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.steps = 2;
                               }},
                              {"sharing",
                               [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.sharing = FINN_SHARING_NONE;
                               }},
                              {"widths", [](finn_model_options& o) { o.widths = kOtherWidths; }},
                              {"patterns",
                               [](finn_model_options& o) {
                                 o.widths = kWidths;
                                 o.patterns = 2;
                               }},
                              {"read_out",
                               [](finn_model_options& o) {
                                 o.widths = kWidths;
                                 o.read_out = FINN_READ_OUT_DENSE;
                               }},
                              {"last_layer",
                               [](finn_model_options& o) {
                                 o.widths = kWidths;
                                 o.last_layer = FINN_LAST_LAYER_SIGMA;
                               }},
                              {"positivity",
                               [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.positivity = FINN_POSITIVITY_SOFTPLUS;
                               }},
                              {"positivity",
                               [](finn_model_options& o) {
                                 o.positivity = FINN_POSITIVITY_NONE;
                                 o.widths = kWidths;
                               }},
                              {"activation",
                               [](finn_model_options& o) {
                                 o.positivity = FINN_POSITIVITY_NONE;
                                 o.widths = kWidths;
                                 o.activation = FINN_ACTIVATION_SINE;
                               }},
                              {"outputs",
                               [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.outputs = 2;
                               }},
                              {"constraint",
                               [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.constraint = FINN_CONSTRAINT_SHIFT;
                               }},
                              {"epsilon",
                               [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.epsilon = &kTwo;
                               }},
                              {"floor", [](finn_model_options& o) {
                                 o.terms = 5;
                                 o.floor = 0.25;
                               }}};

ModelHandle make_fitted(const Fitted& fitted, const finn_domain* domain, finn_precision precision,
                        std::uint64_t seed = 1) {
  finn_model_options options = options_on(domain);
  options.hidden_layers = 2;
  options.precision = precision;
  options.seed = seed;
  fitted.set(options);
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &model, e); });
  return ModelHandle(model);
}

class Checkpoint : public ::testing::Test {
 protected:
  finn_status fit(const Case& c, finn_trainer* trainer, finn_model* model,
                  const Callbacks& callbacks) {
    return c.from_data ? fit_data(trainer, model, workspace_.get(), x_, y_, callbacks)
                       : fit_sampler(trainer, model, workspace_.get(), callbacks);
  }

  // A checkpoint in the middle of a run, small enough to try every byte.
  Bytes small_checkpoint(finn_optimiser optimiser) {
    finn_training_options options = short_training(6, 4);
    options.optimiser = optimiser;
    options.lbfgs_memory = 2;
    options.validation_share = 0.25;
    options.validation_interval = 1;
    const ModelHandle model = make_model({.widths = {2}});
    const TrainerHandle trainer = make_trainer(model.get(), options);
    const std::vector<double> x(x_.begin(), x_.begin() + 16);
    EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x, bump_of(x), stop_after(3)),
              FINN_STOPPED);
    return save(trainer.get(), model.get());
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1), y_ = bump_of(x_);
};

TEST_F(Checkpoint, goesOnToTheSameBits) {
  for (const Case& c : repeat_cases()) {
    SCOPED_TRACE(c.name);
    const ModelHandle straight = make_model({.precision = c.precision});
    const TrainerHandle whole = make_trainer(straight.get(), c.options);
    ASSERT_EQ(fit(c, whole.get(), straight.get(), {}), FINN_OK);
    for (const std::int64_t stop : {1, 7, 19}) {
      Bytes bytes;
      {
        const ModelHandle model = make_model({.precision = c.precision});
        const TrainerHandle trainer = make_trainer(model.get(), c.options);
        ASSERT_EQ(fit(c, trainer.get(), model.get(), stop_after(stop)), FINN_STOPPED);
        bytes = save(trainer.get(), model.get());
      }
      const ModelHandle model = make_model({.precision = c.precision, .seed = 99});
      TrainerHandle trainer;
      ASSERT_EQ(load(model.get(), bytes, &trainer), FINN_OK);
      EXPECT_EQ(save(trainer.get(), model.get()), bytes);
      EXPECT_EQ(finn_trainer_steps(trainer.get()), stop);
      ASSERT_EQ(fit(c, trainer.get(), model.get(), {}), FINN_OK);
      EXPECT_TRUE(
          same_bits(parameters_of<double>(model.get()), parameters_of<double>(straight.get())));
      EXPECT_TRUE(same_bits(history_of(trainer.get()), history_of(whole.get())));
      EXPECT_EQ(save(trainer.get(), model.get()), save(whole.get(), straight.get()));
    }
  }
}

TEST_F(Checkpoint, holdsARunBeforeItsFirstStepAndAfterItsLast) {
  const ModelHandle model = make_model({});
  TrainerHandle trainer = make_trainer(model.get(), short_training(3));
  ASSERT_EQ(load(model.get(), save(trainer.get(), model.get()), &trainer), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 0);
  ASSERT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, y_), FINN_OK);
  ASSERT_EQ(load(model.get(), save(trainer.get(), model.get()), &trainer), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 3);
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STEPS_DONE);
}

TEST_F(Checkpoint, isRefusedAtEveryLengthButItsOwn) {
  const ModelHandle model = make_model({.widths = {2}});
  const auto before = parameters_of<double>(model.get());
  for (finn_optimiser kind = FINN_OPTIMISER_ADAM; kind <= FINN_OPTIMISER_LBFGS; ++kind) {
    const Bytes whole = small_checkpoint(kind);
    TrainerHandle trainer;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
      finn_error error = FINN_ERROR_INIT;
      ASSERT_EQ(load(model.get(), cut.empty() ? Bytes{0} : cut, &trainer, &error),
                FINN_ERROR_FORMAT)
          << length;
      ASSERT_NE(std::strstr(error.message, "checkpoint"), nullptr) << error.message;
    }
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_EQ(load(model.get(), longer, &trainer), FINN_ERROR_FORMAT);
  }
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
}

TEST_F(Checkpoint, isRefusedWhenAnyByteIsFlipped) {
  const ModelHandle model = make_model({.widths = {2}});
  const auto before = parameters_of<double>(model.get());
  const Bytes whole = small_checkpoint(FINN_OPTIMISER_ADAM);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const unsigned flip : {0x01u, 0x80u, 0xffu}) {
      Bytes flipped = whole;
      flipped[i] = static_cast<unsigned char>(flipped[i] ^ flip);
      TrainerHandle trainer;
      ASSERT_EQ(load(model.get(), flipped, &trainer), FINN_ERROR_FORMAT) << "byte " << i;
    }
  }
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
}

// Bytes of someone who knows the check: every word in turn an extreme one. What loads must train.
TEST_F(Checkpoint, withExtremeValuesIsRefusedOrTrains) {
  const std::vector<double> x(x_.begin(), x_.begin() + 16), y = bump_of(x);
  const std::uint64_t extremes[] = {0,          1,          0x7fffffff,        0x80000000,
                                    0xffffffff, 1ull << 32, 1ull << 61,        INT64_MAX,
                                    1ull << 63, UINT64_MAX, 0x7ff0000000000000};
  for (finn_optimiser kind = FINN_OPTIMISER_ADAM; kind <= FINN_OPTIMISER_LBFGS; ++kind) {
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
          fit_data(trainer.get(), model.get(), workspace_.get(), x, y, stop_after(steps + 2));
        }
      }
    }
    EXPECT_GT(refused * static_cast<std::int64_t>(stride / 4), 500) << "optimiser " << kind;
  }
}

TEST_F(Checkpoint, ofAnotherNetworkIsRefused) {
  const Bytes bytes = small_checkpoint(FINN_OPTIMISER_ADAM);
  const struct {
    ModelSpec spec;
    const char* named;
  } others[] = {{{.variables = 1, .widths = {2}}, "variables"},
                {{.outputs = 2, .widths = {2}}, "outputs"},
                {{.widths = {3}}, "widths"},
                {{.widths = {2, 2}}, "widths"},
                {{.widths = {2}, .precision = FINN_FLOAT32}, "precision"},
                {{.widths = {2}, .positivity = FINN_POSITIVITY_SQUARE}, "positivity"}};
  for (const auto& other : others) {
    const ModelHandle model = make_model(other.spec);
    expect_refused({other.named, FINN_ERROR_SIZE, other.named, [&](finn_error* error) {
                      TrainerHandle trainer;
                      return load(model.get(), bytes, &trainer, error);
                    }});
  }
}

// Each model against the first of its head, which differs from it in the one option that is named.
TEST_F(Checkpoint, ofAModelWithAnyOtherOptionIsRefusedAndNamesIt) {
  const DomainHandle disk = unit_disk();
  for (const Fitted& fitted : kFitted) {
    SCOPED_TRACE(fitted.name);
    const ModelHandle model = make_fitted(fitted, disk.get(), FINN_FLOAT64);
    const TrainerHandle trainer = make_trainer(model.get(), short_training());
    const Bytes bytes = save(trainer.get(), model.get());
    std::string named;
    for (const Fitted& other : kFitted) {
      const ModelHandle taker = make_fitted(other, disk.get(), FINN_FLOAT64);
      TrainerHandle loaded;
      finn_error error = FINN_ERROR_INIT;
      const finn_status status = load(taker.get(), bytes, &loaded, &error);
      EXPECT_EQ(status, &other == &fitted ? FINN_OK : FINN_ERROR_SIZE) << other.name;
      if (status != FINN_OK) {
        EXPECT_TRUE(mentions(error.message, "checkpoint")) << error.message;
        named += error.message + std::string("\n");
      }
    }
    EXPECT_TRUE(mentions(named, fitted.name)) << named;
  }
}

TEST_F(Checkpoint, isNotMadeOfAModelThatTheTrainerCannotTrain) {
  const DomainHandle disk = unit_disk();
  const ModelHandle product = make_fitted(kFitted[0], disk.get(), FINN_FLOAT64);
  const TrainerHandle trainer = make_trainer(product.get(), short_training());
  std::int64_t size = -1;
  const auto expect_no_checkpoint_of = [&](const finn_model* model, const char* named) {
    expect_refused({named, FINN_ERROR_SIZE, named, [&](finn_error* e) {
                      return finn_trainer_save(trainer.get(), model, nullptr, 0, &size, e);
                    }});
    EXPECT_EQ(size, -1);
  };
  expect_no_checkpoint_of(make_fitted(kFitted[1], disk.get(), FINN_FLOAT64).get(), "head");
  expect_no_checkpoint_of(make_fitted(kFitted[2], disk.get(), FINN_FLOAT64).get(), "terms");
  expect_no_checkpoint_of(make_fitted(kFitted[0], disk.get(), FINN_FLOAT32).get(), "precision");
}

TEST_F(Checkpoint, ofEveryHeadOnADomainGoesOnToTheSameBits) {
  const DomainHandle disk = unit_disk();
  const Callbacks bumps = [] {
    Callbacks callbacks;
    callbacks.sample = [](std::int64_t, std::int64_t batch, double* x, double* y) {
      for (std::int64_t b = 0; b < batch; ++b) y[b] = std::exp(-3 * std::fabs(x[2 * b]));
      return 0;
    };
    return callbacks;
  }();
  Callbacks stopping = stop_after(9);
  stopping.sample = bumps.sample;
  for (const Fitted& fitted : kFitted) {
    if (fitted.name == std::string("outputs")) continue;
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      SCOPED_TRACE(fitted.name);
      const ModelHandle straight = make_fitted(fitted, disk.get(), precision);
      const TrainerHandle whole = make_trainer(straight.get(), short_training());
      ASSERT_EQ(fit_sampler(whole.get(), straight.get(), workspace_.get(), bumps), FINN_OK);
      const ModelHandle stopped = make_fitted(fitted, disk.get(), precision);
      const TrainerHandle half = make_trainer(stopped.get(), short_training());
      ASSERT_EQ(fit_sampler(half.get(), stopped.get(), workspace_.get(), stopping), FINN_STOPPED);
      const ModelHandle model = make_fitted(fitted, disk.get(), precision, 99);
      TrainerHandle trainer;
      ASSERT_EQ(load(model.get(), save(half.get(), stopped.get()), &trainer), FINN_OK);
      ASSERT_EQ(fit_sampler(trainer.get(), model.get(), workspace_.get(), bumps), FINN_OK);
      EXPECT_EQ(save(trainer.get(), model.get()), save(whole.get(), straight.get()));
    }
  }
}

// A length that the bytes do not have is found out before memory of that length is taken.
TEST_F(Checkpoint, takesNoMemoryForAnOptimiserThatIsNotThere) {
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

TEST_F(Checkpoint, thatEndsBehindTheParametersIsRefusedForWantOfItsOptimiser) {
  const ModelHandle model = make_model({.widths = {20, 20}});
  const auto parameters = parameters_of<double>(model.get());
  const std::size_t count = parameters.size() * sizeof(double);
  for (finn_optimiser kind = FINN_OPTIMISER_ADAM; kind <= FINN_OPTIMISER_LBFGS; ++kind) {
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
TEST_F(Checkpoint, ofALikelihoodIsRefusedByAModelWithoutDensity) {
  finn_training_options options = short_training();
  const ModelHandle model = make_model({.constraint = FINN_CONSTRAINT_SHIFT});
  Bytes bytes = save_new(model.get(), options);
  options.loss = FINN_LOSS_HUBER;
  const std::size_t at = first_difference(bytes, save_new(model.get(), options));
  bytes[at] = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  mend_check(bytes);
  TrainerHandle loaded;
  EXPECT_EQ(load(model.get(), bytes, &loaded), FINN_ERROR_ARGUMENT);
}

TEST_F(Checkpoint, isKeptInAFileThatIsReplacedAtOnce) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("finn_checkpoint_test_" + std::to_string(::getpid()));
  const ModelHandle model = make_model({});
  TrainerHandle trainer = make_trainer(model.get(), short_training(8));
  finn_trainer* made = nullptr;
  EXPECT_EQ(finn_trainer_load_file(model.get(), path.c_str(), &made, nullptr), FINN_ERROR_FILE);
  EXPECT_EQ(made, nullptr);
  for (const std::int64_t stop : {2, 5}) {
    EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, y_, stop_after(stop)),
              FINN_STOPPED);
    require_ok([&](finn_error* e) {
      return finn_trainer_save_file(trainer.get(), model.get(), path.c_str(), e);
    });
    require_ok(
        [&](finn_error* e) { return finn_trainer_load_file(model.get(), path.c_str(), &made, e); });
    trainer.reset(made);
    EXPECT_EQ(finn_trainer_steps(trainer.get()), stop);
  }
  std::filesystem::resize_file(path, 100);
  EXPECT_EQ(finn_trainer_load_file(model.get(), path.c_str(), &made, nullptr), FINN_ERROR_FORMAT);
  std::filesystem::remove(path);
}

TEST_F(Checkpoint, refusesBadArguments) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  const finn_trainer* t = trainer.get();
  finn_trainer* made = nullptr;
  std::int64_t size = 0;
  unsigned char bytes[16] = {};
  const BadCall calls[] = {
      {"save: trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return finn_trainer_save(nullptr, model.get(), nullptr, 0, &size, e); }},
      {"save: model", FINN_ERROR_NULL, "model",
       [&](auto* e) { return finn_trainer_save(t, nullptr, nullptr, 0, &size, e); }},
      {"save: size", FINN_ERROR_NULL, "size",
       [&](auto* e) { return finn_trainer_save(t, model.get(), nullptr, 0, nullptr, e); }},
      {"save: capacity", FINN_ERROR_SIZE, "capacity",
       [&](auto* e) { return finn_trainer_save(t, model.get(), bytes, 16, &size, e); }},
      {"load: model", FINN_ERROR_NULL, "model",
       [&](auto* e) { return finn_trainer_load(nullptr, bytes, 16, &made, e); }},
      {"load: buffer", FINN_ERROR_NULL, "buffer",
       [&](auto* e) { return finn_trainer_load(model.get(), nullptr, 16, &made, e); }},
      {"load: size", FINN_ERROR_SIZE, "size",
       [&](auto* e) { return finn_trainer_load(model.get(), bytes, -1, &made, e); }},
      {"load: trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return finn_trainer_load(model.get(), bytes, 16, nullptr, e); }},
      {"save_file: path", FINN_ERROR_NULL, "path",
       [&](auto* e) { return finn_trainer_save_file(t, model.get(), nullptr, e); }},
      {"load_file: path", FINN_ERROR_NULL, "path",
       [&](auto* e) { return finn_trainer_load_file(model.get(), nullptr, &made, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

}  // namespace
}  // namespace finn::test
