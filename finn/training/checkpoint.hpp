// Checkpoints: a trainer's whole state and the parameters of its model as bytes, version 2.
// docs/TRAINING.md describes the format. What can be saved can be loaded, whatever came before.
#pragma once

#include <vector>

#include "finn/model/model.hpp"
#include "finn/training/trainer.hpp"

namespace finn::net {

// What is loaded: the trainer that was saved, and the model with the parameters that were.
template <class T>
struct Checkpoint {
  Trainer<T> trainer;
  Model<T> model;
};

// Fails with ERROR_SIZE for a model that the trainer cannot train, with ERROR_NOT_FINITE when
// something that is to be saved could not be loaded.
template <class T>
std::vector<unsigned char> save_checkpoint(const Trainer<T>& trainer, const Model<T>& model);

// The model gives everything but its parameters. Fails with ERROR_FORMAT when the bytes are not a
// checkpoint, with ERROR_SIZE when it is one of another model, naming what differs, and with
// ERROR_ARGUMENT when its loss is not defined for the model.
template <class T>
Checkpoint<T> load_checkpoint(const Model<T>& model, const unsigned char* bytes, std::size_t count);

extern template std::vector<unsigned char> save_checkpoint(const Trainer<float>&,
                                                           const Model<float>&);
extern template std::vector<unsigned char> save_checkpoint(const Trainer<double>&,
                                                           const Model<double>&);
extern template Checkpoint<float> load_checkpoint(const Model<float>&, const unsigned char*,
                                                  std::size_t);
extern template Checkpoint<double> load_checkpoint(const Model<double>&, const unsigned char*,
                                                   std::size_t);

}  // namespace finn::net
