#include "finn/constraints/normaliser.hpp"

#include "core/error.hpp"
#include "finn/constraints/affine_normaliser.hpp"
#include "finn/constraints/projection.hpp"

namespace finn::net {

AffineMap Normaliser::lane_map(std::size_t, const CornerSum&, double) const {
  core::fail(core::Status::ERROR_INTERNAL, "constraint: has no form for samples one by one");
}

std::shared_ptr<const Normaliser> make_normaliser(const Constraint& constraint, const Box& domain) {
  if (constraint.kind == ConstraintKind::projection) {
    return std::make_shared<const Projection>(domain, constraint.linear);
  }
  return std::make_shared<const AffineNormaliser>(constraint, domain);
}

}  // namespace finn::net
