#include "finn/data/data_file.hpp"

#include <cerrno>
#include <charconv>
#include <cinttypes>
#include <cmath>
#include <fstream>
#include <string>
#include <system_error>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "finn/data/check_row.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

constexpr std::size_t kLongestLine = std::size_t{1} << 20;

// A file of rows: how values are read is up to the format.
class FileRows : public RowSource {
 public:
  FileRows(const char* path, const RowLayout& layout)
      : path_(path), layout_(layout), values_(static_cast<std::size_t>(layout.columns())) {
    core::require_regular_file(path);
    file_.open(path, std::ios::binary);
    if (!file_.is_open()) {
      const int number = errno;
      fail(Status::ERROR_FILE, "%s: cannot be opened: %s", path,
           std::generic_category().message(number).c_str());
    }
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
    std::copy_n(values, layout_.inputs, x);
    if (y != nullptr) std::copy_n(values + layout_.inputs, layout_.outputs, y);
    if (weight != nullptr) *weight = values_.back();
  }

 protected:
  // Reads a row into values_; false when that is not possible, or gives what is not finite.
  virtual bool read_values(std::int64_t row) = 0;

  // Fails unless values_ can be trained on. unit is "line" or "row"; numbers count from 1.
  void require_values(const Region& region, const char* unit, std::int64_t number) {
    const int weight = layout_.has_weight ? layout_.columns() - 1 : -1;
    require_row({layout_.columns(), layout_.positive, &region, weight}, values_.data(),
                {path_.c_str(), unit, number, 1});
    if (layout_.has_weight) mean_weight_.add(values_.back());
    has_weight_above_0_ = has_weight_above_0_ || weight < 0 || values_.back() > 0;
  }

  bool is_finite() const {
    return std::all_of(values_.begin(), values_.end(), [](double v) { return std::isfinite(v); });
  }

  void require_rows(std::int64_t rows) const {
    if (rows == 0) fail(Status::ERROR_FORMAT, "%s: no rows", path_.c_str());
  }

  // Once all rows are checked.
  void require_weight() const {
    if (has_weight_above_0_) return;
    fail(Status::ERROR_ARGUMENT, "%s: column %d: all weights are 0, one above 0 expected",
         path_.c_str(), layout_.columns());
  }

  std::string path_;
  RowLayout layout_;
  std::ifstream file_;
  std::vector<double> values_;  // [columns] of one row

 private:
  MeanWeight mean_weight_;           // of the rows that were checked
  bool has_weight_above_0_ = false;  // of a row that was checked, or there are no weights
};

class CsvRows final : public FileRows {
 public:
  CsvRows(const char* path, const RowLayout& layout, const Region& region)
      : FileRows(path, layout), line_(kLongestLine) {
    std::int64_t offset = 0;
    for (std::int64_t number = 1; next_line(number); ++number) {
      if (!is_blank() && !(number == 1 && is_header())) {
        parse_line(number);
        require_values(region, "line", number);
        offsets_.push_back(offset + (begin_ - line_.data()));
      }
      offset += file_.gcount();
    }
    require_rows(count());
    require_weight();
  }

  std::int64_t count() const override { return static_cast<std::int64_t>(offsets_.size()); }

 private:
  bool read_values(std::int64_t row) override {
    file_.clear();
    file_.seekg(offsets_[static_cast<std::size_t>(row)]);
    file_.getline(line_.data(), static_cast<std::streamsize>(line_.size()));
    end_ = line_.data() + std::max<std::int64_t>(0, length());
    const char* at = line_.data();
    for (std::size_t column = 0; column < values_.size(); ++column) {
      if (!parse_number(at, values_[column])) return false;
      if (column + 1 < values_.size() && !(at < end_ && *at++ == ',')) return false;
    }
    return at == end_ && is_finite();
  }

  // Without the end of the line.
  std::int64_t length() const {
    std::int64_t length = file_.gcount() - (file_.eof() ? 0 : 1);
    if (length > 0 && line_[static_cast<std::size_t>(length - 1)] == '\r') --length;
    return length;
  }

