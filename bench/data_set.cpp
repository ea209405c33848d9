#include "bench/data_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace finn::bench {

DataSet read_data_set(const std::string& folder, const std::string& name) {
  const auto table = [&](const char* part) {
    return Table(folder + "/" + name + "." + part + ".csv");
  };
  const Table train = table("train");
  return {name, train.values(), table("validation").values(), table("test").values(),
          train.columns()};
}

Domain box_around(const DataSet& set) {
  std::vector<double> lower(set.variables, std::numeric_limits<double>::infinity());
  std::vector<double> upper(set.variables, -std::numeric_limits<double>::infinity());
  for (const auto* rows : {&set.train, &set.validation, &set.test}) {
    for (std::size_t k = 0; k < rows->size(); ++k) {
      const std::size_t i = k % set.variables;
      lower[i] = std::min(lower[i], (*rows)[k]);
      upper[i] = std::max(upper[i], (*rows)[k]);
    }
  }
  for (std::size_t i = 0; i < set.variables; ++i) {
    const double more = 0.1 * (upper[i] - lower[i]);
    lower[i] -= more;
    upper[i] += more;
  }
  return Domain::open_box(lower, upper);
}

double test_loss(const DataSet& set, const Model& model, Workspace& workspace) {
  double sum = 0;
  const std::vector<double> f = model.integrand(workspace, set.test);
  for (const double density : f) sum -= std::log(density);
  return sum / static_cast<double>(f.size());
}

}  // namespace finn::bench
