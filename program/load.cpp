#include "program/load.hpp"

#include <stdexcept>
#include <utility>

namespace program {
namespace {

// The chain of a file that is no model, as not_a_model says.
finn::Chain load_chain(const std::string& path, const finn::Error& not_a_model) {
  try {
    return finn::Chain::load(path);
  } catch (const finn::Error& not_a_chain) {
    const std::string first = not_a_model.what(), second = not_a_chain.what();
    throw std::runtime_error(first == second ? first : first + "; " + second);
  }
}

}  // namespace

Loaded load(const std::string& path) {
  try {
    return finn::Model::load(path);
  } catch (const finn::Error& error) {
    if (error.status() != FINN_ERROR_FORMAT) throw;
    return load_chain(path, error);
  }
}

finn::Model load_model(const std::string& path) {
  Loaded loaded = load(path);
  if (auto* model = std::get_if<finn::Model>(&loaded)) return std::move(*model);
  throw std::runtime_error(path +
                           ": a chain given, a model expected; finn evaluate, sample, "
                           "probability and quantile take a chain");
}

}  // namespace program
