// The likelihood of rows whose variables are known or lie in intervals: the mean of -log M, each
// row times its weight, where M is the mass of a row, the integral of f over its intervals at its
// known values. docs/TRAINING.md, "Bins and censored rows".
//
// A mass is a difference of values of F, of which a narrow or far interval leaves few digits; so it
// is found in double, whatever the precision of the model. Below the rounding error that is to be
// expected of the difference the logarithm goes on as its tangent: the loss stays finite, and its
// gradient still says that M shall grow.
#pragma once

#include <optional>
#include <vector>

#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/interval_nodes.hpp"

namespace finn::net {

template <class T>
class IntervalLoss {
 public:
  // Of rows of this model, which must live as long.
  void begin(const Model<T>& model, CornerScratch& scratch);

  // rows have their upper ends in y. The values of the gradient live until the next call.
  Gradient<T> gradient(const Model<T>& model, Workspace& workspace, const RowBlock& rows);
  double value(const Model<T>& model, Workspace& workspace, const RowBlock& rows);
  // M of each row, in the variables of the box of u; 0 where it is no more than its rounding error.
  const std::vector<double>& masses(const Model<T>& model, Workspace& workspace,
                                    const RowBlock& rows);

 private:
  const Model<double>& followed(const Model<T>& model, CornerScratch& scratch);
  void set_nodes(const Model<double>& model, const RowBlock& rows);
  void evaluate(const Model<double>& model, Workspace& workspace,
                const IntervalNodes::Group& group);
  void evaluate(const Model<double>& model, Workspace& workspace, const RowBlock& rows);
  void set_mass(std::int64_t row, const double* values);
  double mean_loss(const RowBlock& rows);
  void find_adjoints(const RowBlock& rows, std::int64_t row, double* adjoints) const;
  void add_group(const Model<double>& model, Workspace& workspace, const RowBlock& rows,
                 const IntervalNodes::Group& group);

  std::optional<IntervalReader> reader_;
  std::optional<Model<double>> double_;  // of a model in float
  IntervalNodes nodes_;
  double relative_error_ = 0;            // of values of F, from rounding
  std::vector<double> values_;           // of d_S F at each node, or of adjoints
  std::vector<double> masses_, errors_;  // [rows]: M, and the error to expect
  std::vector<double> logarithms_;       // [rows]
  std::vector<T> gradient_;              // of a model in float
};

extern template class IntervalLoss<float>;
extern template class IntervalLoss<double>;

}  // namespace finn::net
