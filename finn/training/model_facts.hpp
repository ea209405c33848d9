// What a model is beside its parameters, as a list of named numbers: network, region, coordinates,
// conditions, constraint. A trainer keeps the list of the model that it was made for, and a
// checkpoint holds it; so another model is told by the first fact that differs.
#pragma once

#include <string>
#include <vector>

#include "finn/model/model.hpp"

namespace finn::net {

struct Fact {
  std::string name;            // in the words of finn.h
  std::string text;            // of a domain: its kind; empty otherwise
  std::vector<double> values;  // in the order of finn.h, enumerators and flags as numbers
  // By how much values may differ, relative to the largest of them: what a mathematical library
  // may round differently.
  double tolerance = 0;
};

using ModelFacts = std::vector<Fact>;

// A domain is known by its kind, its box of u and where its map takes some points of it. Fails as
// the domain's callbacks do.
template <class T>
ModelFacts facts_of(const Model<T>& model);

// Fails with ERROR_SIZE unless the model has the facts known, naming the first that differs with
// both values; the message begins with `who`.
void require_same_facts(const ModelFacts& known, const ModelFacts& of_model, const char* who);

extern template ModelFacts facts_of(const Model<float>&);
extern template ModelFacts facts_of(const Model<double>&);

}  // namespace finn::net
