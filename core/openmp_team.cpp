#include "core/openmp_team.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace finn::core {

namespace {

// Threads that wait for each other's end, so that all of them exist at once.
class Trial {
 public:
  explicit Trial(int most) { threads_.reserve(static_cast<std::size_t>(most)); }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  ~Trial() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    end_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // False if the system refuses one more.
  bool start() {
    try {
      threads_.emplace_back([this] {
        std::unique_lock lock(mutex_);
        end_.wait(lock, [this] { return over_; });
      });
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable end_;
  bool over_ = false;
  std::vector<std::thread> threads_;
};

int startable_threads(int wanted) {
  Trial trial(wanted);
  for (int started = 1; started < wanted; ++started) {
    if (!trial.start()) return std::max(1, started / 2);
  }
  return wanted;
}

}  // namespace

int OpenMpTeam::grow(int wanted) {
  if (wanted <= size_) return size_;
  size_ = startable_threads(wanted);
  return size_;
}

}  // namespace finn::core
