// The description of a chain: limits, options, and what became of each link.
#pragma once

#include <string>
#include <vector>

#include "finn/chains/chain_fit.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_options.hpp"

namespace finn::capi {

// One of the links that stand side by side, which is not such a link itself.
struct LinkPart {
  net::LinkForm form;
  double share;
};

struct ChainDescription {
  int conditions = 0;
  std::vector<double> lower, upper;  // of the variables
  net::ChainOptions options;
  std::vector<net::LinkReport> reports;      // of the links that are fitted
  std::vector<std::vector<LinkPart>> parts;  // of each of these: one, or those of a stack
};

// The parts of a link: of one that is no stack itself, with a share of 1.
std::vector<LinkPart> parts_of(const net::ChainLink& link);

std::string chain_description(const net::ChainFit& fit);

// Fails with ERROR_FORMAT for what describes no chain.
ChainDescription read_chain_description(const std::string& document, const std::string& text);

}  // namespace finn::capi
