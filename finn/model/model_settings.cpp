#include "finn/model/model_settings.hpp"

#include <cmath>

#include "core/error.hpp"
#include "finn/constraints/valid_constraint.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

bool is_positive(const ModelSettings& settings) {
  return settings.network.positivity != ops::Positivity::none;
}

void require_variables(const ModelSettings& settings) {
  const int of_network = settings.network.variables, of_domain = settings.box.variables;
  if (of_domain != of_network) {
    fail(Status::ERROR_SIZE, "domain: %d variables given, the %d of the network expected",
         of_domain, of_network);
  }
  for (const LinearConstraint& linear : settings.constraint.linear) {
    if (linear.box.variables == of_domain) continue;
    fail(Status::ERROR_SIZE, "constraint: %d variables given, the %d of the domain expected",
         linear.box.variables, of_domain);
  }
}

// f >= 0 has an integral above 0, and J f'/I is such an f for J above 0 alone.
void require_positive_targets(const ModelSettings& settings) {
  const Constraint& constraint = settings.constraint;
  if (!constraint.scales() || !is_positive(settings)) return;
  for (std::size_t j = 0; j < constraint.target.size(); ++j) {
    if (constraint.target[j] > 0) continue;
    fail(Status::ERROR_ARGUMENT,
         "constraint: its %s is %g for output %zu, above 0 expected: a positive network scaled "
         "has an integral above 0; use FINN_METHOD_SHIFT or FINN_POSITIVITY_NONE",
         target_name(constraint), constraint.target[j], j);
  }
  for (std::size_t j = 0; j < constraint.lower_target.size(); ++j) {
    if (constraint.lower_target[j] >= 0) continue;
    fail(Status::ERROR_ARGUMENT,
         "constraint: its lower is %g for output %zu, 0 or more expected: a positive network "
         "scaled has an integral above 0",
         constraint.lower_target[j], j);
  }
}

// The smooth functions of I that keep J/I finite are defined for I >= 0.
void require_smooth(const ModelSettings& settings) {
  const Constraint& constraint = settings.constraint;
  if (!constraint.scales() || constraint.transition != Transition::smooth) return;
  if (is_positive(settings)) return;
  fail(Status::ERROR_ARGUMENT,
       "constraint: FINN_TRANSITION_SMOOTH with FINN_METHOD_SCALE given for a network without "
       "positivity, whose integral may have either sign; use FINN_METHOD_SHIFT");
}

void require_shared(const ModelSettings& settings) {
  if (!settings.network.conditioning.normalises_per_sample()) return;
  if (settings.constraint.kind == ConstraintKind::projection) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: several integrals at once given with conditions, under which the integrals "
         "would be other ones for every row; one integral expected");
  }
  if (settings.constraint.learns_integral()) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: a learned integral given with conditions: one number for each output cannot "
         "be the integral of f(x | c) for every c");
  }
}

// Infinite limits are those of the domain.
void require_within_domain(const ModelSettings& settings) {
  for (std::size_t k = 0; k < settings.constraint.linear.size(); ++k) {
    const Box& box = settings.constraint.linear[k].box;
    for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
      const double least = settings.box.lower[i], most = settings.box.upper[i];
      const double lower = std::isinf(box.lower[i]) ? least : box.lower[i];
      const double upper = std::isinf(box.upper[i]) ? most : box.upper[i];
      if (lower < upper && lower >= least && upper <= most) continue;
      fail(Status::ERROR_ARGUMENT,
           "constraint: [%g, %g] of variable %zu given for integral %zu, a part of the domain, "
           "[%g, %g], expected",
           box.lower[i], box.upper[i], i, k, least, most);
    }
  }
}

// What the constraint says for each output, it says for those of the network.
void require_parts(const ModelSettings& settings) {
  require_valid(settings.network);
  require_valid(settings.box);
  require_valid(settings.network.conditioning, settings.conditions);
  require_valid(settings.constraint, settings.network.outputs,
                settings.network.conditioning.target_from_row);
}

}  // namespace

void require_valid(const ModelSettings& settings) {
  require_parts(settings);
  require_variables(settings);
  require_positive_targets(settings);
  require_smooth(settings);
  require_shared(settings);
  require_within_domain(settings);
}

}  // namespace finn::net
