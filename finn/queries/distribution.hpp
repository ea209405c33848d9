// A distribution: one output of a positive model, divided by its integral, in which every variable
// has a role - asked about, integrated over an interval, or given in each row.
//
// It is closed under marginal, given and truncated, in any order, as each only changes roles and
// limits. All distributions made of one another share one model, which never changes; they are
// cheap to make, and any number of threads may ask them. docs/DISTRIBUTIONS.md.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "finn/domains/axis_maps.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"

namespace finn::net {

// A copy of a model in double, with the map of its domain.
struct DistributionModel {
  explicit DistributionModel(const Model<double>& original)
      : model(original), maps(model.box(), model.domain()) {}
  DistributionModel(const DistributionModel&) = delete;
  DistributionModel& operator=(const DistributionModel&) = delete;

  const Model<double> model;
  const AxisMaps maps;
};

class Distribution {
 public:
  // Of an output of a model, as it is now. Fails with ERROR_ARGUMENT for a model that may be
  // negative, and with ERROR_INTEGRAL where there is nothing to divide by.
  template <class T>
  static Distribution of(const Model<T>& model, int output);

  // That of some of the variables, in this order, whatever the others are: these are integrated
  // over their limits.
  Distribution marginal(std::span<const int> variables) const;
  // That of the other variables where these have the values that each row says.
  Distribution given(std::span<const int> variables) const;
  // That within [lower, upper], [variables] each, limits of x that may be infinite. Fails with
  // ERROR_ARGUMENT where none of the box lies within the limits so far.
  Distribution truncated(const double* lower, const double* upper) const;

  // In the functions above variables are counted as they stand here.
  int variables() const noexcept { return static_cast<int>(free_.size()); }
  int conditions() const noexcept { return model().conditioning().conditions(); }
  // What a row has beside the variables: those given, in the order of given(), then conditions.
  int given_columns() const noexcept { return static_cast<int>(given_.size()) + conditions(); }
  int columns() const noexcept { return variables() + given_columns(); }
  // The limits of a variable in x, which may be infinite.
  void limits(int variable, double* lower, double* upper) const;

  // Rows [count][variables] of points in u to points of x, in place.
  void to_points(std::int64_t count, double* rows) const;

  const Model<double>& model() const noexcept { return shared_->model; }
  const AxisMaps& maps() const noexcept { return shared_->maps; }
  int output() const noexcept { return output_; }
  // Which variable of the model one of this distribution is.
  int model_variable(int variable) const { return free_[static_cast<std::size_t>(variable)]; }
  std::span<const int> free() const noexcept { return free_; }
  std::span<const int> given() const noexcept { return given_; }
  // Within which every variable of the model lies, in u.
  const Box& box() const noexcept { return box_; }
  // Fails with ERROR_ARGUMENT where variables cannot be asked one by one: `query` names what was.
  void require_separate(const char* query) const;

 private:
  Distribution(std::shared_ptr<const DistributionModel> model, int output);
  void require_variables(std::span<const int> variables, const char* query) const;

  std::shared_ptr<const DistributionModel> shared_;
  int output_;
  std::vector<int> free_, given_;
  Box box_;
};

extern template Distribution Distribution::of(const Model<float>&, int);
extern template Distribution Distribution::of(const Model<double>&, int);

}  // namespace finn::net
