#include "finn/training/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/shape.hpp"
#include "finn/data/check_row.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/training/archive.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/model_facts.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::SafetensorsReader;
using core::SafetensorsWriter;
using core::Status;

template <class U>
bool all_finite(const U* values, std::int64_t count) {
  return std::all_of(values, values + count, [](U value) { return std::isfinite(value); });
}

bool all_finite(const std::vector<double>& values) {
  return all_finite(values.data(), static_cast<std::int64_t>(values.size()));
}

// Of the rows of a loss; numbers that are ends of intervals may be infinite.
struct RowWidths {
  int columns, targets;
  bool are_intervals;
};

template <class T>
RowWidths row_widths(const LossOptions& loss, const Model<T>& model) {
  return {model.columns(), target_columns(loss.kind, model.variables(), model.outputs()),
          loss.kind == Loss::interval_likelihood};
}

// Rows that fit a model: as many numbers as the count says, targets and weights all or none.
template <class Archive, class Block>
void transfer_block(Archive& archive, Block& block, const RowWidths& widths,
                    const std::string& what) {
  archive.number(block.count, what + ".rows");
  archive.list(block.x, what + ".x");
  archive.list(block.y, what + ".y");
  archive.list(block.weights, what + ".weights");
  const auto fits = [&](const std::vector<double>& values, int width) {
    return values.size() / static_cast<std::size_t>(width) ==
               static_cast<std::size_t>(block.count) &&
           values.size() % static_cast<std::size_t>(width) == 0;
  };
  archive.require(block.count >= 0 && fits(block.x, widths.columns), what);
  archive.require(block.y.empty() || fits(block.y, widths.targets), what);
  archive.require(block.weights.empty() || fits(block.weights, 1), what);
  archive.require(all_finite(block.weights), what);
  archive.require(widths.are_intervals || (all_finite(block.x) && all_finite(block.y)), what);
}

// Whether rows are some of 0 .. total - 1, each at most once.
bool is_order(const RowOrder& order) {
  const auto size = static_cast<std::int64_t>(order.rows.size());
  if (order.total < size || order.next < 0 || order.next > size) return false;
  if (size == 0) return order.total == 0;
  std::vector<std::int64_t> sorted = order.rows;
  std::sort(sorted.begin(), sorted.end());
  return sorted.front() >= 0 && sorted.back() < order.total &&
         std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}

template <class Archive>
void transfer_random(Archive& archive, std::array<std::uint64_t, 4>& words) {
  archive.numbers(words.data(), 4, "random");
  archive.require(words != std::array<std::uint64_t, 4>{}, "random");
}

template <class Archive, class State>
void transfer_run(Archive& archive, State& state, std::int64_t steps) {
  archive.list(state.history, "history");
  archive.require(
      static_cast<std::int64_t>(state.history.size()) <= steps && all_finite(state.history),
      "history");
  archive.number(state.order.total, "order.total");
  archive.number(state.order.next, "order.next");
  archive.list(state.order.rows, "order.rows");
  archive.require(is_order(state.order), "order");
  archive.number(state.outcome, "outcome");
  archive.require(state.outcome >= Outcome::unfinished && state.outcome <= Outcome::stalled,
                  "outcome");
}

template <class Archive, class Validation>
void transfer_validation(Archive& archive, Validation& validation, const RowWidths& widths,
                         std::int64_t parameters) {
  const std::string what = "validation";
  transfer_block(archive, validation.rows, widths, what);
  archive.number(validation.best_loss, what + ".best_loss");
  archive.number(validation.loss, what + ".loss");
  archive.number(validation.best_step, what + ".best_step");
  archive.number(validation.since_best, what + ".since_best");
  constexpr std::int64_t most = std::int64_t{1} << 33;  // no run has as many steps
  archive.require(validation.best_step >= 0 && validation.best_step < most, what);
  archive.require(validation.since_best >= 0 && validation.since_best < most, what);
  archive.require(validation.best_step == 0 || !validation.is_empty(), what);
  if (validation.is_empty()) return;
  const auto transfer = [&](auto& numbers, const std::string& name) {
    if constexpr (Archive::kLoads) {
      numbers = std::remove_cvref_t<decltype(numbers)>(core::Shape{parameters});
    }
    archive.require(numbers.size() == parameters, name);
    archive.numbers(numbers.data(), parameters, name);
    archive.require(all_finite(numbers.data(), parameters), name);
  };
  transfer(validation.best_parameters, what + ".best_parameters");
  transfer(validation.average.mean, what + ".mean_parameters");
}

// Whether rows of a file are such as can be trained on, of which they may not be.
template <class T>
bool are_intervals(const Model<T>& model, const RowBlock& block) {
  const IntervalReader reader(model.region());
  const RowRules rules{model.columns(), model.positive_columns(), nullptr, -1, model.variables()};
  try {
    require_rows(rules, block.x.data(), block.count, "x");
    for (std::int64_t row = 0; row < block.count; ++row) {
      reader.require(block.x.data() + row * model.columns(),
                     block.y.data() + row * model.variables(), {"x and y", "row", row});
    }
  } catch (const core::Error&) {
    return false;
  }
  return true;
}

