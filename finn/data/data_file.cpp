#include "finn/data/data_file.hpp"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "finn/data/check_row.hpp"
#include "finn/data/csv_file.hpp"
#include "finn/data/input_file.hpp"
#include "finn/data/interval_row.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

// "x 2, y 1, weight 1"
std::string layout_text(const RowLayout& layout) {
  std::string text = "x " + std::to_string(layout.inputs);
  if (layout.outputs > 0) text += ", y " + std::to_string(layout.outputs);
  return text + (layout.has_weight ? ", weight 1" : "");
}

// A file of rows: how values are read is up to the format.
class FileRows : public RowSource {
 public:
  FileRows(const char* path, const RowLayout& layout)
      : path_(path), layout_(layout), values_(static_cast<std::size_t>(layout.columns())) {
    rules_ = {layout.columns(), layout.positive};
    if (layout.has_weight) rules_.weight = layout.columns() - 1;
    if (!layout.has_intervals) return;
    rules_.ends = layout.outputs;
    rules_.upper_ends = layout.inputs;
  }

  bool has_targets() const override { return layout_.outputs > 0; }
  bool has_weights() const override { return layout_.has_weight; }
  double mean_weight() const override { return mean_weight_.value(); }

  void read(std::int64_t row, double* x, double* y, double* weight) override {
    if (!read_values(row)) {
      fail(Status::ERROR_FILE, "%s: row %" PRId64 " cannot be read as it was when it was opened",
           path_.c_str(), row + 1);
    }
    const double* values = values_.data();
    // Whoever takes intervals has no room for more than the most of a row.
    if (intervals_) {
      intervals_->require(values, values + layout_.inputs, {path_.c_str(), "row", row + 1, 1});
    }
    std::copy_n(values, layout_.inputs, x);
    if (y != nullptr) std::copy_n(values + layout_.inputs, layout_.outputs, y);
    if (weight != nullptr) *weight = values_.back();
  }

 protected:
  // Reads a row into values_; false when that is not possible, or gives what is not finite.
  virtual bool read_values(std::int64_t row) = 0;

  // Fails unless values_ can be trained on.
  void require_values(const Region& region, const RowPlace& place) {
    if (layout_.has_intervals) {
      if (!intervals_) intervals_.emplace(region);
      intervals_->require(values_.data(), values_.data() + layout_.inputs, place);
    } else {
      rules_.region = &region;
    }
    require_row(rules_, values_.data(), place);
    if (layout_.has_weight) mean_weight_.add(values_.back());
    has_weight_above_0_ = has_weight_above_0_ || !layout_.has_weight || values_.back() > 0;
  }

  void require_rows(std::int64_t rows) const {
    if (rows == 0) fail(Status::ERROR_FORMAT, "%s: no rows", path_.c_str());
  }

  // Whether the number in a column may be infinite.
  bool may_be_endless(std::size_t column) const { return rules_.is_end(static_cast<int>(column)); }

  // Once all rows are checked; by the label of the last column.
  void require_weight(const std::string& label) const {
    if (has_weight_above_0_) return;
    fail(Status::ERROR_ARGUMENT, "%s: column %s: all weights are 0, one above 0 expected",
         path_.c_str(), label.c_str());
  }

  std::string path_;
  RowLayout layout_;
  std::vector<double> values_;  // [columns] of one row

 private:
  RowRules rules_;
  std::optional<IntervalReader> intervals_;  // where rows have any
  MeanWeight mean_weight_;                   // of the rows that were checked
  bool has_weight_above_0_ = false;          // of a row that was checked, or there are no weights
};

