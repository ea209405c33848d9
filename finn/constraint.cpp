#include "finn/constraint.hpp"

#include <cmath>

#include "core/error.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

void require_finite(const CornerSum& integral, std::size_t output) {
  if (std::isfinite(integral.value) && std::isfinite(integral.magnitude)) return;
  fail(Status::ERROR_INTEGRAL, "integral: output %zu of the network has the integral %g", output,
       integral.value);
}

void require_divisor(const CornerSum& integral, std::size_t output) {
  if (std::fabs(integral.value) > integral.error_estimate) return;
  fail(Status::ERROR_INTEGRAL,
       "integral: output %zu of the network has the integral %g +- %g, too close to 0 to scale it",
       output, integral.value, integral.error_estimate);
}

}  // namespace

void update_output_map(const Constraint& constraint, const std::vector<CornerSum>& integrals,
                       double volume, OutputMap& map) {
  const std::size_t outputs = integrals.size();
  map.scale.assign(outputs, 1.0);
  for (auto* zeros : {&map.shift, &map.scale_slope, &map.shift_slope}) zeros->assign(outputs, 0.0);
  if (constraint.kind == ConstraintKind::none) return;
  for (std::size_t j = 0; j < outputs; ++j) {
    const double integral = integrals[j].value;
    const double epsilon = constraint.epsilon[j];
    require_finite(integrals[j], j);
    if (constraint.kind == ConstraintKind::scale) {
      require_divisor(integrals[j], j);
      map.scale[j] = (1 - constraint.floor) * epsilon / integral;
      map.shift[j] = constraint.floor * epsilon / volume;
      map.scale_slope[j] = -map.scale[j] / integral;
    } else {
      map.shift[j] = (epsilon - integral) / volume;
      map.shift_slope[j] = -1 / volume;
    }
  }
}

}  // namespace finn::net
