#pragma once

#include <finn.hpp>

namespace program {

// How a fit is going, on standard error: a bar where that is a terminal, and otherwise a line after
// each fifth of the steps.
class Progress {
 public:
  explicit Progress(bool is_quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const finn_progress& progress);

 private:
  void bar(const finn_progress& progress);
  void line(const finn_progress& progress);

  bool is_quiet_;
  bool is_terminal_;
  bool is_drawn_ = false;
  double shown_at_ = 0;  // seconds
  long shown_ = 0;       // fifths
};

}  // namespace program
