// Checkpoints: they go on to the same bits, and nothing that is damaged gets through.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/checkpoint_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

Bytes bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Models that differ from the first of their network in the one thing that is named: what a
// checkpoint must tell apart.
struct Named {
  const char* name;
  void (*set)(ModelSpec&);
};
constexpr Named kNamed[] = {{"network", [](ModelSpec& s) { s.components = 5; }},
                            {"network",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 3};
                             }},
                            {"components", [](ModelSpec& s) { s.components = 6; }},
                            {"normals_per_axis",
                             [](ModelSpec& s) {
                               s.components = 5;
                               s.normals_per_axis = 2;
                             }},
                            {"sharing",
                             [](ModelSpec& s) {
                               s.components = 5;
                               s.sharing = FINN_SHARING_NONE;
                             }},
                            {"widths",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 4};
                             }},
                            {"orthants",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 3};
                               s.orthants = 2;
                             }},
                            {"skip",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 3};
                               s.skip = 1;
                             }},
                            {"output_activation",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 3};
                               s.output_activation = 1;
                             }},
                            {"positivity",
                             [](ModelSpec& s) {
                               s.components = 5;
                               s.positivity = FINN_POSITIVITY_SOFTPLUS;
                             }},
                            {"positivity",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 3};
                               s.positivity = FINN_POSITIVITY_NONE;
                             }},
                            {"activation",
                             [](ModelSpec& s) {
                               s.network = FINN_NETWORK_MLP;
                               s.widths = {4, 3};
                               s.positivity = FINN_POSITIVITY_NONE;
                               s.activation = FINN_ACTIVATION_SINE;
                             }},
                            {"outputs",
                             [](ModelSpec& s) {
                               s.components = 5;
                               s.outputs = 2;
                             }},
                            {"constraint",
                             [](ModelSpec& s) {
                               s.components = 5;
                               s.method = FINN_METHOD_SHIFT;
                             }},
                            {"target",
                             [](ModelSpec& s) {
                               s.components = 5;
                               s.target = {2};
                             }},
                            {"uniform_share", [](ModelSpec& s) {
                               s.components = 5;
                               s.uniform_share = 0.25;
                             }}};

ModelHandle make_named(const Named& named, const finn_domain* domain, finn_precision precision,
                       std::uint64_t seed = 1) {
  ModelSpec spec = spec_on(domain);
  spec.precision = precision;
  spec.seed = seed;
  named.set(spec);
  return make_model(spec);
}

class Checkpoint : public ::testing::Test {
 protected:
  finn_status fit(const Case& c, finn_trainer* trainer, const Callbacks& callbacks) {
    return c.from_data ? fit_data(trainer, workspace_.get(), x_, y_, callbacks)
                       : fit_sampler(trainer, workspace_.get(), callbacks);
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1), y_ = bump_of(x_);
};

TEST_F(Checkpoint, goesOnToTheSameBits) {
  for (const Case& c : repeat_cases()) {
    SCOPED_TRACE(c.name);
    const ModelHandle straight = make_model({.precision = c.precision});
    const TrainerHandle whole = make_trainer(straight.get(), c.options);
    ASSERT_EQ(fit(c, whole.get(), {}), FINN_OK);
    for (const std::int64_t stop : {1, 7, 19}) {
      Bytes bytes;
      {
        const ModelHandle model = make_model({.precision = c.precision});
        const TrainerHandle trainer = make_trainer(model.get(), c.options);
        ASSERT_EQ(fit(c, trainer.get(), stop_after(stop)), FINN_OK);
        bytes = save(trainer.get());
      }
      const ModelHandle model = make_model({.precision = c.precision, .seed = 99});
      TrainerHandle trainer;
      ASSERT_EQ(load(model.get(), bytes, &trainer), FINN_OK);
      EXPECT_EQ(save(trainer.get()), bytes);
      EXPECT_EQ(finn_trainer_steps(trainer.get()), stop);
      ASSERT_EQ(fit(c, trainer.get(), {}), FINN_OK);
      EXPECT_TRUE(
          same_bits(parameters_of<double>(model.get()), parameters_of<double>(straight.get())));
      EXPECT_TRUE(same_bits(history_of(trainer.get()), history_of(whole.get())));
      EXPECT_EQ(save(trainer.get()), save(whole.get()));
    }
  }
}

