// Domains as JSON: a list in which each stands behind those that it is made of, which it names by
// their places, counted from 0. The last one is the domain that is meant. docs/FILES.md.
#pragma once

#include <span>
#include <vector>

#include "capi/finn.h"
#include "capi/handles.hpp"
#include "core/json_reader.hpp"
#include "core/json_writer.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::capi {

// A region: its box of u, and the domain or null for an open box.
struct Place {
  net::Box box;
  net::DomainPointer domain;
};

// Fails with ERROR_ARGUMENT for a star or a map without a name, unless it is only to be described:
// then it stands there without one.
void write_place(core::JsonWriter& json, const Place& place, bool may_lack_name);

// The region that a list says, whose stars and maps are those of this name among `known`. Fails
// with ERROR_FORMAT, and with ERROR_ARGUMENT, naming it, for a star or map that is not among them
// or is another one: in its variables, its box of u or where it maps some points.
Place read_place(core::JsonReader& json, const char* document,
                 std::span<const finn_domain* const> known);

// The stars and maps of which a domain is made, itself too, as handles. domain may be null.
std::vector<finn_domain> domains_with_callbacks(const net::DomainPointer& domain);

}  // namespace finn::capi
