// Models as files in the safetensors format: a tensor for each block of parameters, and the
// description in the metadata. Checkpoints have tensors of the trainer beside them. docs/FILES.md.
#pragma once

#include <span>

#include "capi/finn.h"
#include "capi/handles.hpp"
#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"

namespace finn::capi {

// The version of the rules of a file, and that of the library; fails with ERROR_FORMAT for a file
// without the first, or of a newer one.
void add_format(core::SafetensorsWriter& file);
void require_format(const core::SafetensorsReader& file);

// Adds the description and the parameters, which have to stay until the file is written. Fails with
// ERROR_ARGUMENT for a model on a star or a map without a name.
void add_model(core::SafetensorsWriter& file, const finn_model& model);

// The model of a file, with its parameters. Fails with ERROR_FORMAT for what is none, and with
// ERROR_ARGUMENT when known lacks one of its domains.
finn_any_model read_model(const core::SafetensorsReader& file,
                          std::span<const finn_domain* const> known);

// The domains of an argument, checked.
std::span<const finn_domain* const> checked_domains(const finn_domain* const* domains,
                                                    int32_t count);

// Writes bytes into buffer [capacity] and their number into *size; with buffer NULL only that.
void write_buffer(std::span<const unsigned char> bytes, void* buffer, int64_t capacity,
                  int64_t* size);
// The bytes of an argument, checked.
std::span<const unsigned char> checked_bytes(const void* bytes, int64_t size);

}  // namespace finn::capi
