#include "core/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <system_error>

#include "core/descriptor.hpp"
#include "core/error.hpp"

namespace finn::core {
namespace {

[[noreturn]] void fail_with_errno(const char* path, const char* what) {
  const int number = errno;
  fail(Status::ERROR_FILE, "%s: cannot be %s: %s", path, what,
       std::generic_category().message(number).c_str());
}

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
  explicit Target(const char* given) {
    // What is no regular file is named before its links are followed: those of /dev/stdout and the
    // like lead to names that nobody can open.
    exists = ::stat(given, &status) == 0;
    if (exists) require_regular(given, status.st_mode);
    path = followed(given);
    if (path.empty() || path.back() == '/') {
      fail(Status::ERROR_FILE, "\"%s\": the name of a file expected", given);
    }
    exists = ::stat(path.c_str(), &status) == 0;
    if (exists) require_writable(given);
  }

  // The superuser may write to any file; one that nobody may write to is meant to stay.
  void require_writable(const char* given) const {
    const bool is_read_only = (status.st_mode & 0222) == 0;
    if (is_read_only) errno = EACCES;
    if (is_read_only || ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
      fail_with_errno(given, "replaced");
    }
  }

  std::string folder() const {
    const std::string name = folder_of(path);
    return name.empty() ? "." : name;
  }
  mode_t mode() const { return exists ? status.st_mode & 0777 : 0666; }

  std::string path;
  struct stat status = {};
  bool exists = false;
};

// The name PATH.saving, which a new file has for the moment before it is renamed to PATH, or while
// it is written where files cannot be without a name. It belongs to whoever has locked the file
// that bears it: others wait, and a file that nobody has locked is what a killed process left.
class SavingName {
 public:
  explicit SavingName(const Target& target) : target_(target), name_(target.path + ".saving") {}
  ~SavingName() {
    if (is_held_) ::unlink(name_.c_str());
  }
  SavingName(const SavingName&) = delete;
  SavingName& operator=(const SavingName&) = delete;

  const char* text() const { return name_.c_str(); }

  // take() gives the name to a file, and returns false with errno EEXIST while another has it.
  template <class Take>
  bool hold(Take&& take) {
    for (;;) {
      is_held_ = take();
      if (is_held_ || errno != EEXIST) return is_held_;
      remove_left_over();
    }
  }

  void rename_to_target() {
    if (::rename(name_.c_str(), target_.path.c_str()) != 0) {
      fail_with_errno(target_.path.c_str(), "replaced");
    }
    is_held_ = false;
  }

 private:
  // Waits for whoever has locked the file, and removes it if it still has the name then. A file
  // that cannot be opened or locked may be somebody's who is at work.
  void remove_left_over() const {
    const Descriptor other(::open(name_.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    // Once it is gone, the name may be a third one's.
    if (!other.is_open() && errno == ENOENT) return;
    const bool is_no_file = !other.is_open() && (errno == ELOOP || errno == ENXIO);
    if (!is_no_file) {
      if (!other.is_open()) fail_with_errno(name_.c_str(), "opened");
      if (!other.lock()) fail_with_errno(name_.c_str(), "locked");
      if (!other.is_named(name_.c_str())) return;
    }
    if (::unlink(name_.c_str()) != 0 && errno != ENOENT) fail_with_errno(name_.c_str(), "removed");
  }

  const Target& target_;
  std::string name_;
  bool is_held_ = false;
};

void write_all(const Descriptor& file, const char* path, const std::vector<unsigned char>& bytes) {
  const unsigned char* at = bytes.data();
  std::size_t left = bytes.size();
  while (left > 0) {
    const ssize_t written = ::write(file.number(), at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_with_errno(path, "written");
    at += written;
    left -= static_cast<std::size_t>(written);
  }
}

void keep_owner_and_mode(const Descriptor& file, const Target& target) {
  if (!target.exists) return;
  const struct stat& old = target.status;
  struct stat own = {};
  if (::fstat(file.number(), &own) != 0) fail_with_errno(target.path.c_str(), "looked at");
  const bool has_owner = own.st_uid == old.st_uid && own.st_gid == old.st_gid;
  // Who may not give a file away keeps it: the mode is what guards it.
  if (!has_owner && ::fchown(file.number(), old.st_uid, old.st_gid) != 0) errno = 0;
  if (::fchmod(file.number(), old.st_mode & 07777) != 0) {
    fail_with_errno(target.path.c_str(), "given its mode");
  }
}

// Makes the file what PATH is to be, down to the disk.
void complete(const Descriptor& file, const Target& target,
              const std::vector<unsigned char>& bytes) {
  write_all(file, target.path.c_str(), bytes);
  keep_owner_and_mode(file, target);
  if (::fsync(file.number()) != 0) fail_with_errno(target.path.c_str(), "flushed");
}

Descriptor unnamed_file(const Target& target) {
#ifdef O_TMPFILE
  return Descriptor(
      ::open(target.folder().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, target.mode()));
#else
  static_cast<void>(target);
  return Descriptor(-1);
#endif
}

bool give_name(const Descriptor& file, const char* name) {
  const std::string open_file = "/proc/self/fd/" + std::to_string(file.number());
  return ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

// Writes to a file without a name, which is gone when the process is, and names it when it is
// whole. Returns false where a file cannot be without a name or cannot be given one later.
bool replace_by_unnamed(const Target& target, const std::vector<unsigned char>& bytes) {
  const Descriptor file = unnamed_file(target);
  if (!file.is_open()) return false;
  complete(file, target, bytes);
  if (!target.exists && give_name(file, target.path.c_str())) return true;
  file.lock();
  SavingName name(target);
  if (!name.hold([&] { return give_name(file, name.text()); })) return false;
  name.rename_to_target();
  return true;
}

void replace_by_named(const Target& target, const std::vector<unsigned char>& bytes) {
  std::optional<Descriptor> file;  // its lock outlives the name
  SavingName name(target);
  const auto create = [&] {
    file.reset();
    file.emplace(::open(name.text(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, target.mode()));
    if (!file->is_open()) return false;
    file->lock();
    if (file->is_named(name.text())) return true;
    errno = EEXIST;  // it was taken for one that was left over, before it was locked
    return false;
  };
  if (!name.hold(create)) fail_with_errno(name.text(), "created");
  complete(*file, target, bytes);
  name.rename_to_target();
}

// So that the new name itself survives a crash; not every file system can do it, and the file is
// whole either way.
void flush_folder(const Target& target) {
  const Descriptor file(::open(target.folder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
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
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > std::vector<unsigned char>().max_size()) {
    fail(Status::ERROR_MEMORY, "%s: a file of %" PRIu64 " bytes does not fit into memory", path,
         size);
  }
  std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
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
  if (!replace_by_unnamed(target, bytes)) replace_by_named(target, bytes);
  flush_folder(target);
}

}  // namespace finn::core
