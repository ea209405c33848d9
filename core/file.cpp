#include "core/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

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

// What a file that is not a regular one is.
const char* kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return "a folder";
    case S_IFIFO:
      return "a pipe";
    case S_IFSOCK:
      return "a socket";
    default:
      return "a device";
  }
}

void require_regular(const char* path, mode_t mode) {
  if (S_ISREG(mode)) return;
  fail(Status::ERROR_FILE, "%s: %s given, a regular file expected", path, kind_of(mode));
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

// The file that path leads to through links, whether it is there or not.
std::string followed(const char* path) {
  constexpr int most_links = 40;
  std::string target = path;
  for (int link = 0; link < most_links; ++link) {
    struct stat status = {};
    if (::lstat(target.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return target;
    std::vector<char> next(4096);
    const ssize_t length = ::readlink(target.c_str(), next.data(), next.size());
    if (length < 0) fail_with_errno(path, "followed");
    const std::string name(next.data(), static_cast<std::size_t>(length));
    target = name[0] == '/' ? name : folder_of(target) + name;
  }
  fail(Status::ERROR_FILE, "%s: more than %d links, one after the other", path, most_links);
}

// The file that is to be replaced, if there is one; it must be one that may be written.
struct Target {
  explicit Target(const char* given) : path(followed(given)) {
    exists = ::stat(path.c_str(), &status) == 0;
    if (!exists) return;
    require_regular(given, status.st_mode);
    // The superuser may write to any file; one that nobody may write to is meant to stay.
    const bool is_read_only = (status.st_mode & 0222) == 0;
    if (is_read_only) errno = EACCES;
    if (is_read_only || ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
      fail_with_errno(given, "replaced");
    }
  }

  std::string path;
  struct stat status = {};
  bool exists = false;
};

// A new file beside the target, which is removed again unless it has been renamed. Two that save to
// one path wait for one another: the file is locked while it is written.
class TemporaryFile {
 public:
  explicit TemporaryFile(const Target& target)
      : target_(target), name_(target.path + ".saving"), file_(create()) {
    if (!file_.is_open()) {
      const std::string name = std::exchange(name_, "");
      fail_with_errno(name.c_str(), "created");
    }
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

  void rename_to_target() {
    keep_owner_and_mode();
    if (::fsync(file_.number()) != 0) fail_with_errno(name_.c_str(), "flushed");
    if (::rename(name_.c_str(), target_.path.c_str()) != 0) {
      fail_with_errno(target_.path.c_str(), "replaced");
    }
    name_.clear();
    if (!file_.close()) fail_with_errno(target_.path.c_str(), "closed");
  }

 private:
  int create() const {
    constexpr int attempts = 100;
    const mode_t mode = target_.exists ? target_.status.st_mode & 0777 : 0666;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      const int number = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
      if (number < 0 && errno != EEXIST) return -1;
      if (number < 0) {
        remove_left_over();
        continue;
      }
      ::flock(number, LOCK_EX);
      if (is_named(number)) return number;
      ::close(number);  // taken for one that was left over, before it was locked
    }
    errno = EEXIST;
    return -1;
  }

  // Waits for the process that writes the file, if one does, and removes what a killed one has
  // left.
  void remove_left_over() const {
    const Descriptor other(::open(name_.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    if (other.is_open()) {
      while (::flock(other.number(), LOCK_EX) != 0 && errno == EINTR) continue;
      if (!is_named(other.number())) return;
    }
    ::unlink(name_.c_str());
  }

  bool is_named(int number) const {
    struct stat open = {}, named = {};
    return ::fstat(number, &open) == 0 && ::lstat(name_.c_str(), &named) == 0 &&
           open.st_ino == named.st_ino && open.st_dev == named.st_dev;
  }

  void keep_owner_and_mode() const {
    if (!target_.exists) return;
    const struct stat& old = target_.status;
    struct stat own = {};
    if (::fstat(file_.number(), &own) != 0) fail_with_errno(name_.c_str(), "looked at");
    const bool has_owner = own.st_uid == old.st_uid && own.st_gid == old.st_gid;
    // Who may not give a file away keeps it: the mode is what guards it.
    if (!has_owner && ::fchown(file_.number(), old.st_uid, old.st_gid) != 0) errno = 0;
    if (::fchmod(file_.number(), old.st_mode & 07777) != 0) {
      fail_with_errno(name_.c_str(), "given its mode");
    }
  }

  const Target& target_;
  std::string name_;
  Descriptor file_;
};

// So that the new name itself survives a crash; not every file system can do it, and the file is
// whole either way.
void flush_folder(const std::string& path) {
  const std::string folder = folder_of(path);
  const Descriptor file(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.is_open()) ::fsync(file.number());
}

}  // namespace

void require_regular_file(const char* path) {
  struct stat status = {};
  if (::stat(path, &status) != 0) fail_with_errno(path, "opened");
  require_regular(path, status.st_mode);
}

std::vector<unsigned char> read_file(const char* path) {
  require_regular_file(path);
  const Descriptor file(::open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0) fail_with_errno(path, "opened");
  require_regular(path, status.st_mode);
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
  const Target target(path);
  TemporaryFile temporary(target);
  temporary.write(bytes.data(), bytes.size());
  temporary.rename_to_target();
  flush_folder(target.path);
}

}  // namespace finn::core
