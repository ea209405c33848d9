// The check of a constraint by itself; what depends on network and domain, too, stands in
// finn/model/model_settings.hpp.
#pragma once

#include "finn/constraints/constraint.hpp"

namespace finn::net {

// Fails, naming the argument as finn.h does, for a constraint that cannot be. target_from_row: the
// targets are columns of each row, and not part of the constraint. Infinite limits of a linear
// constraint stand for those of the domain.
void require_valid(const Constraint& constraint, int outputs, bool target_from_row);

// What finn.h calls the numbers in `target` of such a constraint.
const char* target_name(const Constraint& constraint);

}  // namespace finn::net
