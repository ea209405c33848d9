#include "finn/training/checkpoint.hpp"

#include <cmath>
#include <string_view>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/shape.hpp"
#include "finn/data/rows.hpp"
#include "finn/networks/integral.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/training/archive.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/model_facts.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {
namespace {

using core::ByteReader;
using core::ByteWriter;
using core::fail;
using core::Status;

constexpr std::string_view kMagic = "FINNCKPT";
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kCheckSize = sizeof(std::uint32_t);
constexpr std::size_t kHeaderSize = kMagic.size() + 2 * sizeof(std::uint32_t) + 8;

template <class U>
bool all_finite(const U* values, std::int64_t count) {
  return std::all_of(values, values + count, [](U value) { return std::isfinite(value); });
}

bool all_finite(const std::vector<double>& values) {
  return all_finite(values.data(), static_cast<std::int64_t>(values.size()));
}

// Rows that fit a model: as many numbers as the count says, targets and weights all or none.
template <class Archive, class Block>
void transfer_block(Archive& archive, Block& block, int columns, int outputs, const char* what) {
  archive.number(block.count, what);
  archive.list(block.x, what);
  archive.list(block.y, what);
  archive.list(block.weights, what);
  const auto fits = [&](const std::vector<double>& values, int width) {
    return values.size() / static_cast<std::size_t>(width) ==
               static_cast<std::size_t>(block.count) &&
           values.size() % static_cast<std::size_t>(width) == 0;
  };
  archive.require(block.count >= 0 && fits(block.x, columns), what);
  archive.require(block.y.empty() || fits(block.y, outputs), what);
  archive.require(block.weights.empty() || fits(block.weights, 1), what);
  archive.require(all_finite(block.x) && all_finite(block.y) && all_finite(block.weights), what);
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

template <class Archive, class State>
void transfer_run(Archive& archive, State& state, std::int64_t steps) {
  auto words = state.random.state();
  archive.numbers(words.data(), 4, "random numbers");
  archive.require(words != decltype(words){}, "random numbers");
  if constexpr (Archive::kLoads) state.random.set_state(words);
  archive.list(state.history, "history");
  archive.require(
      static_cast<std::int64_t>(state.history.size()) <= steps && all_finite(state.history),
      "history");
  archive.number(state.order.total, "order of the rows");
  archive.number(state.order.next, "order of the rows");
  archive.list(state.order.rows, "order of the rows");
  archive.require(is_order(state.order), "order of the rows");
  archive.number(state.outcome, "outcome");
  archive.require(state.outcome >= Outcome::unfinished && state.outcome <= Outcome::stalled,
                  "outcome");
}

template <class Archive, class Validation>
void transfer_validation(Archive& archive, Validation& validation, int columns, int outputs,
                         std::int64_t parameters) {
  const char* what = "validation rows";
  transfer_block(archive, validation.rows, columns, outputs, what);
  archive.number(validation.best_loss, what);
  archive.number(validation.loss, what);
  archive.number(validation.best_step, what);
  archive.number(validation.since_best, what);
  constexpr std::int64_t most = std::int64_t{1} << 33;  // no run has as many steps
  archive.require(validation.best_step >= 0 && validation.best_step < most, what);
  archive.require(validation.since_best >= 0 && validation.since_best < most, what);
  archive.require(validation.best_step == 0 || !validation.is_empty(), what);
  if (validation.is_empty()) return;
  if constexpr (Archive::kLoads) {
    using Tensor = std::remove_cvref_t<decltype(validation.best_parameters)>;
    validation.best_parameters = Tensor(core::Shape{parameters});
  }
  archive.require(validation.best_parameters.size() == parameters, "best parameters");
  archive.numbers(validation.best_parameters.data(), parameters, "best parameters");
  archive.require(all_finite(validation.best_parameters.data(), parameters), "best parameters");
}

// visit_state hands out pointers to what changes, so it is called on a copy when saving.
template <class Archive, class T>
void transfer_optimiser(Archive& archive, Optimiser<T>& optimiser) {
  const auto visit = [&](auto* values, std::int64_t count) {
    archive.numbers(values, count, "optimiser");
    for (std::int64_t i = 0; i < count; ++i) {
      archive.require(std::isfinite(static_cast<double>(values[i])), "optimiser");
    }
  };
  std::visit([&](auto& typed) { typed.visit_state(visit); }, optimiser);
  std::visit([&](auto& typed) { archive.require(typed.is_valid(), "optimiser"); }, optimiser);
}

// What the model is: a list that is read before the model is asked whether it is the same.
template <class Archive, class Facts>
void transfer_facts(Archive& archive, Facts& facts) {
  auto count = static_cast<std::uint64_t>(facts.size());
  archive.number(count, "number of facts");
  for (std::uint64_t k = 0; k < count; ++k) {
    if constexpr (Archive::kLoads) facts.emplace_back();
    auto& fact = facts[static_cast<std::size_t>(k)];
    archive.text(fact.name, "name of a fact");
    archive.text(fact.text, "text of a fact");
    archive.list(fact.values, "values of a fact");
  }
}

template <class T>
void write_header(ByteWriter& writer) {
  for (const char letter : kMagic) writer.number(static_cast<std::uint8_t>(letter));
  writer.number(kVersion);
  writer.number(static_cast<std::uint32_t>(sizeof(T)));
  writer.number(std::uint64_t{0});  // the size, once it is known
}

void write_size_and_check(std::vector<unsigned char>& bytes) {
  ByteWriter size;
  size.number(static_cast<std::uint64_t>(bytes.size() + kCheckSize));
  std::copy(size.bytes().begin(), size.bytes().end(), bytes.begin() + kHeaderSize - 8);
  ByteWriter check;
  check.number(core::crc32(bytes.data(), bytes.size()));
  bytes.insert(bytes.end(), check.bytes().begin(), check.bytes().end());
}

// Magic, version, precision, size and check; the reader stands at the body afterwards.
template <class T>
ByteReader read_header(const unsigned char* bytes, std::size_t count) {
  ByteReader reader("checkpoint", bytes, count);
  for (const char letter : kMagic) {
    reader.require(reader.number<std::uint8_t>("magic") == static_cast<std::uint8_t>(letter),
                   "magic");
  }
  const auto version = reader.number<std::uint32_t>("version");
  if (version != kVersion) {
    fail(Status::ERROR_FORMAT, "checkpoint: version %u given, %u expected", version, kVersion);
  }
  const auto precision = reader.number<std::uint32_t>("precision");
  const auto size = reader.number<std::uint64_t>("size");
  if (size != count || count < kHeaderSize + kCheckSize) {
    fail(Status::ERROR_FORMAT, "checkpoint: %zu bytes given, %" PRIu64 " expected", count, size);
  }
  ByteReader check("checkpoint", bytes + count - kCheckSize, kCheckSize);
  if (check.number<std::uint32_t>("check") != core::crc32(bytes, count - kCheckSize)) {
    fail(Status::ERROR_FORMAT, "checkpoint: damaged: its check sum does not fit");
  }
  if (precision != sizeof(T)) {
    reader.require(precision == 4 || precision == 8, "precision");
    fail(Status::ERROR_SIZE, "checkpoint: of a model of the other precision");
  }
  return ByteReader("checkpoint", bytes + kHeaderSize, count - kHeaderSize - kCheckSize);
}

// Options that finn.h would refuse are no options of a checkpoint either.
TrainingOptions read_options(Load& load) {
  TrainingOptions options;
  visit_options(options, [&](auto& field, const char* name) { load.number(field, name); });
  try {
    require_valid(options);
  } catch (const core::Error& error) {
    fail(Status::ERROR_FORMAT, "checkpoint: %s", error.what());
  }
  return options;
}

// Before memory is taken for an optimiser: its state has to be there.
template <class T>
void require_room_for_optimiser(const ByteReader& reader, const OptimiserOptions& options,
                                std::int64_t length) {
  const std::uint64_t size_of_each =
      options.kind == OptimiserKind::lbfgs
          ? 2 * sizeof(T) * static_cast<std::uint64_t>(options.lbfgs.memory)
          : (options.kind == OptimiserKind::sgd ? 1 : 2) * sizeof(double);
  reader.require(reader.left() / size_of_each >= static_cast<std::uint64_t>(length),
                 "the size of the optimiser");
}

// L-BFGS keeps its batch after the first step, no other optimiser does; and rows that are kept have
// the targets that the loss compares them with.
template <class Archive, class T>
void require_rows_for_loss(const Archive& archive, const Trainer<T>& trainer) {
  const TrainerState<T>& state = trainer.state();
  const bool needs_y = needs_targets(trainer.options().loss.kind);
  const Validation<T>& validation = state.validation;
  archive.require(trainer.keeps_batch() == (state.batch.count > 0), "batch");
  archive.require(!(needs_y && trainer.keeps_batch()) || !state.batch.y.empty(), "batch");
  archive.require(!needs_y || validation.is_empty() || !validation.rows.y.empty(),
                  "validation rows");
}

}  // namespace

template <class T>
std::vector<unsigned char> save_checkpoint(const Trainer<T>& trainer, const Model<T>& model) {
  trainer.require_model(model);
  const TrainerState<T>& state = trainer.state();
  const std::int64_t parameters = model.parameter_count();
  const RowBlock none;
  Optimiser<T> optimiser = state.optimiser;
  ByteWriter writer;
  Save save{writer};
  write_header<T>(writer);
  transfer_facts(save, trainer.facts());
  visit_options(trainer.options(),
                [&](const auto& field, const char* name) { save.number(field, name); });
  save.numbers(model.parameters(), parameters, "parameters");
  save.require(all_finite(model.parameters(), parameters), "parameters");
  transfer_optimiser<Save, T>(save, optimiser);
  transfer_run(save, state, trainer.options().steps);
  transfer_block(save, trainer.keeps_batch() ? state.batch : none, model.columns(), model.outputs(),
                 "batch");
  transfer_validation(save, state.validation, model.columns(), model.outputs(), parameters);
  write_size_and_check(writer.bytes());
  return std::move(writer.bytes());
}

template <class T>
Checkpoint<T> load_checkpoint(const Model<T>& model, const unsigned char* bytes,
                              std::size_t count) {
  ByteReader reader = read_header<T>(bytes, count);
  Load load{reader};
  ModelFacts facts;
  transfer_facts(load, facts);
  require_same_facts(facts, facts_of(model), "checkpoint");
  const TrainingOptions options = read_options(load);
  const std::int64_t length = model.parameter_count();
  Model<T> loaded = model;
  load.numbers(loaded.mutable_parameters(), length, "parameters");
  load.require(all_finite(loaded.parameters(), length), "parameters");
  require_room_for_optimiser<T>(reader, options.optimiser, length);
  TrainerState<T> state = first_state<T>(options, length);
  transfer_optimiser<Load, T>(load, state.optimiser);
  transfer_run(load, state, options.steps);
  transfer_block(load, state.batch, model.columns(), model.outputs(), "batch");
  transfer_validation(load, state.validation, model.columns(), model.outputs(), length);
  load.require(reader.left() == 0, "the end");
  Trainer<T> trainer(model, options, std::move(state));
  require_rows_for_loss(load, trainer);
  CornerScratch scratch;
  loaded.update(scratch);
  return {std::move(trainer), std::move(loaded)};
}

template std::vector<unsigned char> save_checkpoint(const Trainer<float>&, const Model<float>&);
template std::vector<unsigned char> save_checkpoint(const Trainer<double>&, const Model<double>&);
template Checkpoint<float> load_checkpoint(const Model<float>&, const unsigned char*, std::size_t);
template Checkpoint<double> load_checkpoint(const Model<double>&, const unsigned char*,
                                            std::size_t);

}  // namespace finn::net