class CsvRows final : public FileRows {
 public:
  CsvRows(const char* path, const RowLayout& layout, const Region& region,
          const ColumnChoice& choice)
      : FileRows(path, layout), file_(path), columns_(chosen(choice)) {
    for (const int column : columns_) labels_.push_back(file_.label(column));
    while (file_.next_row()) {
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        values_[i] = file_.number(columns_[i], may_be_endless(i));
      }
      require_values(region, {path, "line", file_.line(), 1, labels_.data()});
      offsets_.push_back(file_.offset());
    }
    require_rows(count());
    require_weight(labels_.back());
  }

  std::int64_t count() const override { return static_cast<std::int64_t>(offsets_.size()); }

 private:
  // The columns that make a row; without a choice the file has these and no others.
  std::vector<int> chosen(const ColumnChoice& choice) const {
    std::vector<int> columns = chosen_columns(file_, choice);
    if (columns.size() == values_.size()) return columns;
    const char* of = choice.empty() ? "" : " chosen";
    fail(choice.empty() ? Status::ERROR_FORMAT : Status::ERROR_SIZE,
         "%s: line %" PRId64 ": %zu columns%s given, %zu expected: %s", path_.c_str(),
         file_.first_line(), columns.size(), of, values_.size(), layout_text(layout_).c_str());
  }

  bool read_values(std::int64_t row) override {
    if (!file_.go_to(offsets_[static_cast<std::size_t>(row)])) return false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::optional<double> number = file_.number_if_any(columns_[i], may_be_endless(i));
      if (!number) return false;
      values_[i] = *number;
    }
    return true;
  }

  CsvFile file_;
  std::vector<int> columns_;           // of the file, [columns of a row]
  std::vector<std::string> labels_;    // of these
  std::vector<std::int64_t> offsets_;  // of the rows in the file
};

template <class U>
class BinaryRows final : public FileRows {
 public:
  BinaryRows(const char* path, const RowLayout& layout, const Region& region)
      : FileRows(path, layout), file_(open_input(path)), bytes_(values_.size() * sizeof(U)) {
    file_.seekg(0, std::ios::end);
    const std::streamoff size = file_.tellg();
    const auto row_size = static_cast<std::streamoff>(bytes_.size());
    if (size < 0) fail(Status::ERROR_FILE, "%s: cannot be read", path);
    count_ = size / row_size;
    if (size % row_size != 0) {
      fail(Status::ERROR_FORMAT,
           "%s: %lld bytes given, a multiple of %lld expected: %zu numbers of %zu bytes a row",
           path, static_cast<long long>(size), static_cast<long long>(row_size), values_.size(),
           sizeof(U));
    }
    require_rows(count_);
    file_.seekg(0);
    for (std::int64_t row = 0; row < count_; ++row) {
      if (!read_next()) {
        fail(Status::ERROR_FILE, "%s: row %" PRId64 ": cannot be read", path, row + 1);
      }
      require_values(region, {path, "row", row + 1, 1});
    }
    require_weight(std::to_string(layout.columns()));
  }

  std::int64_t count() const override { return count_; }

 private:
  bool read_values(std::int64_t row) override {
    file_.clear();
    file_.seekg(row * static_cast<std::streamoff>(bytes_.size()));
    if (!read_next()) return false;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (may_be_endless(i) ? std::isnan(values_[i]) : !std::isfinite(values_[i])) return false;
    }
    return true;
  }

  bool read_next() {
    file_.read(reinterpret_cast<char*>(bytes_.data()), static_cast<std::streamsize>(bytes_.size()));
    if (!file_) return false;
    core::ByteReader reader("row", bytes_.data(), bytes_.size());
    for (double& value : values_) value = static_cast<double>(reader.number<U>("row"));
    return true;
  }

  std::ifstream file_;
  std::vector<unsigned char> bytes_;  // of one row
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> open_rows(const char* path, FileFormat format, const RowLayout& layout,
                                     const Region& region, const ColumnChoice& choice) {
  if (format != FileFormat::csv && !choice.empty()) {
    fail(Status::ERROR_ARGUMENT, "%s: %zu columns chosen, but only those of a CSV file can be",
         path, choice.size());
  }
  switch (format) {
    case FileFormat::float64:
      return std::make_unique<BinaryRows<double>>(path, layout, region);
    case FileFormat::float32:
      return std::make_unique<BinaryRows<float>>(path, layout, region);
    default:
      return std::make_unique<CsvRows>(path, layout, region, choice);
  }
}

}  // namespace finn::net
