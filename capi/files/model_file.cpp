#include "capi/files/model_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/files/model_json.hpp"
#include "capi/files/part_json.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "core/option.hpp"
#include "core/safetensors.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/parameter_layout.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/network.hpp"
#include "finn/training/archive.hpp"

namespace finn::capi {
namespace {

using core::SafetensorsReader;
using core::SafetensorsWriter;

// The version of what stands in the metadata; a reader knows the versions up to its own.
constexpr const char* kFormatKey = "finn.format";
constexpr const char* kFormat = "1";
constexpr const char* kLibraryKey = "finn.library";
constexpr const char* kModelKey = "finn.model";

// In the order of Role.
constexpr const char* kRoles[net::kRoles] = {"hidden_weight", "hidden_bias", "read_out_weight",
                                             "read_out_bias", "slope",       "location",
                                             "share",         "coefficient"};

// A section of more blocks - many orthants, or outputs with components of their own - is one
// tensor.
constexpr std::size_t kMostBlocks = 256;

// Calls body(name, shape, first parameter) for each tensor of a model, in the order of parameters.
template <class T, class Body>
void for_each_tensor(const net::Model<T>& model, Body&& body) {
  const auto section = [&](const char* name, std::span<const net::Block> blocks, std::int64_t begin,
                           std::int64_t count) {
    if (blocks.size() > kMostBlocks) {
      return body(std::string(name) + ".parameters", core::TensorShape{count}, begin);
    }
    for (std::size_t k = 0; k < blocks.size(); ++k) {
      const net::Block& block = blocks[k];
      body(std::string(name) + "." + std::to_string(k) + "." +
               kRoles[static_cast<std::size_t>(block.role)],
           core::TensorShape{block.rows, block.columns}, begin + block.begin);
    }
  };
  const net::ParameterLayout& layout = model.layout();
  section("network", model.network().blocks(), 0, layout.network_count);
  if (const net::Mlp* conditions = model.conditioning().network(); conditions != nullptr) {
    section("conditioning", conditions->blocks(), layout.conditioning(), layout.conditioning_count);
  }
  if (layout.tau_count > 0) {
    body("constraint.tau", core::TensorShape{layout.tau_count}, layout.tau());
  }
  const auto standard = [&](const char* name, int count, std::int64_t at) {
    if (count > 0) body(name, core::TensorShape{count}, layout.standards() + at);
  };
  const auto& of = layout.of_standards;
  standard("standards.mean", of.variables, of.mean());
  standard("standards.log_spread", of.variables, of.log_spread());
  standard("standards.condition_mean", of.conditions, of.condition_mean());
  standard("standards.log_condition_spread", of.conditions, of.log_condition_spread());
  standard("standards.log_unit", of.outputs, of.log_unit());
}

std::size_t numbers_of(const core::TensorShape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) count *= extent;
  return static_cast<std::size_t>(count);
}

const std::string& metadata(const SafetensorsReader& file, const char* key) {
  const std::string* text = file.find_metadata(key);
  if (text != nullptr) return *text;
  fail(Status::ERROR_FORMAT, "%s: no file of libfinn: its metadata have no %s", file.file().c_str(),
       key);
}

// Every tensor that is not of a trainer belongs to the model.
void require_no_others(const SafetensorsReader& file, std::size_t tensors) {
  const auto is_of_model = [](const SafetensorsReader::Tensor& tensor) {
    return tensor.name.rfind(net::kTrainerPrefix, 0) != 0;
  };
  const auto given = static_cast<std::size_t>(
      std::count_if(file.tensors().begin(), file.tensors().end(), is_of_model));
  if (given == tensors) return;
  fail(Status::ERROR_FORMAT, "%s: %zu tensors of a model given, %zu expected", file.file().c_str(),
       given, tensors);
}

template <class T>
void read_parameters(const SafetensorsReader& file, net::Model<T>& model) {
  std::size_t tensors = 0;
  for_each_tensor(model, [&](const std::string& name, const core::TensorShape& shape,
                             std::int64_t first) {
    const std::span<T> values(model.mutable_parameters() + first, numbers_of(shape));
    file.read(name, shape, values);
    ++tensors;
    if (std::all_of(values.begin(), values.end(), [](T value) { return std::isfinite(value); })) {
      return;
    }
    fail(Status::ERROR_FORMAT, "%s: %s: a number that is not finite", file.file().c_str(),
         name.c_str());
  });
  require_no_others(file, tensors);
  net::CornerScratch scratch;
  model.update(scratch);
}

// Before memory is taken for parameters: their numbers have to be there.
void require_room(const SafetensorsReader& file, const net::ModelSettings& settings) {
  std::size_t bytes = 0;
  for (const SafetensorsReader::Tensor& tensor : file.tensors()) bytes += tensor.bytes.size();
  const net::Network network(settings.network);
  const net::Conditioning conditioning(network, settings.conditions);
  const std::int64_t least = network.parameter_count() + conditioning.parameter_count();
  if (bytes / sizeof(float) >= static_cast<std::size_t>(least)) return;
  fail(Status::ERROR_FORMAT, "%s: %zu bytes of tensors given, %lld parameters expected",
       file.file().c_str(), bytes, static_cast<long long>(least));
}

template <class T>
finn_any_model make_model(const SafetensorsReader& file, const net::ModelSettings& settings) {
  net::Model<T> model(settings);
  read_parameters(file, model);
  return model;
}

finn_model* load(const std::string& name, std::span<const unsigned char> bytes,
                 std::span<const finn_domain* const> known) {
  const SafetensorsReader file(name, bytes);
  return new finn_model{finn_model::kMagic,
                        std::make_shared<finn_any_model>(read_model(file, known))};
}

std::vector<unsigned char> save(const finn_model* model) {
  require_handle(model, "model");
  SafetensorsWriter file;
  add_model(file, *model);
  return file.bytes();
}

}  // namespace

