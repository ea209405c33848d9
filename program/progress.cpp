#include "program/progress.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <string>

#include "program/text.hpp"

namespace program {
namespace {

constexpr int kCells = 24;
constexpr double kInterval = 0.1;  // seconds from one bar to the next
constexpr std::int64_t kLines = 5;

std::string losses_of(const finn_progress& progress) {
  std::string text = "loss " + short_text(progress.loss, 5);
  if (!std::isnan(progress.validation_loss)) {
    text += ", validation " + short_text(progress.validation_loss, 5);
  }
  return text;
}

double share_of(const finn_progress& progress) {
  return static_cast<double>(progress.step) / static_cast<double>(progress.steps);
}

}  // namespace

Progress::Progress(bool is_quiet) : is_quiet_(is_quiet), is_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (is_drawn_) std::fprintf(stderr, "\n");
}

void Progress::show(const finn_progress& progress) {
  if (is_quiet_) return;
  if (is_terminal_) {
    bar(progress);
  } else {
    line(progress);
  }
}

void Progress::bar(const finn_progress& progress) {
  const bool is_last = progress.step == progress.steps;
  if (is_drawn_ && !is_last && progress.seconds < shown_at_ + kInterval) return;
  shown_at_ = progress.seconds;
  is_drawn_ = true;
  const double share = share_of(progress);
  const auto full = static_cast<std::size_t>(share * kCells);
  const double left = progress.seconds * (1 / share - 1);
  // \033[K clears what an earlier, longer line has left.
  std::fprintf(stderr, "\r%s%s %3.0f %%  %s  %.0f s left\033[K", std::string(full, '#').c_str(),
               std::string(kCells - full, '.').c_str(), 100 * share, losses_of(progress).c_str(),
               left);
}

void Progress::line(const finn_progress& progress) {
  const std::int64_t fifths = progress.step * kLines / progress.steps;
  if (fifths == shown_) return;
  shown_ = fifths;
  std::fprintf(stderr, "step %lld of %lld, %s, %.1f s\n", static_cast<long long>(progress.step),
               static_cast<long long>(progress.steps), losses_of(progress).c_str(),
               progress.seconds);
}

}  // namespace program
