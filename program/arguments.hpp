#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace program {

// The command line is not what was expected: exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// An argument --name of a command.
struct Flag {
  const char* name;
  const char* value;  // what stands for its value in the help; "" if it takes none
  const char* sentence;
  char letter = '\0';  // its short form, if it has one
};

class Arguments;

struct Command {
  const char* name;
  const char* inputs;  // what stands for them in the help: "model points.csv"
  std::size_t least_inputs;
  std::size_t most_inputs;
  const char* sentence;
  std::span<const Flag> flags;
  bool takes_options;  // those of the structs of finn.h, by name
  void (*run)(const Arguments& arguments);
};

// What was given to a command. Flags and inputs may stand in any order, and the value of a flag
// behind it or behind =.
class Arguments {
 public:
  // Throws UsageError.
  Arguments(const Command& command, std::span<char* const> words);

  const std::string& input(std::size_t i) const { return inputs_.at(i); }
  std::size_t inputs() const { return inputs_.size(); }

  bool has(std::string_view name) const { return !all(name).empty(); }
  // The last value that a flag was given; nothing without one.
  std::optional<std::string> value(std::string_view name) const;
  std::string required(std::string_view name) const;
  // Each value that a flag was given.
  std::vector<std::string> all(std::string_view name) const;
  // The parts of a value between its commas.
  std::vector<std::string> list(std::string_view name) const;
  // Numbers between commas; NaN for "auto" if that is allowed. count: how many there have to be.
  std::vector<double> numbers(std::string_view name, std::size_t count,
                              bool may_be_auto = false) const;
  unsigned long long integer(std::string_view name, unsigned long long usual,
                             unsigned long long most) const;
  // The index of the value among choices, that of the usual one without a value.
  std::size_t choice(std::string_view name, std::span<const std::string> choices,
                     std::size_t usual) const;

  // Options of the structs of finn.h, in the order in which they were given.
  const std::vector<std::pair<std::string, std::string>>& options() const { return options_; }

  [[noreturn]] void fail(const std::string& message) const;

 private:
  void take(std::span<char* const>& words);
  void take_flag(const Flag& flag, std::optional<std::string> value, std::span<char* const>& words);
  void take_option(std::string name, std::optional<std::string> value,
                   std::span<char* const>& words);
  std::string next_value(const std::string& name, std::span<char* const>& words) const;
  void check_inputs() const;

  const Command& command_;
  std::vector<std::string> inputs_;
  std::vector<std::pair<std::string, std::string>> flags_;
  std::vector<std::pair<std::string, std::string>> options_;
};

// What `finn command --help` prints.
std::string help_of(const Command& command);

}  // namespace program
