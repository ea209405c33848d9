// The parameters of a network as a list of blocks, each with a role.
//
// All that differs between networks in the way from free parameters to weights, back from adjoints
// of weights to those of parameters, and in what a condition changes, is which part of the flat
// vector plays which role. docs/NETWORKS.md has the table.
#pragma once

#include <cstdint>

namespace finn::net {

enum class Role {
  hidden_weight,    // [out][in] of a hidden layer
  hidden_bias,      // [out]
  read_out_weight,  // [outputs][in]
  read_out_bias,    // [outputs]
  slope,            // [variables * components][normals_per_axis] of the functions of one variable
  location,         // likewise: the centre of a normal; the block follows that of its slopes
  share,            // likewise: of a normal in its function; a row adds up to 1
  coefficient,      // [outputs][components]
};
inline constexpr int kRoles = 8;

// rows x columns numbers from `begin` on, row by row.
struct Block {
  Role role;
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t begin;
  int first_output = 0;  // of the outputs that the rows of a read-out belong to

  std::int64_t size() const noexcept { return rows * columns; }
};

}  // namespace finn::net