TEST_F(Checkpoint, holdsARunBeforeItsFirstStepAndAfterItsLast) {
  const ModelHandle model = make_model({});
  TrainerHandle trainer = make_trainer(model.get(), short_training(3));
  ASSERT_EQ(load(model.get(), save(trainer.get()), &trainer), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 0);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  ASSERT_EQ(load(model.get(), save(trainer.get()), &trainer), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 3);
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STEPS_DONE);
}

TEST_F(Checkpoint, isRefusedAtEveryLengthButItsOwn) {
  const ModelHandle model = make_model({.widths = {2}});
  const auto before = parameters_of<double>(model.get());
  for (const finn_optimiser kind : kEveryOptimiser) {
    const Bytes whole = small_checkpoint(kind);
    TrainerHandle trainer;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
      ASSERT_EQ(load(model.get(), cut.empty() ? Bytes{0} : cut, &trainer), FINN_ERROR_FORMAT)
          << length;
    }
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_EQ(load(model.get(), longer, &trainer), FINN_ERROR_FORMAT);
  }
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
}

// What loads with a byte changed is a run all the same: it is saved, loaded again and goes on.
TEST_F(Checkpoint, isRefusedOrValidWhenAnyByteIsFlipped) {
  const std::vector<double> x(x_.begin(), x_.begin() + 16), y = bump_of(x);
  const Bytes whole = small_checkpoint(FINN_OPTIMISER_ADAM);
  const ModelHandle model = make_model({.widths = {2}});
  const auto before = parameters_of<double>(model.get());
  std::size_t refused = 0;
  const auto stride = static_cast<std::size_t>(sweep(7, 1));
  for (std::size_t i = 0; i < whole.size(); i += stride) {
    for (const unsigned flip : {0x01u, 0x80u, 0xffu}) {
      Bytes flipped = whole;
      flipped[i] = static_cast<unsigned char>(flipped[i] ^ flip);
      TrainerHandle trainer;
      const finn_status status = load(model.get(), flipped, &trainer);
      if (status != FINN_OK) {
        ++refused;
        ASSERT_TRUE(same_bits(parameters_of<double>(model.get()), before)) << "byte " << i;
        ASSERT_TRUE(status == FINN_ERROR_FORMAT || status == FINN_ERROR_SIZE)
            << finn_status_name(status) << ", byte " << i;
        continue;
      }
      const Bytes again = save(trainer.get());
      trainer = load(model.get(), again);
      ASSERT_EQ(save(trainer.get()), again) << "byte " << i;
      const std::int64_t steps = finn_trainer_steps(trainer.get());
      fit_data(trainer.get(), workspace_.get(), x, y, stop_after(steps + 1));
      set_parameters(model.get(), before);
    }
  }
  EXPECT_GT(refused, whole.size() / stride / 2);
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

// Each model against the first of its network, which differs from it in the one option that is
// named.
TEST_F(Checkpoint, ofAModelWithAnyOtherOptionIsRefusedAndNamesIt) {
  const DomainHandle disk = unit_disk();
  for (const Named& named : kNamed) {
    SCOPED_TRACE(named.name);
    const ModelHandle model = make_named(named, disk.get(), FINN_FLOAT64);
    const TrainerHandle trainer = make_trainer(model.get(), short_training());
    const Bytes bytes = save(trainer.get());
    std::string messages;
    for (const Named& other : kNamed) {
      const ModelHandle taker = make_named(other, disk.get(), FINN_FLOAT64);
      TrainerHandle loaded;
      finn_error error = FINN_ERROR_INIT;
      const finn_status status = load(taker.get(), bytes, &loaded, &error);
      EXPECT_EQ(status, &other == &named ? FINN_OK : FINN_ERROR_SIZE) << other.name;
      if (status != FINN_OK) {
        messages += error.message + std::string("\n");
      }
    }
    EXPECT_TRUE(mentions(messages, named.name)) << messages;
  }
}

TEST_F(Checkpoint, ofEveryNetworkOnADomainGoesOnToTheSameBits) {
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
  for (const Named& named : kNamed) {
    if (named.name == std::string("outputs")) continue;
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      SCOPED_TRACE(named.name);
      const ModelHandle straight = make_named(named, disk.get(), precision);
      const TrainerHandle whole = make_trainer(straight.get(), short_training());
      ASSERT_EQ(fit_sampler(whole.get(), workspace_.get(), bumps), FINN_OK);
      const ModelHandle stopped = make_named(named, disk.get(), precision);
      const TrainerHandle half = make_trainer(stopped.get(), short_training());
      ASSERT_EQ(fit_sampler(half.get(), workspace_.get(), stopping), FINN_OK);
      const ModelHandle model = make_named(named, disk.get(), precision, 99);
      TrainerHandle trainer;
      ASSERT_EQ(load(model.get(), save(half.get()), &trainer), FINN_OK);
      ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), bumps), FINN_OK);
      EXPECT_EQ(save(trainer.get()), save(whole.get()));
    }
  }
}

