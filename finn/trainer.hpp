// Training: mini-batches from a data set or a sampler, a loss, Adam, and the record of it all.
//
// A trainer holds everything that a run needs to go on: moments, random numbers, the order of the
// rows, the step. So a run that is stopped by its callback and continued gives the same bits as
// one that was not.
#pragma once

#include <vector>

#include "core/random.hpp"
#include "finn/adam.hpp"
#include "finn/loss.hpp"
#include "finn/model.hpp"
#include "finn/workspace.hpp"

namespace finn::net {

enum class Schedule { cosine, constant };

struct TrainingOptions {
  std::int64_t steps = 6000;
  std::int64_t batch = 0;  // rows per step; 0: kDefaultBatch, or all rows of a smaller data set
  double learning_rate = 0.01;
  AdamOptions adam;
  Loss loss = Loss::squared_error;
  Schedule schedule = Schedule::cosine;
  std::uint64_t seed = 0;
};

inline constexpr std::int64_t kDefaultBatch = 512;

struct Progress {
  std::int64_t step;
  std::int64_t steps;
  double loss;
  double learning_rate;
  double seconds;
};

// Functions of the caller, each with its user data. They run on the thread that called fit.
struct Callbacks {
  // Not null: false stops the fit. May be null.
  bool (*progress)(const Progress& progress, void* context) = nullptr;
  // Fills y [batch][outputs] (null without targets) for x [batch][variables], which it may change;
  // false ends the fit with ERROR_CALLBACK.
  bool (*sample)(std::int64_t step, std::int64_t batch, double* x, double* y,
                 void* context) = nullptr;
  void* context = nullptr;
};

// Rows of a data set: x [rows][variables], y [rows][outputs] or null.
struct Rows {
  const double* x;
  const double* y;
  std::int64_t count;
};

template <class T>
class Trainer {
 public:
  Trainer(const Model<T>& model, const TrainingOptions& options);

  // Train until options.steps are done. Returns false when the progress callback stopped it.
  bool fit(Model<T>& model, Workspace& workspace, const Rows& rows, const Callbacks& callbacks);
  bool fit_sampler(Model<T>& model, Workspace& workspace, const Callbacks& callbacks);

  std::int64_t steps() const noexcept { return static_cast<std::int64_t>(history_.size()); }
  const std::vector<double>& history() const noexcept { return history_; }
  const TrainingOptions& options() const noexcept { return options_; }

 private:
  void begin(Model<T>& model, Workspace& workspace, std::int64_t batch);
  void begin_rows(const Rows& rows);
  void next_rows(const Rows& rows, int variables, int outputs);
  void next_samples(const Model<T>& model, const Callbacks& callbacks);
  double learning_rate() const;
  double gradient(const Model<T>& model, Workspace& workspace);
  double step(Model<T>& model, Workspace& workspace);
  template <class NextBatch>
  bool run(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
           NextBatch&& next_batch);

  TrainingOptions options_;
  NetworkShape shape_;  // of the models that it can train
  Adam<T> adam_;
  core::Random random_;
  std::vector<double> history_;
  std::vector<std::int64_t> order_;  // of the rows of the data set in this pass
  std::int64_t next_ = 0;            // position in order_
  std::int64_t batch_ = 0;
  std::vector<double> x_, y_;        // the mini-batch
  std::vector<double> log_weights_;  // of its points, for a likelihood on a domain
};

extern template class Trainer<float>;
extern template class Trainer<double>;

}  // namespace finn::net
