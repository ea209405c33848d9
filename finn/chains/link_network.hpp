// The network of a link in training: a mixture of normals of one variable, the residual, under a
// network of what stands before it.
#pragma once

#include <cstdint>

#include "finn/chains/chain_options.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/trainer.hpp"

namespace finn::net {

template <class T>
class LinkNetwork {
 public:
  // Rows (r, z) to fit and held out, [count][1 + conditions], with weights.
  LinkNetwork(const ChainOptions& options, int conditions, const RowBlock& rows,
              const RowBlock& held_out, std::uint64_t seed);

  const Model<T>& model() const noexcept { return model_; }
  // Returns false where progress stopped it; a further call goes on.
  bool train(Workspace& workspace, const RowBlock& rows, const Callbacks& callbacks);

 private:
  Model<T> model_;
  Trainer<T> trainer_;
};

extern template class LinkNetwork<float>;
extern template class LinkNetwork<double>;

}  // namespace finn::net
