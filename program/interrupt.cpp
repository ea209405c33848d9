#include "program/interrupt.hpp"

#include <csignal>

namespace program {
namespace {

// A handler may touch nothing else.
volatile std::sig_atomic_t interrupted = 0;

extern "C" void note(int signal) {
  interrupted = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

Interrupt::Interrupt() {
  interrupted = 0;
  on_interrupt_ = std::signal(SIGINT, note);
  on_termination_ = std::signal(SIGTERM, note);
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, on_interrupt_);
  std::signal(SIGTERM, on_termination_);
}

bool Interrupt::came() const { return interrupted != 0; }

}  // namespace program
