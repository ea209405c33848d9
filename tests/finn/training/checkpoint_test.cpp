#include "finn/training/checkpoint.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

using Bytes = std::vector<unsigned char>;

TrainingOptions options_of(OptimiserKind kind, std::int64_t steps = 6) {
  TrainingOptions options;
  options.steps = steps;
  options.batch = 8;
  options.optimiser.kind = kind;
  options.optimiser.lbfgs.memory = 3;
  options.optimiser.lbfgs.loss_tolerance = 0;
  return options;
}

// Rows of a model of settings_of(2), and a fit of them.
struct Data {
  explicit Data(const Model<double>& model) : x(test::points_in(model.box(), 20)), y(20, 0.3) {}
  Rows rows() const { return {x.data(), y.data(), 20}; }
  bool fit(Trainer<double>& trainer, Model<double>& model, const Callbacks& callbacks) const {
    Workspace workspace(1);
    ArrayRows source(rows(), model.columns(), model.outputs());
    return trainer.fit(model, workspace, source, callbacks);
  }

  std::vector<double> x, y;
};

bool stop_at_three(const Progress& progress, void*) { return progress.step != 3; }

constexpr OptimiserKind kKinds[] = {OptimiserKind::adam, OptimiserKind::adamw, OptimiserKind::sgd,
                                    OptimiserKind::lbfgs};

TEST(SavedRun, goesOnAsTheOneThatWasSaved) {
  for (const OptimiserKind kind : kKinds) {
    Model<double> model = test::model_of<double>(test::settings_of(2));
    const Data data(model);
    Trainer<double> trainer(model, options_of(kind));
    EXPECT_FALSE(data.fit(trainer, model, {stop_at_three}));
    const Bytes bytes = save_checkpoint(trainer, model);
    Checkpoint<double> loaded = load_checkpoint(model, bytes.data(), bytes.size());
    EXPECT_EQ(save_checkpoint(loaded.trainer, loaded.model), bytes);
    EXPECT_TRUE(data.fit(trainer, model, {}));
    EXPECT_TRUE(data.fit(loaded.trainer, loaded.model, {}));
    EXPECT_EQ(save_checkpoint(loaded.trainer, loaded.model), save_checkpoint(trainer, model));
  }
}

TEST(SavedRun, withValidationRowsNeedsNoStep) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const Data data(model);
  Trainer<double> trainer(model, options_of(OptimiserKind::adam));
  trainer.set_validation(model, data.rows());
  const Bytes bytes = save_checkpoint(trainer, model);
  const Checkpoint<double> loaded = load_checkpoint(model, bytes.data(), bytes.size());
  EXPECT_EQ(loaded.trainer.state().validation.rows.x, data.x);
  const auto& best = loaded.trainer.state().validation.best_parameters;
  EXPECT_EQ(best.size(), model.parameter_count());
  EXPECT_TRUE(std::all_of(best.begin(), best.end(), [](double each) { return each == 0; }));
}

// Only L-BFGS goes on with the batch that it has; of another it says nothing about the run.
TEST(SavedRun, holdsTheBatchWhereItIsNeededAgain) {
  for (const OptimiserKind kind : kKinds) {
    Model<double> model = test::model_of<double>(test::settings_of(2));
    const Data data(model);
    Trainer<double> trainer(model, options_of(kind));
    data.fit(trainer, model, {stop_at_three});
    const Bytes bytes = save_checkpoint(trainer, model);
    const Checkpoint<double> loaded = load_checkpoint(model, bytes.data(), bytes.size());
    EXPECT_EQ(loaded.trainer.state().batch.count, kind == OptimiserKind::lbfgs ? 8 : 0);
  }
}

TEST(SavedRun, isRefusedWhereItCouldNotBeLoaded) {
  Model<double> model = test::model_of<double>(test::settings_of(2));
  const Trainer<double> trainer(model, options_of(OptimiserKind::adam));
  model.mutable_parameters()[5] = std::numeric_limits<double>::infinity();
  try {
    save_checkpoint(trainer, model);
    FAIL() << "infinite parameters were saved";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
    EXPECT_NE(std::strstr(error.what(), "parameters"), nullptr) << error.what();
  }
}

// Status and message of loading bytes into a model.
std::pair<core::Status, std::string> refusal(const Model<double>& model, const Bytes& bytes) {
  try {
    load_checkpoint(model, bytes.data(), bytes.size());
    return {core::Status::OK, ""};
  } catch (const core::Error& error) {
    return {error.status(), error.what()};
  }
}

TEST(SavedRun, isRefusedByAnotherModelWhichIsNamed) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const Trainer<double> trainer(model, options_of(OptimiserKind::adam));
  const Bytes bytes = save_checkpoint(trainer, model);
  ModelSettings wider = test::settings_of(2), raw = test::settings_of(2);
  wider.box.upper[0] = 1000;
  raw.standard_coordinates = false;
  EXPECT_EQ(refusal(Model<double>(wider), bytes),
            std::pair(core::Status::ERROR_SIZE,
                      std::string("checkpoint: another model: its upper at element 0 is 0.5, that "
                                  "of this model 1000")));
  EXPECT_NE(refusal(Model<double>(raw), bytes).second.find("input_scaling"), std::string::npos);
  EXPECT_EQ(refusal(model, bytes).first, core::Status::OK);
}

TEST(SavedRun, ofAnotherVersionIsRefused) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  Bytes bytes = save_checkpoint(Trainer<double>(model, options_of(OptimiserKind::adam)), model);
  bytes[8] = 1;
  EXPECT_EQ(refusal(model, bytes),
            std::pair(core::Status::ERROR_FORMAT,
                      std::string("checkpoint: version 1 given, 2 expected")));
}

}  // namespace
}  // namespace finn::net
