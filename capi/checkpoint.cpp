// finn_trainer: checkpoints, in memory and in files.
#include "finn/training/checkpoint.hpp"

#include <optional>
#include <string>
#include <vector>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/files/domain_json.hpp"
#include "capi/files/model_file.hpp"
#include "capi/files/options_json.hpp"
#include "capi/files/part_json.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/trainer.hpp"
#include "capi/training_options.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "core/json_reader.hpp"
#include "core/json_writer.hpp"
#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/model.hpp"
#include "finn/training/training_options.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::Status;
using finn::core::SafetensorsReader;
using finn::core::SafetensorsWriter;

constexpr const char* kTrainingKey = "finn.training";

std::string options_text(const net::TrainingOptions& options) {
  finn::core::JsonWriter json;
  finn::capi::write_options(json, finn::capi::training_options_of(options));
  return json.take();
}

std::vector<unsigned char> save(const finn_trainer* trainer) {
  require_handle(trainer, "trainer");
  SafetensorsWriter file;
  const finn_model model{finn_model::kMagic, trainer->model};
  finn::capi::add_model(file, model);
  return finn::capi::with_model(*trainer, [&](const auto& typed, const auto& m) {
    file.add_metadata(kTrainingKey, options_text(typed.options()));
    return net::save_checkpoint(file, typed, m);
  });
}

net::TrainingOptions read_options(const SafetensorsReader& file) {
  const std::string* text = file.find_metadata(kTrainingKey);
  if (text == nullptr) {
    fail(Status::ERROR_FORMAT, "%s: no checkpoint: its metadata have no %s", file.file().c_str(),
         kTrainingKey);
  }
  finn::core::JsonReader json(file.file(), *text);
  const auto options = finn::capi::read_options<finn_training_options>(json);
  json.end();
  return finn::capi::as_format(file.file().c_str(),
                               [&] { return finn::capi::checked_training_options(&options); });
}

// The model of a checkpoint, whose domains are those of the model that it is loaded into.
finn_any_model read_model(const SafetensorsReader& file, const finn_any_model& model) {
  const net::DomainPointer& domain = std::visit(
      [](const auto& m) -> const net::DomainPointer& { return m.shared_domain(); }, model);
  const std::vector<finn_domain> known = finn::capi::domains_with_callbacks(domain);
  std::vector<const finn_domain*> pointers;
  for (const finn_domain& each : known) pointers.push_back(&each);
  try {
    return finn::capi::read_model(file, pointers);
  } catch (const finn::core::Error& error) {
    if (error.status() != Status::ERROR_ARGUMENT) throw;
    fail(Status::ERROR_SIZE, "another model: %s", error.what());
  }
}

// Everything that may fail comes before the model is changed.
finn_trainer* load(finn_model& model, const std::string& name,
                   std::span<const unsigned char> bytes) {
  const SafetensorsReader file(name, bytes);
  finn_any_model saved = read_model(file, *model.model);
  const net::TrainingOptions options = read_options(file);
  return std::visit(
      [&]<class T>(net::Model<T>& m) {
        auto* same = std::get_if<net::Model<T>>(&saved);
        if (same == nullptr) {
          fail(Status::ERROR_SIZE, "%s: another model: its precision is the other one",
               name.c_str());
        }
        net::require_same_model(file, *same, m);
        auto* trainer = new finn_trainer{finn_trainer::kMagic, model.model,
                                         net::load_checkpoint(file, options, *same)};
        m = std::move(*same);
        return trainer;
      },
      *model.model);
}

}  // namespace

extern "C" {

finn_status finn_trainer_save(const finn_trainer* trainer, const char* path, finn_error* error) {
  finn::capi::cancellation_point();
  return call(error, [&] {
    require(path, "path");
    finn::core::write_file(path, save(trainer));
  });
}

finn_status finn_trainer_save_bytes(const finn_trainer* trainer, void* buffer, int64_t capacity,
                                    int64_t* size, finn_error* error) {
  return call(error, [&] {
    require(size, "size");
    finn::capi::write_buffer(save(trainer), buffer, capacity, size);
  });
}

finn_status finn_trainer_load(finn_model* model, const char* path, finn_trainer** trainer,
                              finn_error* error) {
  finn::capi::cancellation_point();
  return call(error, [&] {
    require(trainer, "trainer");
    *trainer = nullptr;
    require_handle(model, "model");
    require(path, "path");
    *trainer = load(*model, path, finn::core::read_file(path));
  });
}

finn_status finn_trainer_load_bytes(finn_model* model, const void* bytes, int64_t size,
                                    finn_trainer** trainer, finn_error* error) {
  return call(error, [&] {
    require(trainer, "trainer");
    *trainer = nullptr;
    require_handle(model, "model");
    *trainer = load(*model, "checkpoint", finn::capi::checked_bytes(bytes, size));
  });
}

}  // extern "C"
