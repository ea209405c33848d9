// A data set as bench/quality/data_sets.py writes it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace finn::bench {

// The rows of a set, standardised by those to train on.
struct DataSet {
  std::string name;
  std::vector<double> train, validation, test;
  std::size_t variables = 0;
};

// NAME.train.csv, NAME.validation.csv and NAME.test.csv of a folder.
DataSet read_data_set(const std::string& folder, const std::string& name);

// The box of all rows, a tenth of its sides wider at each end.
Domain box_around(const DataSet& set);

// The mean negative log likelihood of the rows to test with.
double test_loss(const DataSet& set, const Model& model, Workspace& workspace);

}  // namespace finn::bench
