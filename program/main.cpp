// The program `finn`: models on the command line, through finn.h alone. docs/PROGRAM.md.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <finn.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/text.hpp"

namespace program {
namespace {

enum ExitCode { kDone = 0, kFailure = 1, kUsage = 2 };

const Command* const kCommands[] = {&kFit,         &kDescribe, &kEvaluate, &kIntegrate, &kSample,
                                    &kProbability, &kQuantile, &kPlot,     &kOptions};

std::string help() {
  std::string text = "usage: finn COMMAND [options]\n\ncommands:\n";
  for (const Command* command : kCommands) {
    text += std::string("  finn ") + command->name + " " + command->inputs + "\n      " +
            command->sentence + "\n";
  }
  return text +
         "\nfinn COMMAND --help explains a command, finn --version says which version this is.\n"
         "Exit codes: 0 done, 1 failed, 2 wrong usage.\n";
}

bool is_help(std::string_view word) { return word == "--help" || word == "-h"; }

const Command& command_of(const std::string& name) {
  std::vector<std::string> names;
  for (const Command* command : kCommands) {
    if (name == command->name) return *command;
    names.emplace_back(command->name);
  }
  throw UsageError("\"" + name + "\" given, one of the commands " + joined(names) +
                   " expected; the nearest is " + nearest(name, names));
}

// What was printed may not have arrived: a full disk, for instance.
int flushed() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return kDone;
  std::fprintf(stderr, "finn: standard output cannot be written\n");
  return kFailure;
}

int run(std::span<char* const> words) {
  if (words.empty()) {
    std::fputs(help().c_str(), stderr);
    return kUsage;
  }
  const std::string first = words.front();
  if (is_help(first)) {
    std::fputs(help().c_str(), stdout);
    return flushed();
  }
  if (first == "--version") {
    std::printf("finn %s\n%s\n", finn_version_string(), finn_build_info());
    return flushed();
  }
  const Command& command = command_of(first);
  words = words.subspan(1);
  if (std::any_of(words.begin(), words.end(), is_help)) {
    std::fputs(help_of(command).c_str(), stdout);
  } else {
    command.run(Arguments(command, words));
  }
  return flushed();
}

int guarded(std::span<char* const> words) {
  try {
    return run(words);
  } catch (const UsageError& error) {
    std::fprintf(stderr, "finn: %s\n", clean(error.what()).c_str());
    return kUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "finn: %s\n", clean(error.what()).c_str());
    return kFailure;
  }
}

}  // namespace
}  // namespace program

int main(int count, char** words) {
  const std::span<char* const> all(words, static_cast<std::size_t>(count));
  return program::guarded(all.subspan(all.empty() ? 0 : 1));
}
