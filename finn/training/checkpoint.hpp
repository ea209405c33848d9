// Checkpoints: a trainer's whole state and the parameters of its model as bytes, version 1.
// docs/TRAINING.md describes the format.
#pragma once

#include <vector>

#include "finn/training/trainer.hpp"

namespace finn::net {

// What is loaded: the trainer that was saved, and the model with the parameters that were.
template <class T>
struct Checkpoint {
  Trainer<T> trainer;
  Model<T> model;
};

// Fails with ERROR_SIZE for a model that the trainer cannot train.
template <class T>
std::vector<unsigned char> save_checkpoint(const Trainer<T>& trainer, const Model<T>& model);

// The model gives everything but its parameters. Fails with ERROR_FORMAT when the bytes are not a
// checkpoint, with ERROR_SIZE when it is one of another network or constraint.
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
