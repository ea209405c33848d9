// finn_trainer: checkpoints, in memory and in files.
#include "finn/training/checkpoint.hpp"

#include <cstring>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/trainer.hpp"
#include "core/file.hpp"
#include "finn/model/model.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::Status;

std::vector<unsigned char> save(const finn_trainer* trainer) {
  require_handle(trainer, "trainer");
  return finn::capi::with_model(*trainer, [](const auto& typed, const auto& model) {
    return net::save_checkpoint(typed, model);
  });
}

// Everything that may fail comes before the model is changed.
finn_trainer* load(finn_model& model, const unsigned char* bytes, std::size_t count) {
  return std::visit(
      [&]<class T>(net::Model<T>& m) {
        net::Checkpoint<T> loaded = net::load_checkpoint(m, bytes, count);
        auto* trainer =
            new finn_trainer{finn_trainer::kMagic, model.model, std::move(loaded.trainer)};
        m = std::move(loaded.model);
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
    const std::vector<unsigned char> bytes = save(trainer);
    *size = static_cast<int64_t>(bytes.size());
    if (buffer == nullptr) return;
    if (capacity < *size) {
      fail(Status::ERROR_SIZE, "capacity: %lld bytes given, %lld expected",
           static_cast<long long>(capacity), static_cast<long long>(*size));
    }
    std::memcpy(buffer, bytes.data(), bytes.size());
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
    const std::vector<unsigned char> bytes = finn::core::read_file(path);
    *trainer = load(*model, bytes.data(), bytes.size());
  });
}

finn_status finn_trainer_load_bytes(finn_model* model, const void* bytes, int64_t size,
                                    finn_trainer** trainer, finn_error* error) {
  return call(error, [&] {
    require(trainer, "trainer");
    *trainer = nullptr;
    require_handle(model, "model");
    require(bytes, "bytes");
    if (size < 0) {
      fail(Status::ERROR_SIZE, "size: %lld given, 0 or more expected",
           static_cast<long long>(size));
    }
    *trainer =
        load(*model, static_cast<const unsigned char*>(bytes), static_cast<std::size_t>(size));
  });
}

}  // extern "C"
