// Save and Load have the same functions, so that one function hands every field of a trainer to
// either of them: what a field is called, and what it has to satisfy, is written once. A field is a
// tensor of a file (core/safetensors.hpp): a number is one without extents, a list one with a
// single extent.
//
// require() holds for what is saved as for what is loaded; `what` names a field in messages.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "core/safetensors.hpp"
#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"

namespace finn::net {

// The names of all fields of a trainer begin with this.
inline constexpr const char* kTrainerPrefix = "trainer.";

inline std::string trainer_field(const std::string& name) { return kTrainerPrefix + name; }

// The type in which a file holds a number of type U.
template <class U>
using Stored = std::conditional_t<
    std::is_floating_point_v<U>, U,
    std::conditional_t<std::is_same_v<U, std::uint64_t>, std::uint64_t, std::int64_t>>;

// What is handed over has to stay until the file is written, but for single numbers.
class Save {
 public:
  static constexpr bool kLoads = false;

  explicit Save(core::SafetensorsWriter& to) : to_(to) {}

  template <class U>
  void number(const U& value, const std::string& name) {
    auto& kept = kept_of<Stored<U>>();
    kept.push_back(static_cast<Stored<U>>(value));
    to_.add(trainer_field(name), {}, std::span<const Stored<U>>(&kept.back(), 1));
  }
  template <class U>
  void numbers(const U* values, std::int64_t count, const std::string& name) {
    to_.add(trainer_field(name), {count},
            std::span<const U>(values, static_cast<std::size_t>(count)));
  }
  template <class U>
  void list(const std::vector<U>& values, const std::string& name) {
    numbers(values.data(), static_cast<std::int64_t>(values.size()), name);
  }
  // What could not be loaded is not saved.
  static void require(bool holds, const std::string& what) {
    if (holds) return;
    core::fail(core::Status::ERROR_NOT_FINITE,
               "checkpoint: nothing is saved, as %s: a number is not finite or not valid",
               what.c_str());
  }

 private:
  template <class U>
  std::deque<U>& kept_of() {
    if constexpr (std::is_same_v<U, std::int64_t>) {
      return integers_;
    } else if constexpr (std::is_same_v<U, std::uint64_t>) {
      return words_;
    } else {
      return numbers_;
    }
  }

  core::SafetensorsWriter& to_;
  std::deque<std::int64_t> integers_;
  std::deque<std::uint64_t> words_;
  std::deque<double> numbers_;
};

class Load {
 public:
  static constexpr bool kLoads = true;

  explicit Load(const core::SafetensorsReader& from) : from_(from) {}

  template <class U>
  void number(U& value, const std::string& name) {
    Stored<U> stored{};
    read(name, {}, std::span<Stored<U>>(&stored, 1));
    value = static_cast<U>(stored);
  }
  template <class U>
  void numbers(U* values, std::int64_t count, const std::string& name) {
    read(name, {count}, std::span<U>(values, static_cast<std::size_t>(count)));
  }
  template <class U>
  void list(std::vector<U>& values, const std::string& name) {
    const auto* tensor = from_.find(trainer_field(name));
    require(tensor != nullptr && tensor->shape.size() == 1, name);
    values.resize(tensor->bytes.size() / sizeof(U));
    numbers(values.data(), static_cast<std::int64_t>(values.size()), name);
  }
  void require(bool holds, const std::string& what) const {
    if (holds) return;
    core::fail(core::Status::ERROR_FORMAT, "%s: %s%s is not valid", from_.file().c_str(),
               kTrainerPrefix, what.c_str());
  }
  // How many fields were read.
  std::size_t fields() const noexcept { return fields_; }

 private:
  template <class U>
  void read(const std::string& name, const core::TensorShape& shape, std::span<U> values) {
    from_.read(trainer_field(name), shape, values);
    ++fields_;
  }

  const core::SafetensorsReader& from_;
  std::size_t fields_ = 0;
};

}  // namespace finn::net
