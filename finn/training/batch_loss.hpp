// The loss of rows held in memory, with or without its gradient: every loss of
// finn/training/loss.hpp, the integral of the Poisson process, masses of intervals, and the
// caller's own.
#pragma once

#include <vector>

#include "finn/data/rows.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/interval_loss.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {

template <class T>
class BatchLoss {
 public:
  // Takes the memory for gradient() of batch rows and value() of validation_rows rows. events is
  // that of a Poisson process.
  void begin(const LossOptions& options, double events, std::int64_t batch,
             std::int64_t validation_rows, int outputs);

  // After begin(), of a fit of this model, which must live as long.
  void begin_intervals(const Model<T>& model, CornerScratch& scratch);

  double events() const noexcept { return events_; }

  Gradient<T> gradient(const Model<T>& model, Workspace& workspace, const RowBlock& rows,
                       std::int64_t step, const Callbacks& callbacks);
  double value(const Model<T>& model, Workspace& workspace, const RowBlock& rows, std::int64_t step,
               const Callbacks& callbacks);

 private:
  Gradient<T> custom_gradient(const Model<T>& model, Workspace& workspace, const RowBlock& rows,
                              std::int64_t step, const Callbacks& callbacks);
  double custom_value(const RowBlock& rows, std::int64_t step, double* f_adjoint,
                      const Callbacks& callbacks) const;
  void evaluate(const Model<T>& model, Workspace& workspace, const RowBlock& rows);
  double density_value(const Model<T>& model, Workspace& workspace, const RowBlock& rows);
  double integral_adjoint(const Model<T>& model) const;
  double integral_term(const Model<T>& model) const;

  LossOptions options_;
  double events_ = 1;
  std::vector<double> f_;        // [rows][outputs]
  std::vector<double> adjoint_;  // [batch][outputs], of a custom loss
  // [rows], of a log likelihood: the logarithms of the units in which f is counted, which join the
  // loss at its end, as f itself may leave the range of T.
  std::vector<double> log_units_;
  IntervalLoss<T> intervals_;
};

extern template class BatchLoss<float>;
extern template class BatchLoss<double>;

}  // namespace finn::net
