#pragma once

namespace program {

// While it lives, the first Ctrl-C (SIGINT) or SIGTERM is noted and does nothing else; a second one
// ends the program as ever. One at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool came() const;

 private:
  void (*on_interrupt_)(int);
  void (*on_termination_)(int);
};

}  // namespace program
