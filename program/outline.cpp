#include "program/outline.hpp"

#include <algorithm>
#include <cstddef>

namespace program {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kColumn = 24;  // of the values

class Outline {
 public:
  explicit Outline(std::string_view json) : json_(json) {}

  std::string text() {
    object(0);
    return text_;
  }

 private:
  char next() const { return place_ < json_.size() ? json_[place_] : '\0'; }
  void skip(std::string_view characters) {
    while (place_ < json_.size() && characters.find(json_[place_]) != std::string_view::npos) {
      ++place_;
    }
  }

  // A string without its quotes; escapes stay.
  std::string_view string() {
    const std::size_t first = ++place_;
    while (next() != '"' && next() != '\0') place_ += next() == '\\' ? 2 : 1;
    const std::size_t end = std::min(place_++, json_.size());
    return json_.substr(first, end - first);
  }

  // Numbers, words, and lists of them.
  std::string_view plain() {
    const std::size_t first = place_;
    std::size_t depth = 0;
    for (; next() != '\0'; ++place_) {
      if (depth == 0 && (next() == ',' || next() == '}' || next() == ']')) break;
      depth += next() == '[' ? 1 : next() == ']' ? std::size_t(-1) : 0;
    }
    return json_.substr(first, place_ - first);
  }

  void object(std::size_t depth) {
    ++place_;
    for (skip(", "); next() == '"'; skip(", ")) member(depth);
    ++place_;
  }

  void member(std::size_t depth) {
    std::string line(depth * kIndent, ' ');
    line += string();
    skip(": ");
    if (next() == '{') {
      text_ += line + "\n";
      object(depth + 1);
    } else if (json_.substr(place_, 2) == "[{") {
      text_ += line + "\n";
      objects(depth + 1);
    } else {
      line.resize(std::max(line.size() + 1, kColumn), ' ');
      text_ += line.append(next() == '"' ? string() : plain()) + "\n";
    }
  }

  void objects(std::size_t depth) {
    ++place_;
    for (; next() == '{'; skip(", ")) object(depth);
    ++place_;
  }

  std::string_view json_;
  std::size_t place_ = 0;
  std::string text_;
};

}  // namespace

std::string outline_of(std::string_view json) { return Outline(json).text(); }

}  // namespace program