void add_format(SafetensorsWriter& file) {
  file.add_metadata(kFormatKey, kFormat);
  file.add_metadata(kLibraryKey, finn_version_string());
}

void require_format(const SafetensorsReader& file) {
  const std::string& format = metadata(file, kFormatKey);
  if (format == kFormat) return;
  fail(Status::ERROR_FORMAT, "%s: %s: %s given, \"%s\" expected; a newer library wrote the file",
       file.file().c_str(), kFormatKey, core::in_quotes(format).c_str(), kFormat);
}

void add_model(SafetensorsWriter& file, const finn_model& model) {
  constexpr bool may_lack_name = false;
  add_format(file);
  file.add_metadata(kModelKey, description_of(model, may_lack_name));
  std::visit(
      [&]<class T>(const net::Model<T>& m) {
        for_each_tensor(
            m, [&](const std::string& name, const core::TensorShape& shape, std::int64_t first) {
              file.add(name, shape, std::span<const T>(m.parameters() + first, numbers_of(shape)));
            });
      },
      *model.model);
}

finn_any_model read_model(const SafetensorsReader& file,
                          std::span<const finn_domain* const> known) {
  require_format(file);
  const Description description =
      read_description(file.file().c_str(), metadata(file, kModelKey), known);
  return as_format(file.file().c_str(), [&] {
    require_room(file, description.settings);
    return description.precision == FINN_FLOAT32 ? make_model<float>(file, description.settings)
                                                 : make_model<double>(file, description.settings);
  });
}

std::span<const finn_domain* const> checked_domains(const finn_domain* const* domains,
                                                    int32_t count) {
  require_range(count, 0, std::numeric_limits<int32_t>::max(), "count");
  if (count == 0) return {};
  require(domains, "domains");
  const std::span<const finn_domain* const> all(domains, static_cast<std::size_t>(count));
  for (const finn_domain* domain : all) require_handle(domain, "domains");
  return all;
}

void write_buffer(std::span<const unsigned char> bytes, void* buffer, int64_t capacity,
                  int64_t* size) {
  *size = static_cast<int64_t>(bytes.size());
  if (buffer == nullptr) return;
  if (capacity < *size) {
    fail(Status::ERROR_SIZE, "capacity: %lld bytes given, %lld expected",
         static_cast<long long>(capacity), static_cast<long long>(*size));
  }
  std::memcpy(buffer, bytes.data(), bytes.size());
}

std::span<const unsigned char> checked_bytes(const void* bytes, int64_t size) {
  require(bytes, "bytes");
  if (size < 0) {
    fail(Status::ERROR_SIZE, "size: %lld given, 0 or more expected", static_cast<long long>(size));
  }
  return {static_cast<const unsigned char*>(bytes), static_cast<std::size_t>(size)};
}

}  // namespace finn::capi

extern "C" {

finn_status finn_model_describe(const finn_model* model, char* json, int64_t capacity,
                                int64_t* size, finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require_handle(model, "model");
    constexpr bool may_lack_name = true;
    const std::string text = finn::capi::description_of(*model, may_lack_name);
    int64_t needed = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.c_str());
    finn::capi::write_buffer({bytes, text.size() + 1}, json, capacity, &needed);
    if (size != nullptr) *size = needed;
  });
}

finn_status finn_model_save(const finn_model* model, const char* path, finn_error* error) {
  finn::capi::cancellation_point();
  return finn::capi::call(error, [&] {
    finn::capi::require(path, "path");
    finn::core::write_file(path, finn::capi::save(model));
  });
}

finn_status finn_model_load(const char* path, const finn_domain* const* domains, int32_t count,
                            finn_model** model, finn_error* error) {
  finn::capi::cancellation_point();
  return finn::capi::call(error, [&] {
    finn::capi::require(model, "model");
    *model = nullptr;
    finn::capi::require(path, "path");
    const auto known = finn::capi::checked_domains(domains, count);
    *model = finn::capi::load(path, finn::core::read_file(path), known);
  });
}

finn_status finn_model_save_bytes(const finn_model* model, void* buffer, int64_t capacity,
                                  int64_t* size, finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require(size, "size");
    finn::capi::write_buffer(finn::capi::save(model), buffer, capacity, size);
  });
}

finn_status finn_model_load_bytes(const void* bytes, int64_t size,
                                  const finn_domain* const* domains, int32_t count,
                                  finn_model** model, finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require(model, "model");
    *model = nullptr;
    const auto given = finn::capi::checked_bytes(bytes, size);
    const auto known = finn::capi::checked_domains(domains, count);
    *model = finn::capi::load("model file", given, known);
  });
}

}  // extern "C"