TEST_F(Checkpoint, isKeptInAFileThatIsReplacedAtOnce) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("finn_checkpoint_test_" + std::to_string(::getpid()));
  const ModelHandle model = make_model({});
  TrainerHandle trainer = make_trainer(model.get(), short_training(8));
  finn_trainer* made = nullptr;
  EXPECT_EQ(finn_trainer_load(model.get(), path.c_str(), &made, nullptr), FINN_ERROR_FILE);
  EXPECT_EQ(made, nullptr);
  for (const std::int64_t stop : {2, 5}) {
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, stop_after(stop)), FINN_OK);
    require_ok([&](finn_error* e) { return finn_trainer_save(trainer.get(), path.c_str(), e); });
    EXPECT_EQ(bytes_of(path), save(trainer.get()));
    require_ok(
        [&](finn_error* e) { return finn_trainer_load(model.get(), path.c_str(), &made, e); });
    trainer.reset(made);
    EXPECT_EQ(finn_trainer_steps(trainer.get()), stop);
  }
  std::filesystem::resize_file(path, 100);
  EXPECT_EQ(finn_trainer_load(model.get(), path.c_str(), &made, nullptr), FINN_ERROR_FORMAT);
  std::filesystem::remove(path);
}

// The trainers that a model had before keep theirs.
TEST_F(Checkpoint, bindsItsTrainerToTheModelItWasLoadedInto) {
  ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(6));
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, stop_after(2)), FINN_OK);
  const Bytes bytes = save(trainer.get());
  ModelHandle other = make_model({.seed = 99});
  const TrainerHandle loaded = load(other.get(), bytes);
  EXPECT_TRUE(same_bits(parameters_of<double>(other.get()), parameters_of<double>(model.get())));
  const auto before = parameters_of<double>(model.get());
  ASSERT_EQ(fit_data(loaded.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_FALSE(same_bits(parameters_of<double>(other.get()), before));
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
  other.reset();
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_EQ(save(trainer.get()), save(loaded.get()));
}

TEST_F(Checkpoint, refusesBadArguments) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  const finn_trainer* t = trainer.get();
  std::int64_t size = 0;
  unsigned char bytes[16] = {};
  const BadCall calls[] = {
      {"save_bytes: trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return finn_trainer_save_bytes(nullptr, nullptr, 0, &size, e); }},
      {"save_bytes: size", FINN_ERROR_NULL, "size",
       [&](auto* e) { return finn_trainer_save_bytes(t, nullptr, 0, nullptr, e); }},
      {"save_bytes: capacity", FINN_ERROR_SIZE, "capacity",
       [&](auto* e) { return finn_trainer_save_bytes(t, bytes, 16, &size, e); }},
      {"load_bytes: trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return finn_trainer_load_bytes(model.get(), bytes, 16, nullptr, e); }},
      {"save: trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return finn_trainer_save(nullptr, "nowhere", e); }},
      {"save: path", FINN_ERROR_NULL, "path",
       [&](auto* e) { return finn_trainer_save(t, nullptr, e); }},
      {"load: trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return finn_trainer_load(model.get(), "nowhere", nullptr, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  EXPECT_EQ(std::count(std::begin(bytes), std::end(bytes), 0), 16);
  const auto load_bytes = [&](const char* name, finn_status status, finn_model* into,
                              const void* from, std::int64_t length) {
    expect_not_made<finn_trainer>(name, status, name, [&](finn_trainer** made, finn_error* e) {
      return finn_trainer_load_bytes(into, from, length, made, e);
    });
  };
  load_bytes("model", FINN_ERROR_NULL, nullptr, bytes, 16);
  load_bytes("bytes", FINN_ERROR_NULL, model.get(), nullptr, 16);
  load_bytes("size", FINN_ERROR_SIZE, model.get(), bytes, -1);
  const auto load_file = [&](const char* name, finn_model* into, const char* path) {
    expect_not_made<finn_trainer>(
        name, FINN_ERROR_NULL, name,
        [&](finn_trainer** made, finn_error* e) { return finn_trainer_load(into, path, made, e); });
  };
  load_file("model", nullptr, "nowhere");
  load_file("path", model.get(), nullptr);
}

}  // namespace
}  // namespace finn::test
