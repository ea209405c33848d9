// Rows of a data set in a file, which is read as rows are asked for and may be larger than memory.
//
// A row is x [columns of the model], y where there are targets and a weight where there
// are weights: so many columns of a CSV file, or so many numbers of 64 or 32 bits, least
// significant byte first. Opening reads the file once and checks every number. What is kept is 8
// bytes a row of a CSV file, where its line begins, and nothing of a binary one.
#pragma once

#include <memory>

#include "finn/data/column_choice.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/positive_columns.hpp"

namespace finn::net {

enum class FileFormat { csv, float64, float32 };

// What a row of the file is made of.
struct RowLayout {
  int inputs;   // columns of the model, the first of which are the point
  int outputs;  // of the targets; 0 without
  bool has_weight;
  PositiveColumns positive = {};
  // Whether the first columns are lower ends of intervals and the targets are their upper ends, as
  // finn/data/interval_row.hpp has them.
  bool has_intervals = false;

  int columns() const { return inputs + outputs + (has_weight ? 1 : 0); }
};

// Fails with ERROR_FILE when the file cannot be read, with ERROR_FORMAT when it is not what its
// format says, with ERROR_NOT_FINITE and ERROR_ARGUMENT when a number is not one that can be
// trained on, as x outside the region. Messages name the path, the line or row, and the column, all
// counted from 1, and the name of a column that has one. Reading rows fails when the file has
// changed since.
//
// The choice names the layout.columns() columns of a CSV file that are x, y and the weight, in this
// order; ERROR_SIZE when it names more or fewer, ERROR_ARGUMENT as chosen_columns says. Without a
// choice the file has these columns and no others.
std::unique_ptr<RowSource> open_rows(const char* path, FileFormat format, const RowLayout& layout,
                                     const Region& region, const ColumnChoice& choice = {});

}  // namespace finn::net
