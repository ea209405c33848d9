#include "finn/queries/distribution.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/model/in_double.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/queries/mass_evaluator.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

void require_positive(const NetworkShape& shape, const Constraint& constraint) {
  if (shape.positivity == ops::Positivity::none) {
    fail(Status::ERROR_ARGUMENT,
         "model: a network without positivity given, whose f may be negative; a distribution "
         "needs one with positivity");
  }
  if (constraint.keeps_sign()) return;
  fail(Status::ERROR_ARGUMENT,
       "model: a constraint given that may push f below 0; a distribution needs none, or one that "
       "scales");
}

}  // namespace

Distribution::Distribution(std::shared_ptr<const DistributionModel> model, int output)
    : shared_(std::move(model)), output_(output), box_(shared_->model.box()) {
  free_.resize(static_cast<std::size_t>(box_.variables));
  std::iota(free_.begin(), free_.end(), 0);
}

template <class T>
Distribution Distribution::of(const Model<T>& model, int output) {
  require_positive(model.network().shape(), model.constraint());
  CornerScratch scratch;
  auto shared = std::make_shared<const DistributionModel>(in_double(model, scratch));
  const MassEvaluator has_mass(shared->model, output);
  return {std::move(shared), output};
}

void Distribution::require_separate(const char* query) const {
  if (maps().separate()) return;
  fail(Status::ERROR_ARGUMENT,
       "%s: the domain is a %s, whose map does not take one variable at a time, so that limits of "
       "x are none of u",
       query, maps().kind());
}

void Distribution::require_variables(std::span<const int> chosen, const char* query) const {
  require_separate(query);
  std::vector<bool> seen(free_.size());
  for (const int variable : chosen) {
    if (variable < 0 || variable >= variables()) {
      fail(Status::ERROR_ARGUMENT, "variables: %d given, 0 .. %d expected", variable,
           variables() - 1);
    }
    if (seen[static_cast<std::size_t>(variable)]) {
      fail(Status::ERROR_ARGUMENT, "variables: %d given twice", variable);
    }
    seen[static_cast<std::size_t>(variable)] = true;
  }
}

Distribution Distribution::marginal(std::span<const int> chosen) const {
  require_variables(chosen, "marginal");
  if (chosen.empty()) fail(Status::ERROR_ARGUMENT, "variables: none given, at least 1 expected");
  Distribution result = *this;
  result.free_.clear();
  for (const int variable : chosen) result.free_.push_back(model_variable(variable));
  return result;
}

Distribution Distribution::given(std::span<const int> chosen) const {
  require_variables(chosen, "given");
  if (chosen.size() >= free_.size()) {
    fail(Status::ERROR_ARGUMENT, "variables: all %d given, at least one has to be left",
         variables());
  }
  Distribution result = *this;
  for (const int variable : chosen) {
    const int of_model = model_variable(variable);
    result.given_.push_back(of_model);
    std::erase(result.free_, of_model);
  }
  return result;
}

Distribution Distribution::truncated(const double* lower, const double* upper) const {
  require_separate("truncated");
  Distribution result = *this;
  for (int variable = 0; variable < variables(); ++variable) {
    const int i = model_variable(variable);
    const auto at = static_cast<std::size_t>(i);
    double from = maps().to_box(i, lower[variable]), to = maps().to_box(i, upper[variable]);
    if (from > to) std::swap(from, to);
    result.box_.lower[at] = std::max(box_.lower[at], from);
    result.box_.upper[at] = std::min(box_.upper[at], to);
    if (result.box_.lower[at] < result.box_.upper[at]) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: limits [%g, %g] of variable %d given, which leave nothing of the "
         "distribution",
         lower[variable], upper[variable], variable);
  }
  return result;
}

void Distribution::limits(int variable, double* lower, double* upper) const {
  const int i = model_variable(variable);
  const auto at = static_cast<std::size_t>(i);
  *lower = maps().limit(i, box_.lower[at]);
  *upper = maps().limit(i, box_.upper[at]);
  if (*lower > *upper) std::swap(*lower, *upper);
}

void Distribution::to_points(std::int64_t count, double* rows) const {
  if (model().domain() == nullptr) return;
  std::array<double, kMaxBoxVariables> x;
  for (std::int64_t r = 0; r < count; ++r, rows += variables()) {
    if (!maps().separate()) {
      model().region().to_point(rows, x.data());
      std::copy_n(x.data(), variables(), rows);
      continue;
    }
    for (int k = 0; k < variables(); ++k) rows[k] = maps().to_point(model_variable(k), rows[k]);
  }
}

template Distribution Distribution::of(const Model<float>&, int);
template Distribution Distribution::of(const Model<double>&, int);

}  // namespace finn::net
