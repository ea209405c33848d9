#include "core/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "core/error.hpp"

namespace finn::core {
namespace {

[[noreturn]] void fail_with_errno(const char* path, const char* what) {
  const int number = errno;
  fail(Status::ERROR_FILE, "%s: cannot be %s: %s", path, what,
       std::generic_category().message(number).c_str());
}

// An open file that is closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  bool close() {
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0;
  }

 private:
  int number_;
};

// A new file beside path, which is removed again unless it has been renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const char* path) : file_(create(path, name_)) {
    if (!file_.is_open()) fail_with_errno(name_.c_str(), "created");
  }
  ~TemporaryFile() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(const unsigned char* bytes, std::size_t count) {
    while (count > 0) {
      const ssize_t written = ::write(file_.number(), bytes, count);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail_with_errno(name_.c_str(), "written");
      bytes += written;
      count -= static_cast<std::size_t>(written);
    }
  }

  void rename_to(const char* path) {
    if (::fsync(file_.number()) != 0 || !file_.close()) fail_with_errno(name_.c_str(), "flushed");
    if (::rename(name_.c_str(), path) != 0) fail_with_errno(path, "replaced");
    name_.clear();
  }

 private:
  static int create(const char* path, std::string& name) {
    constexpr int attempts = 100;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      name = std::string(path) + "." + std::to_string(::getpid()) + "-" + std::to_string(attempt);
      const int number = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (number >= 0 || errno != EEXIST) return number;
    }
    return -1;
  }

  std::string name_;
  Descriptor file_;
};

// So that the new name itself survives a crash; not every file system can do it, and the file is
// whole either way.
void flush_directory(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "."
                                : slash == 0               ? "/"
                                                           : path.substr(0, slash);
  const Descriptor file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.is_open()) ::fsync(file.number());
}

}  // namespace

std::vector<unsigned char> read_file(const char* path) {
  const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
  struct stat status = {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0) fail_with_errno(path, "opened");
  if (!S_ISREG(status.st_mode)) fail(Status::ERROR_FILE, "%s: not a regular file", path);
  std::vector<unsigned char> bytes(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::read(file.number(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_with_errno(path, "read");
    if (count == 0) break;  // it has been cut meanwhile
    done += static_cast<std::size_t>(count);
  }
  bytes.resize(done);
  return bytes;
}

void write_file(const char* path, const std::vector<unsigned char>& bytes) {
  TemporaryFile temporary(path);
  temporary.write(bytes.data(), bytes.size());
  temporary.rename_to(path);
  flush_directory(path);
}

}  // namespace finn::core
