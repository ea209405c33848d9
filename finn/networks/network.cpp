#include "finn/networks/network.hpp"

namespace finn::net {
namespace {

NetworkForm form_of(const NetworkShape& shape) {
  if (shape.kind == NetworkKind::mixture) return Mixture(shape);
  return Mlp(shape);
}

}  // namespace

Network::Network(const NetworkShape& shape) : form_(form_of(shape)) {}

}  // namespace finn::net
