// The first weights of one layer, for any network that has layers. docs/INITIALISATION.md.
#pragma once

#include "core/random.hpp"
#include "finn/networks/points.hpp"
#include "ops/activation.hpp"
#include "ops/affine.hpp"

namespace finn::net {

// Sends points of layer.in features through a layer and, unless it is null, its activation.
Points through_layer(const Points& points, const ops::Layer<double>& layer,
                     const ops::Activation<double>* phi);

// Draws mapped weights [out][in], >= 0 if positive, and biases [out], which are the arrays of the
// layer: over the points each pre-activation has standard deviation 1 and a mean in [-1, 1]. Rows
// of data may lie far from all points: of points with corners the first unit goes no further than 1
// from its mean at the corners, so that an increasing activation still rises there.
void draw_layer(bool positive, const ops::Layer<double>& layer, const Points& points,
                core::Random& random, double* weights, double* bias);

}  // namespace finn::net
