// Domains by the names of their kinds: what a file says of one becomes it again.
#pragma once

#include <string_view>

#include "finn/domains/domain.hpp"

namespace finn::net {

// The domain whose kind() and recipe() these are, to the same bits. Fails with ERROR_FORMAT when
// there is no such kind that could be made, or its arguments are others, in a message that begins
// with `who`; and as the function that makes the kind does.
DomainPointer make_domain(const char* who, std::string_view kind, const DomainRecipe& recipe);

}  // namespace finn::net