// visit_state hands out pointers to what changes, so it is called on a copy when saving.
template <class Archive, class T>
void transfer_optimiser(Archive& archive, Optimiser<T>& optimiser) {
  int number = 0;
  const auto visit = [&](auto* values, std::int64_t count) {
    const std::string name = "optimiser." + std::to_string(number++);
    archive.numbers(values, count, name);
    for (std::int64_t i = 0; i < count; ++i) {
      archive.require(std::isfinite(static_cast<double>(values[i])), name);
    }
  };
  std::visit([&](auto& typed) { typed.visit_state(visit); }, optimiser);
  std::visit([&](auto& typed) { archive.require(typed.is_valid(), "optimiser"); }, optimiser);
}

// Before memory is taken for an optimiser: its state has to be there.
template <class T>
void require_room_for_optimiser(const SafetensorsReader& file, const OptimiserOptions& options,
                                std::int64_t length) {
  const std::uint64_t size_of_each =
      options.kind == OptimiserKind::lbfgs
          ? 2 * sizeof(T) * static_cast<std::uint64_t>(options.lbfgs.memory)
          : (options.kind == OptimiserKind::sgd ? 1 : 2) * sizeof(double);
  std::uint64_t bytes = 0;
  for (const SafetensorsReader::Tensor& tensor : file.tensors()) bytes += tensor.bytes.size();
  if (bytes / size_of_each >= static_cast<std::uint64_t>(length)) return;
  fail(Status::ERROR_FORMAT, "%s: the state of the optimiser is not there", file.file().c_str());
}

// L-BFGS keeps its batch after the first step, no other optimiser does; and rows that are kept have
// the targets that the loss compares them with.
template <class Archive, class T>
void require_rows_for_loss(const Archive& archive, const Trainer<T>& trainer,
                           const Model<T>& model) {
  const TrainerState<T>& state = trainer.state();
  const bool needs_y = needs_targets(trainer.options().loss.kind);
  const Validation<T>& validation = state.validation;
  archive.require(trainer.keeps_batch() == (state.batch.count > 0), "batch");
  archive.require(!(needs_y && trainer.keeps_batch()) || !state.batch.y.empty(), "batch");
  archive.require(!needs_y || validation.is_empty() || !validation.rows.y.empty(),
                  "validation rows");
  if (trainer.options().loss.kind != Loss::interval_likelihood) return;
  archive.require(are_intervals(model, state.batch), "batch");
  archive.require(are_intervals(model, validation.rows), "validation rows");
}

std::size_t trainer_fields(const SafetensorsReader& file) {
  return static_cast<std::size_t>(
      std::count_if(file.tensors().begin(), file.tensors().end(),
                    [](const auto& tensor) { return tensor.name.rfind(kTrainerPrefix, 0) == 0; }));
}

}  // namespace

template <class T>
std::vector<unsigned char> save_checkpoint(SafetensorsWriter& file, const Trainer<T>& trainer,
                                           const Model<T>& model) {
  trainer.require_model(model);
  const TrainerState<T>& state = trainer.state();
  const RowBlock none;
  const RowWidths widths = row_widths(trainer.options().loss, model);
  Optimiser<T> optimiser = state.optimiser;
  auto words = state.random.state();
  Save save(file);
  save.require(all_finite(model.parameters(), model.parameter_count()), "parameters");
  transfer_optimiser<Save, T>(save, optimiser);
  transfer_random(save, words);
  transfer_run(save, state, trainer.options().steps);
  transfer_block(save, trainer.keeps_batch() ? state.batch : none, widths, "batch");
  transfer_validation(save, state.validation, widths, model.parameter_count());
  return file.bytes();
}

template <class T>
Trainer<T> load_checkpoint(const SafetensorsReader& file, const TrainingOptions& options,
                           const Model<T>& model) {
  const std::int64_t length = model.layout().trained_count();
  require_room_for_optimiser<T>(file, options.optimiser, length);
  TrainerState<T> state = first_state<T>(options, length);
  auto words = state.random.state();
  const RowWidths widths = row_widths(options.loss, model);
  Load load(file);
  transfer_optimiser<Load, T>(load, state.optimiser);
  transfer_random(load, words);
  state.random.set_state(words);
  transfer_run(load, state, options.steps);
  transfer_block(load, state.batch, widths, "batch");
  transfer_validation(load, state.validation, widths, model.parameter_count());
  if (load.fields() != trainer_fields(file)) {
    fail(Status::ERROR_FORMAT, "%s: %zu tensors of a trainer given, %zu expected",
         file.file().c_str(), trainer_fields(file), load.fields());
  }
  Trainer<T> trainer(model, options, std::move(state));
  require_rows_for_loss(load, trainer, model);
  return trainer;
}

template <class T>
void require_same_model(const SafetensorsReader& file, const Model<T>& saved,
                        const Model<T>& model) {
  require_same_facts(facts_of(saved), facts_of(model), file.file().c_str());
}

template std::vector<unsigned char> save_checkpoint(SafetensorsWriter&, const Trainer<float>&,
                                                    const Model<float>&);
template std::vector<unsigned char> save_checkpoint(SafetensorsWriter&, const Trainer<double>&,
                                                    const Model<double>&);
template Trainer<float> load_checkpoint(const SafetensorsReader&, const TrainingOptions&,
                                        const Model<float>&);
template Trainer<double> load_checkpoint(const SafetensorsReader&, const TrainingOptions&,
                                         const Model<double>&);
template void require_same_model(const SafetensorsReader&, const Model<float>&,
                                 const Model<float>&);
template void require_same_model(const SafetensorsReader&, const Model<double>&,
                                 const Model<double>&);

}  // namespace finn::net
