// Checkpoints: a trainer's whole state as tensors of a file, beside those of its model, which are
// for the caller to add and to read. docs/FILES.md describes the format. What can be saved can be
// loaded, whatever came before.
#pragma once

#include <vector>

#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"
#include "finn/model/model.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {

// The file with all that it has already and the trainer. Fails with ERROR_SIZE for a model that the
// trainer cannot train, with ERROR_NOT_FINITE when something that is to be saved could not be
// loaded.
template <class T>
std::vector<unsigned char> save_checkpoint(core::SafetensorsWriter& file, const Trainer<T>& trainer,
                                           const Model<T>& model);

// The trainer of a model, which is loaded already. Fails with ERROR_FORMAT when the tensors are not
// those of a trainer with these options, and with ERROR_ARGUMENT when its loss is not defined for
// the model.
template <class T>
Trainer<T> load_checkpoint(const core::SafetensorsReader& file, const TrainingOptions& options,
                           const Model<T>& model);

// Fails with ERROR_SIZE, naming what differs, unless the model of the file is the same as model but
// for its parameters.
template <class T>
void require_same_model(const core::SafetensorsReader& file, const Model<T>& saved,
                        const Model<T>& model);

extern template std::vector<unsigned char> save_checkpoint(core::SafetensorsWriter&,
                                                           const Trainer<float>&,
                                                           const Model<float>&);
extern template std::vector<unsigned char> save_checkpoint(core::SafetensorsWriter&,
                                                           const Trainer<double>&,
                                                           const Model<double>&);
extern template Trainer<float> load_checkpoint(const core::SafetensorsReader&,
                                               const TrainingOptions&, const Model<float>&);
extern template Trainer<double> load_checkpoint(const core::SafetensorsReader&,
                                                const TrainingOptions&, const Model<double>&);
extern template void require_same_model(const core::SafetensorsReader&, const Model<float>&,
                                        const Model<float>&);
extern template void require_same_model(const core::SafetensorsReader&, const Model<double>&,
                                        const Model<double>&);

}  // namespace finn::net
