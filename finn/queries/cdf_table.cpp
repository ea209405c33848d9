#include "finn/queries/cdf_table.hpp"

#include <algorithm>
#include <utility>

namespace finn::net {

CdfTable::CdfTable(double lower, double upper, std::vector<double> shares)
    : lower_(lower),
      step_((upper - lower) / static_cast<double>(shares.size() - 1)),
      shares_(std::move(shares)) {
  // What rounding has left out of order would lead a search away.
  for (std::size_t k = 1; k < shares_.size(); ++k) {
    shares_[k] = std::max(shares_[k], shares_[k - 1]);
  }
}

double CdfTable::at(double share) const {
  const auto above = std::upper_bound(shares_.begin() + 1, shares_.end() - 1, share);
  const auto k = static_cast<double>(above - shares_.begin());
  const double below = *(above - 1), width = *above - below;
  const double part = width > 0 ? std::clamp((share - below) / width, 0.0, 1.0) : 0.5;
  return lower_ + step_ * (k - 1 + part);
}

}  // namespace finn::net