  bool next_line(std::int64_t number) {
    file_.getline(line_.data(), static_cast<std::streamsize>(line_.size()));
    const bool is_too_long = file_.fail() && !file_.eof() && file_.gcount() > 0;
    if (file_.bad() || is_too_long) {
      fail(file_.bad() ? Status::ERROR_FILE : Status::ERROR_FORMAT, "%s: line %" PRId64 ": %s",
           path_.c_str(), number, file_.bad() ? "cannot be read" : "longer than 1048575 bytes");
    }
    if (file_.fail()) return false;
    end_ = line_.data() + length();
    begin_ = line_.data();
    const bool has_mark =
        number == 1 && end_ - begin_ >= 3 && std::equal(begin_, begin_ + 3, "\xef\xbb\xbf");
    if (has_mark) begin_ += 3;  // the byte order mark of UTF-8
    return true;
  }

  bool is_blank() const {
    const char* at = begin_;
    skip_spaces(at);
    return at == end_ || *at == '#';
  }
  // Names of columns: no field is a number.
  bool is_header() const {
    for (const char* field = begin_;; ++field) {
      const char* at = field;
      double unused = 0;
      if (parse_number(at, unused)) return false;
      field = std::find(field, static_cast<const char*>(end_), ',');
      if (field == end_) return true;
    }
  }

  void skip_spaces(const char*& at) const {
    while (at < end_ && (*at == ' ' || *at == '\t')) ++at;
  }

  // A number with spaces around it, up to a comma or the end of the line.
  bool parse_number(const char*& at, double& value) const {
    skip_spaces(at);
    if (at < end_ && *at == '+') ++at;
    const auto [rest, problem] = std::from_chars(at, end_, value);
    if (problem != std::errc()) return false;
    at = rest;
    skip_spaces(at);
    return at == end_ || *at == ',';
  }

  void parse_line(std::int64_t number) {
    const char* at = begin_;
    std::size_t columns = 0;
    for (;; ++at) {
      double value = 0;
      const char* field = at;
      if (!parse_number(at, value)) fail_at_field(number, columns + 1, field);
      if (columns < values_.size()) values_[columns] = value;
      ++columns;
      if (at == end_) break;
    }
    if (columns == values_.size()) return;
    fail(Status::ERROR_FORMAT, "%s: line %" PRId64 ": %zu columns given, %zu expected",
         path_.c_str(), number, columns, values_.size());
  }

  [[noreturn]] void fail_at_field(std::int64_t number, std::size_t column,
                                  const char* field) const {
    constexpr std::ptrdiff_t shown = 40;
    const char* end = std::find(field, std::min(end_, field + std::min(shown, end_ - field)), ',');
    fail(Status::ERROR_FORMAT,
         "%s: line %" PRId64 ", column %zu: \"%.*s\" given, a number expected", path_.c_str(),
         number, column, static_cast<int>(end - field), field);
  }

  std::vector<char> line_;
  const char* begin_ = nullptr;  // of the line
  const char* end_ = nullptr;
  std::vector<std::int64_t> offsets_;  // of the rows in the file
};

template <class U>
class BinaryRows final : public FileRows {
 public:
  BinaryRows(const char* path, const RowLayout& layout, const Region& region)
      : FileRows(path, layout), bytes_(values_.size() * sizeof(U)) {
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
      require_values(region, "row", row + 1);
    }
    require_weight();
  }

  std::int64_t count() const override { return count_; }

 private:
  bool read_values(std::int64_t row) override {
    file_.clear();
    file_.seekg(row * static_cast<std::streamoff>(bytes_.size()));
    return read_next() && is_finite();
  }

  bool read_next() {
    file_.read(reinterpret_cast<char*>(bytes_.data()), static_cast<std::streamsize>(bytes_.size()));
    if (!file_) return false;
    core::ByteReader reader("row", bytes_.data(), bytes_.size());
    for (double& value : values_) value = static_cast<double>(reader.number<U>("row"));
    return true;
  }

  std::vector<unsigned char> bytes_;  // of one row
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> open_rows(const char* path, FileFormat format, const RowLayout& layout,
                                     const Region& region) {
  switch (format) {
    case FileFormat::float64:
      return std::make_unique<BinaryRows<double>>(path, layout, region);
    case FileFormat::float32:
      return std::make_unique<BinaryRows<float>>(path, layout, region);
    default:
      return std::make_unique<CsvRows>(path, layout, region);
  }
}

}  // namespace finn::net
