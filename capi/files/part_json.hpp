// What the parts of a model's description share: names of enumerations, numbers that a constructor
// checks further, and parts made by the functions of finn.h.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/json_writer.hpp"

namespace finn::capi {

using core::JsonReader;
using core::JsonWriter;

struct DestroyPart {
  void operator()(finn_network* network) const { finn_network_destroy(network); }
  void operator()(finn_constraint* constraint) const { finn_constraint_destroy(constraint); }
  void operator()(finn_conditioning* made) const { finn_conditioning_destroy(made); }
};
template <class Part>
using Owned = std::unique_ptr<Part, DestroyPart>;

// Runs body(); that it refuses what a document says is a fault of the document.
template <class Body>
auto as_format(const char* document, Body&& body) {
  try {
    return body();
  } catch (const core::Error& error) {
    const core::Status status = error.status();
    if (status == core::Status::ERROR_MEMORY || status == core::Status::ERROR_FORMAT) throw;
    core::fail(core::Status::ERROR_FORMAT, "%s: %s", document, error.what());
  }
}

// What a function of finn.h writes, function(Part**, finn_error*). What it refuses is a fault of
// the document.
template <class Part, class Function>
Owned<Part> made_by(const char* document, Function&& function) {
  Part* part = nullptr;
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = function(&part, &error);
  if (status == FINN_OK) return Owned<Part>(part);
  core::fail(status == FINN_ERROR_MEMORY ? core::Status::ERROR_MEMORY : core::Status::ERROR_FORMAT,
             "%s: %s", document, error.message);
}

// A value of an enumeration and its name.
struct Name {
  const char* text;
  int value;
};

inline const char* name_of(std::span<const Name> names, int value) {
  for (const Name& name : names) {
    if (name.value == value) return name.text;
  }
  return "";
}

template <class Enumeration>
Enumeration read_name(JsonReader& json, std::span<const Name> names, const char* expected) {
  const std::string text = json.string();
  for (const Name& name : names) {
    if (text == name.text) return static_cast<Enumeration>(name.value);
  }
  json.fail_given(text, expected);
}

inline std::int32_t read_count(JsonReader& json) {
  const std::int64_t count = json.integer();
  if (count >= 0 && count <= std::numeric_limits<std::int32_t>::max()) {
    return static_cast<std::int32_t>(count);
  }
  json.fail_given("another", "a number of 32 bits, 0 or more");
}

inline void require_length(const JsonReader& json, std::size_t given, std::size_t expected,
                           const char* name) {
  if (given == expected) return;
  json.fail_given(name, ("a list of " + std::to_string(expected) + " numbers").c_str());
}

}  // namespace finn::capi
