#include "finn/data/line_reader.hpp"

#include <cinttypes>

#include "core/error.hpp"
#include "finn/data/input_file.hpp"

namespace finn::net {

using core::fail;
using core::Status;

LineReader::LineReader(const char* path)
    : path_(path), file_(open_input(path)), buffer_(kLongestLine + 1) {}

// A line into line_; false when there is none, or it is too long.
bool LineReader::read() {
  file_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  if (file_.fail()) return false;
  auto length = static_cast<std::size_t>(file_.gcount());
  if (!file_.eof()) --length;  // of the \n
  if (length > 0 && buffer_[length - 1] == '\r') --length;
  line_ = std::string_view(buffer_.data(), length);
  return true;
}

bool LineReader::next() {
  ++number_;
  offset_ = next_offset_;
  const bool is_read = read();
  const bool is_too_long = !is_read && !file_.eof() && file_.gcount() > 0;
  if (file_.bad() || is_too_long) {
    const std::string longer = "longer than " + std::to_string(kLongestLine) + " bytes";
    fail(file_.bad() ? Status::ERROR_FILE : Status::ERROR_FORMAT, "%s: line %" PRId64 ": %s",
         path(), number_, file_.bad() ? "cannot be read" : longer.c_str());
  }
  next_offset_ += file_.gcount();
  if (is_read && number_ == 1) skip_mark();
  return is_read;
}

bool LineReader::go_to(std::int64_t offset) {
  file_.clear();
  file_.seekg(offset);
  return read();
}

void LineReader::skip_mark() {
  constexpr std::string_view utf8 = "\xef\xbb\xbf";
  if (line_.starts_with("\xff\xfe") || line_.starts_with("\xfe\xff")) {
    fail(Status::ERROR_FORMAT, "%s: text in UTF-16 given, UTF-8 expected", path());
  }
  if (!line_.starts_with(utf8)) return;
  line_.remove_prefix(utf8.size());
  offset_ += static_cast<std::int64_t>(utf8.size());
}

}  // namespace finn::net
