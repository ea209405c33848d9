// An open file of the system, which is unlocked and closed when its descriptor goes.
#pragma once

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace finn::core {

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}  // below 0: none, as open() says it
  ~Descriptor() {
    if (number_ < 0) return;
    ::flock(number_, LOCK_UN);  // a process that was forked meanwhile has the file open, too
    ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const noexcept { return number_; }
  bool is_open() const noexcept { return number_ >= 0; }

  // Waits until nobody else has locked the file, and locks it until the descriptor goes. Returns
  // false where files cannot be locked.
  bool lock() const noexcept {
    while (::flock(number_, LOCK_EX) != 0) {
      if (errno != EINTR) return false;
    }
    return true;
  }

  // Whether this name, unless it is a link, names the file.
  bool is_named(const char* name) const noexcept {
    struct stat open = {}, named = {};
    return ::fstat(number_, &open) == 0 && ::lstat(name, &named) == 0 &&
           open.st_ino == named.st_ino && open.st_dev == named.st_dev;
  }

 private:
  const int number_;
};

}  // namespace finn::core
