// Mean and covariance of one row of a distribution, with the errors to expect in them.
#pragma once

#include <vector>

namespace finn::net {

// Of one row: mean [variables], covariance [variables][variables], and their errors.
struct RowMoments {
  explicit RowMoments(int variables)
      : mean(static_cast<std::size_t>(variables)),
        covariance(mean.size() * mean.size()),
        mean_error(mean.size()),
        covariance_error(covariance.size()) {}

  std::vector<double> mean, covariance, mean_error, covariance_error;
};

}  // namespace finn::net
