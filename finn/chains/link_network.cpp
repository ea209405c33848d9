#include "finn/chains/link_network.hpp"

#include <algorithm>

#include "finn/conditioning/conditioning.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/training_options.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

// Deviations beyond the rows within which a residual has its probability.
constexpr double kMargin = 8;

ConditionRange range_by_rows(int conditions) {
  const auto count = static_cast<std::size_t>(conditions);
  return {std::vector<double>(count, -1), std::vector<double>(count, 1), false};
}

Box box_around(const RowBlock& rows, const RowBlock& held_out, int columns) {
  double low = 0, high = 0;
  for (const RowBlock* block : {&rows, &held_out}) {
    for (std::size_t i = 0; i < block->x.size(); i += static_cast<std::size_t>(columns)) {
      low = std::min(low, block->x[i]);
      high = std::max(high, block->x[i]);
    }
  }
  Box box;
  box.variables = 1;
  box.lower[0] = low - kMargin;
  box.upper[0] = high + kMargin;
  return box;
}

ModelSettings settings_of(const ChainOptions& options, int conditions, const Box& box) {
  ModelSettings settings;
  settings.network.variables = 1;
  settings.network.kind = NetworkKind::mixture;
  settings.network.positivity = ops::Positivity::exp;
  settings.network.components = options.components;
  settings.network.normals_per_axis = options.normals_per_axis;
  if (conditions > 0) {
    settings.network.conditioning = {ConditioningKind::film, conditions, options.widths, false};
    settings.conditions = range_by_rows(conditions);
  }
  settings.box = box;
  settings.constraint.target = {1.0};
  return settings;
}

TrainingOptions training_of(const ChainOptions& options, std::int64_t rows, std::uint64_t seed) {
  TrainingOptions training;
  training.loss.kind = Loss::negative_log_likelihood;
  training.steps = options.steps;
  training.batch = std::min(options.batch, rows);
  training.learning_rate = options.learning_rate;
  training.seed = seed;
  return training;
}

template <class T>
Model<T> first_model(const ModelSettings& settings, std::uint64_t seed) {
  Model<T> model(settings);
  CornerScratch scratch;
  initialise(model, seed, scratch);
  return model;
}

}  // namespace

template <class T>
LinkNetwork<T>::LinkNetwork(const ChainOptions& options, int conditions, const RowBlock& rows,
                            const RowBlock& held_out, std::uint64_t seed)
    : model_(first_model<T>(
          settings_of(options, conditions, box_around(rows, held_out, 1 + conditions)), seed)),
      trainer_(model_, training_of(options, rows.count, seed)) {
  trainer_.set_validation(model_,
                          {held_out.x.data(), nullptr, held_out.count, held_out.row_weights()});
}

template <class T>
bool LinkNetwork<T>::train(Workspace& workspace, const RowBlock& rows, const Callbacks& callbacks) {
  ArrayRows source({rows.x.data(), nullptr, rows.count, rows.row_weights()}, model_.columns(), 1);
  return trainer_.fit(model_, workspace, source, callbacks);
}

template class LinkNetwork<float>;
template class LinkNetwork<double>;

}  // namespace finn::net
