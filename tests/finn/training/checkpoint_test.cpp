#include "finn/training/checkpoint.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/loss.hpp"
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

// The tensors of a trainer alone; those of its model stand beside them in a file.
Bytes save(const Trainer<double>& trainer, const Model<double>& model) {
  core::SafetensorsWriter file;
  return save_checkpoint(file, trainer, model);
}

Trainer<double> load(const Model<double>& model, const Bytes& bytes,
                     const TrainingOptions& options) {
  return load_checkpoint(core::SafetensorsReader("checkpoint", bytes), options, model);
}

bool stop_at_three(const Progress& progress, void*) { return progress.step != 3; }

constexpr OptimiserKind kKinds[] = {OptimiserKind::adam, OptimiserKind::adamw, OptimiserKind::sgd,
                                    OptimiserKind::lbfgs};

TEST(SavedRun, goesOnAsTheOneThatWasSaved) {
  for (const OptimiserKind kind : kKinds) {
    Model<double> model = test::model_of<double>(test::settings_of(2));
    const Data data(model);
    Trainer<double> trainer(model, options_of(kind));
    EXPECT_FALSE(data.fit(trainer, model, {stop_at_three}));
    const Bytes bytes = save(trainer, model);
    Model<double> same = model;
    Trainer<double> loaded = load(same, bytes, options_of(kind));
    EXPECT_EQ(save(loaded, same), bytes);
    EXPECT_TRUE(data.fit(trainer, model, {}));
    EXPECT_TRUE(data.fit(loaded, same, {}));
    EXPECT_EQ(save(loaded, same), save(trainer, model));
    EXPECT_EQ(std::memcmp(same.parameters(), model.parameters(),
                          sizeof(double) * static_cast<std::size_t>(model.parameter_count())),
              0);
  }
}

TEST(SavedRun, withValidationRowsNeedsNoStep) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const Data data(model);
  Trainer<double> trainer(model, options_of(OptimiserKind::adam));
  trainer.set_validation(model, data.rows());
  const Trainer<double> loaded = load(model, save(trainer, model), options_of(OptimiserKind::adam));
  EXPECT_EQ(loaded.state().validation.rows.x, data.x);
  const auto& best = loaded.state().validation.best_parameters;
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
    const Trainer<double> loaded = load(model, save(trainer, model), options_of(kind));
    EXPECT_EQ(loaded.state().batch.count, kind == OptimiserKind::lbfgs ? 8 : 0);
  }
}

TEST(SavedRun, isRefusedWhereItCouldNotBeLoaded) {
  Model<double> model = test::model_of<double>(test::settings_of(2));
  const Trainer<double> trainer(model, options_of(OptimiserKind::adam));
  model.mutable_parameters()[5] = std::numeric_limits<double>::infinity();
  try {
    save(trainer, model);
    FAIL() << "infinite parameters were saved";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
    EXPECT_NE(std::strstr(error.what(), "parameters"), nullptr) << error.what();
  }
}

// Status and message of what a function throws.
template <class Function>
std::pair<core::Status, std::string> refusal(Function&& function) {
  try {
    function();
    return {core::Status::OK, ""};
  } catch (const core::Error& error) {
    return {error.status(), error.what()};
  }
}

TEST(SavedRun, isRefusedByAnotherModelWhichIsNamed) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const Bytes bytes = save(Trainer<double>(model, options_of(OptimiserKind::adam)), model);
  const core::SafetensorsReader file("checkpoint", bytes);
  ModelSettings wider = test::settings_of(2), raw = test::settings_of(2);
  wider.box.upper[0] = 1000;
  raw.standard_coordinates = false;
  const auto refused_by = [&](const Model<double>& other) {
    return refusal([&] { require_same_model(file, model, other); });
  };
  EXPECT_EQ(refused_by(Model<double>(wider)),
            std::pair(core::Status::ERROR_SIZE,
                      std::string("checkpoint: another model: its upper at element 0 is 0.5, that "
                                  "of this model 1000")));
  EXPECT_NE(refused_by(Model<double>(raw)).second.find("input_scaling"), std::string::npos);
  EXPECT_EQ(refused_by(model).first, core::Status::OK);
}

TEST(SavedRun, ofAnotherOptimiserOrWithoutItsStateIsRefused) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const Bytes bytes = save(Trainer<double>(model, options_of(OptimiserKind::adam)), model);
  const Bytes empty = core::SafetensorsWriter().bytes();
  for (const OptimiserKind kind : {OptimiserKind::sgd, OptimiserKind::lbfgs}) {
    EXPECT_EQ(refusal([&] { load(model, bytes, options_of(kind)); }).first,
              core::Status::ERROR_FORMAT);
  }
  EXPECT_EQ(refusal([&] { load(model, empty, options_of(OptimiserKind::adam)); }).first,
            core::Status::ERROR_FORMAT);
}

// What a run of intervals keeps is checked as rows are, ends that are infinite among them.
TEST(SavedRun, ofIntervalsKeepsIntervals) {
  Model<double> model = test::model_of<double>(test::settings_of(2));
  TrainingOptions options = options_of(OptimiserKind::lbfgs);
  options.loss.kind = Loss::interval_likelihood;
  const Data data(model);
  std::vector<double> upper = data.x;
  for (std::size_t i = 0; i < upper.size(); i += 2) {
    upper[i] = std::numeric_limits<double>::infinity();
  }
  Workspace workspace(1);
  ArrayRows rows({data.x.data(), upper.data(), 20}, 2, 2);
  Trainer<double> trainer(model, options);
  trainer.set_validation(model, {data.x.data(), upper.data(), 20});
  trainer.fit(model, workspace, rows, {stop_at_three});
  const Bytes bytes = save(trainer, model);
  const Trainer<double> loaded = load(model, bytes, options);
  EXPECT_EQ(loaded.state().batch.y, trainer.state().batch.y);
  EXPECT_EQ(loaded.state().validation.rows.y, upper);
  TrainerState<double> state = trainer.state();
  state.batch.y[1] = -1e6;
  const Bytes wrong = save(Trainer<double>(model, options, std::move(state)), model);
  EXPECT_EQ(refusal([&] { load(model, wrong, options); }).first, core::Status::ERROR_FORMAT);
}

}  // namespace
}  // namespace finn::net
