#include "program/arguments.hpp"

#include <algorithm>
#include <limits>

#include "program/option_sets.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const Flag* find_flag(std::span<const Flag> flags, std::string_view word) {
  const bool is_long = word.starts_with("--");
  const auto found = std::find_if(flags.begin(), flags.end(), [&](const Flag& flag) {
    return is_long ? flag.name == word.substr(2) : word.size() == 2 && flag.letter == word[1];
  });
  return found == flags.end() ? nullptr : &*found;
}

// "learning-rate" for "learning_rate": both are understood.
std::string underscored(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string flag_text(const Flag& flag) {
  const std::string letter = flag.letter != '\0' ? std::string("-") + flag.letter + ", " : "";
  return "  " + letter + "--" + flag.name + (*flag.value != '\0' ? " " : "") + flag.value;
}

}  // namespace

Arguments::Arguments(const Command& command, std::span<char* const> words) : command_(command) {
  while (!words.empty()) take(words);
  check_inputs();
}

void Arguments::fail(const std::string& message) const {
  throw UsageError(std::string(command_.name) + ": " + message);
}

void Arguments::take(std::span<char* const>& words) {
  const std::string word = words.front();
  words = words.subspan(1);
  if (word.size() < 2 || word[0] != '-' || word == "--") {
    inputs_.push_back(word);
    return;
  }
  const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
  const std::string name = word.substr(0, equals);
  std::optional<std::string> value;
  if (equals != std::string::npos) value = word.substr(equals + 1);
  if (const Flag* flag = find_flag(command_.flags, name)) {
    take_flag(*flag, value, words);
  } else if (word.starts_with("--")) {
    take_option(name.substr(2), value, words);
  } else {
    fail(name + " given, which is no option; finn " + command_.name + " --help lists them");
  }
}

void Arguments::take_flag(const Flag& flag, std::optional<std::string> value,
                          std::span<char* const>& words) {
  const std::string name = std::string("--") + flag.name;
  if (*flag.value == '\0' && value) fail(name + "=" + *value + " given, no value expected");
  if (*flag.value != '\0' && !value) value = next_value(name, words);
  if (std::string_view(flag.name) != "set") {
    flags_.emplace_back(flag.name, value.value_or(""));
    return;
  }
  const std::size_t equals = value->find('=');
  if (equals == std::string::npos) fail("--set " + *value + " given, --set name=value expected");
  take_option(value->substr(0, equals), value->substr(equals + 1), words);
}

void Arguments::take_option(std::string name, std::optional<std::string> value,
                            std::span<char* const>& words) {
  const std::string option = underscored(name);
  if (!command_.takes_options || !is_option(option)) {
    std::vector<std::string> known;
    for (const Flag& flag : command_.flags) known.emplace_back(flag.name);
    if (command_.takes_options) {
      for (const std::string& other : option_names()) known.push_back(other);
    }
    fail("--" + name + " given, which is no option; the nearest is --" + nearest(name, known) +
         "; finn " + command_.name + " --help lists them" +
         (command_.takes_options ? ", and finn options those by name" : ""));
  }
  if (!value && is_switch(option)) {
    const std::string_view next = words.empty() ? "" : words.front();
    value = next == "false" ? "false" : "true";
    if (next == "true" || next == "false") words = words.subspan(1);
  }
  options_.emplace_back(option, value ? *value : next_value("--" + name, words));
}

std::string Arguments::next_value(const std::string& name, std::span<char* const>& words) const {
  if (words.empty() || std::string_view(words.front()).starts_with("--")) {
    fail(name + " given without a value");
  }
  const std::string value = words.front();
  words = words.subspan(1);
  return value;
}

void Arguments::check_inputs() const {
  if (inputs_.size() >= command_.least_inputs && inputs_.size() <= command_.most_inputs) return;
  fail((inputs_.empty() ? "no file" : joined(inputs_)) + " given, finn " + command_.name + " " +
       command_.inputs + " expected");
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [flag, value] : flags_) {
    if (flag == name) values.push_back(value);
  }
  return values;
}

std::optional<std::string> Arguments::value(std::string_view name) const {
  const std::vector<std::string> values = all(name);
  return values.empty() ? std::nullopt : std::optional<std::string>(values.back());
}

std::string Arguments::required(std::string_view name) const {
  const std::optional<std::string> given = value(name);
  if (!given || given->empty()) fail("--" + std::string(name) + " is missing");
  return *given;
}

std::vector<std::string> Arguments::list(std::string_view name) const {
  const std::optional<std::string> given = value(name);
  return given ? split(*given) : std::vector<std::string>();
}

std::vector<double> Arguments::numbers(std::string_view name, std::size_t count,
                                       bool may_be_auto) const {
  const std::vector<std::string> parts = list(name);
  std::vector<double> values;
  for (const std::string& part : parts) {
    const bool is_auto = may_be_auto && part == "auto";
    const std::optional<double> number = number_in(part);
    if (!is_auto && !number) {
      fail("--" + std::string(name) + ": \"" + part + "\" given, a number" +
           (may_be_auto ? " or auto" : "") + " expected");
    }
    values.push_back(is_auto ? std::numeric_limits<double>::quiet_NaN() : *number);
  }
  if (values.size() != count) {
    fail("--" + std::string(name) + ": " + std::to_string(values.size()) + " numbers given, " +
         std::to_string(count) + " expected");
  }
  return values;
}

unsigned long long Arguments::integer(std::string_view name, unsigned long long usual,
                                      unsigned long long most) const {
  const std::optional<std::string> given = value(name);
  if (!given) return usual;
  const std::optional<unsigned long long> number = integer_in(*given);
  if (!number || *number > most) {
    fail("--" + std::string(name) + ": \"" + *given + "\" given, an integer, 0 .. " +
         std::to_string(most) + " expected");
  }
  return *number;
}

std::size_t Arguments::choice(std::string_view name, std::span<const std::string> choices,
                              std::size_t usual) const {
  const std::optional<std::string> given = value(name);
  if (!given) return usual;
  const auto found = std::find(choices.begin(), choices.end(), *given);
  if (found == choices.end()) {
    fail("--" + std::string(name) + ": \"" + *given + "\" given, one of " + joined(choices) +
         " expected");
  }
  return static_cast<std::size_t>(found - choices.begin());
}

std::string help_of(const Command& command) {
  std::string text = std::string("usage: finn ") + command.name + " " + command.inputs +
                     " [options]\n\n" + command.sentence + "\n\noptions:\n";
  for (const Flag& flag : command.flags) {
    text += flag_text(flag) + "\n      " + flag.sentence + "\n";
  }
  text += "  -h, --help\n      this text\n";
  if (command.takes_options) {
    text += "  --NAME VALUE\n      any option that finn options lists: --steps 2000\n";
  }
  return text;
}

}  // namespace program
