// The constraint of a model's options, checked and translated.
#pragma once

#include "capi/finn.h"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"

namespace finn::capi {

// options: completed, with head and positivity resolved; box: that in which F lives. Fails with a
// message that names the field.
net::Constraint checked_constraint(const finn_model_options& options, const net::Box& box);

}  // namespace finn::capi
