// The lines of a text file, one after the other or where one is known to begin.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace finn::net {

class LineReader {
 public:
  static constexpr std::size_t kLongestLine = (std::size_t{1} << 20) - 1;  // in bytes

  // Fails with ERROR_FILE when the file cannot be opened.
  explicit LineReader(const char* path);

  // Goes to the next line; false when there is none. Fails with ERROR_FILE when the file cannot be
  // read, and with ERROR_FORMAT for a line that is too long or a file in UTF-16.
  bool next();
  // Goes to the line that begins at an offset that offset() has given; false when it cannot be
  // read. Lines are not counted any more, and next() is not to be called.
  bool go_to(std::int64_t offset);

  // Without its end, which is \n or \r\n, and without the byte order mark of UTF-8.
  std::string_view line() const { return line_; }
  std::int64_t number() const { return number_; }  // of the line, the first is 1
  std::int64_t offset() const { return offset_; }  // of the line in the file, in bytes
  const char* path() const { return path_.c_str(); }

 private:
  bool read();
  void skip_mark();

  std::string path_;
  std::ifstream file_;
  std::vector<char> buffer_;
  std::string_view line_;  // in buffer_
  std::int64_t number_ = 0;
  std::int64_t offset_ = 0;
  std::int64_t next_offset_ = 0;
};

}  // namespace finn::net
