// What a model is made of beside its parameters, and which parts go together.
#pragma once

#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/networks/network_shape.hpp"

namespace finn::net {

struct ModelSettings {
  NetworkShape network;
  Box box;               // of the domain, if there is one
  DomainPointer domain;  // null: the box itself, and f goes on beyond it
  Constraint constraint;
  bool standard_coordinates = true;
  ConditionRange conditions;
};

// Fails, naming the argument as finn.h does, for what no model can be made of: first each part by
// itself, then the few pairs of parts that do not go together (docs/ABI.md). What is left for the
// constructor of a model to refuse is that there are too many parameters, or that linear
// constraints depend on each other.
void require_valid(const ModelSettings& settings);

}  // namespace finn::net
