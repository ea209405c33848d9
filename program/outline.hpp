#pragma once

#include <string>
#include <string_view>

namespace program {

// JSON that finn.h wrote as an outline: a line for each member, those of an object set in.
std::string outline_of(std::string_view json);

}  // namespace program
