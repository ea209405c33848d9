# The library: kernels per instruction set, the rooms core, ops and finn, and the C ABI.

include(cmake/FinnKernels.cmake)

add_library(
  finn_objects OBJECT
  ${finn_kernels}
  ops/kernels/dispatch.cpp
  core/arena.cpp
  core/bytes.cpp
  core/error.cpp
  core/file.cpp
  core/json_reader.cpp
  core/json_string.cpp
  core/json_writer.cpp
  core/option.cpp
  $<$<STREQUAL:${FINN_THREADS},openmp>:core/openmp_team.cpp>
  core/random.cpp
  core/safetensors.cpp
  core/safetensors_reader.cpp
  core/safetensors_writer.cpp
  core/shape.cpp
  core/sized_struct.cpp
  core/thread_count.cpp
  $<$<STREQUAL:${FINN_THREADS},std>:core/thread_pool.cpp>
  core/utf8.cpp
  ops/positivity.cpp
  ops/softmax.cpp
  finn/domains/affine.cpp
  finn/domains/axis.cpp
  finn/domains/axis_maps.cpp
  finn/domains/box.cpp
  finn/domains/box_domain.cpp
  finn/domains/domain.cpp
  finn/domains/make_domain.cpp
  finn/domains/matrix.cpp
  finn/domains/polar.cpp
  finn/domains/polygon.cpp
  finn/domains/product.cpp
  finn/domains/sector.cpp
  finn/domains/shell.cpp
  finn/domains/simplex.cpp
  finn/domains/star.cpp
  finn/domains/user_map.cpp
  finn/optimisers/lbfgs.cpp
  finn/optimisers/schedule.cpp
  finn/networks/initialise_axis_units.cpp
  finn/networks/initialise_layer.cpp
  finn/networks/initialise_mixture.cpp
  finn/networks/initialise_mlp.cpp
  finn/networks/integral.cpp
  finn/networks/mixture.cpp
  finn/networks/mixture_integral.cpp
  finn/networks/mlp.cpp
  finn/networks/network.cpp
  finn/networks/network_shape.cpp
  finn/networks/points.cpp
  finn/networks/weight_map.cpp
  finn/constraints/affine_normaliser.cpp
  finn/constraints/box_polynomial.cpp
  finn/constraints/constraint.cpp
  finn/constraints/legendre.cpp
  finn/constraints/moments.cpp
  finn/constraints/normaliser.cpp
  finn/constraints/projection.cpp
  finn/constraints/valid_constraint.cpp
  finn/conditioning/conditioning.cpp
  finn/model/density_unit.cpp
  finn/model/in_double.cpp
  finn/model/initialise.cpp
  finn/model/model.cpp
  finn/model/model_settings.cpp
  finn/model/standards.cpp
  finn/data/check_row.cpp
  finn/data/column_choice.cpp
  finn/data/csv_file.cpp
  finn/data/csv_line.cpp
  finn/data/csv_number.cpp
  finn/data/data_file.cpp
  finn/data/interval_row.cpp
  finn/data/line_reader.cpp
  finn/data/rows.cpp
  finn/data/table.cpp
  finn/evaluation/conditional_integral.cpp
  finn/evaluation/integral_vjp.cpp
  finn/evaluation/integrate.cpp
  finn/queries/axis_root.cpp
  finn/queries/box_probability.cpp
  finn/queries/cdf_table.cpp
  finn/queries/column_slopes.cpp
  finn/queries/component_moments.cpp
  finn/queries/corner_mass.cpp
  finn/queries/density.cpp
  finn/queries/density_gradient.cpp
  finn/queries/distribution.cpp
  finn/queries/expectation.cpp
  finn/queries/marginal_moments.cpp
  finn/queries/mass_evaluator.cpp
  finn/queries/mixture_mass.cpp
  finn/queries/mode.cpp
  finn/queries/moments.cpp
  finn/queries/normal_quantile.cpp
  finn/queries/probability_gradient.cpp
  finn/queries/rosenblatt.cpp
  finn/queries/rosenblatt_jacobian.cpp
  finn/queries/row_queries.cpp
  finn/queries/sampler.cpp
  finn/queries/truncated_normal.cpp
  finn/chains/chain.cpp
  finn/chains/chain_fit.cpp
  finn/chains/chain_link.cpp
  finn/chains/chain_masses.cpp
  finn/chains/chain_queries.cpp
  finn/chains/chain_rows.cpp
  finn/chains/choose_linear.cpp
  finn/chains/end_law.cpp
  finn/chains/fit_linear_chains.cpp
  finn/chains/lattice.cpp
  finn/chains/linear_chains.cpp
  finn/chains/linear_link.cpp
  finn/chains/linear_shift.cpp
  finn/chains/link_judge.cpp
  finn/chains/link_network.cpp
  finn/chains/network_link.cpp
  finn/chains/stacked_link.cpp
  finn/training/batch_loss.cpp
  finn/training/begin_with_rows.cpp
  finn/training/checkpoint.cpp
  finn/training/coordinate_values.cpp
  finn/training/first_fit.cpp
  finn/training/first_rows.cpp
  finn/training/interval_fit.cpp
  finn/training/interval_loss.cpp
  finn/training/known_rows.cpp
  finn/training/interval_nodes.cpp
  finn/training/loss.cpp
  finn/training/loss_trend.cpp
  finn/training/model_facts.cpp
  finn/training/random_place.cpp
  finn/training/reference_width.cpp
  finn/training/row_noise.cpp
  finn/training/summary.cpp
  finn/training/trainer.cpp
  finn/training/training_options.cpp
  finn/training/validation.cpp
  finn/training/width_prior.cpp
  capi/chain.cpp
  capi/chain_options.cpp
  capi/checkpoint.cpp
  capi/conditioning.cpp
  capi/constraint.cpp
  capi/derivative.cpp
  capi/distribution.cpp
  capi/distribution_gradients.cpp
  capi/distribution_samples.cpp
  capi/distribution_summary.cpp
  capi/distribution_values.cpp
  capi/domain.cpp
  capi/files/chain_file.cpp
  capi/files/chain_json.cpp
  capi/files/conditioning_json.cpp
  capi/files/constraint_json.cpp
  capi/files/domain_json.cpp
  capi/files/model_file.cpp
  capi/files/model_json.cpp
  capi/files/network_json.cpp
  capi/files/options_json.cpp
  capi/integral.cpp
  capi/integral_vjp.cpp
  capi/model.cpp
  capi/network.cpp
  capi/option_table.cpp
  capi/options.cpp
  capi/options_by_name.cpp
  capi/parts.cpp
  capi/query.cpp
  capi/regions.cpp
  capi/sigma.cpp
  capi/summary_text.cpp
  capi/table.cpp
  capi/trainer.cpp
  capi/trainer_summary.cpp
  capi/training_options.cpp
  capi/user_domain.cpp
  capi/version.cpp
  capi/workspace.cpp)
target_link_libraries(finn_objects PUBLIC finn_flags PRIVATE finn_warnings)
# On Windows finn.h exports its functions here and imports them elsewhere.
target_compile_definitions(finn_objects PRIVATE FINN_BUILDING)
# The standard headers take half of the time that most files compile. Builds of users, and that of
# tests/xsimd, do without: there a file lives on its own includes.
if(FINN_DEVELOPER)
  target_precompile_headers(
    finn_objects PRIVATE <algorithm> <array> <cmath> <cstdint> <functional> <memory> <optional>
                         <span> <string> <string_view> <utility> <vector>)
endif()
if(XSIMD_INCLUDE_DIR)
  # As a system header: its warnings are not ours.
  target_include_directories(finn_objects SYSTEM PRIVATE ${XSIMD_INCLUDE_DIR})
endif()

# The shared library: exports the functions of finn.h and nothing else. The number in its name is
# that of the ABI and moves on its own.
set(finn_abi_version 0)
add_library(finn SHARED)
target_link_libraries(finn PRIVATE finn_objects)
target_link_options(finn PRIVATE -Wl,--version-script=${PROJECT_SOURCE_DIR}/capi/finn.map)
set_target_properties(
  finn PROPERTIES VERSION ${finn_abi_version}.${PROJECT_VERSION_MINOR}.${PROJECT_VERSION_PATCH}
                  SOVERSION ${finn_abi_version} LINK_DEPENDS ${PROJECT_SOURCE_DIR}/capi/finn.map)

# The static library, for those who deploy one file.
add_library(finn_static STATIC)
target_link_libraries(finn_static PRIVATE finn_objects)
set_target_properties(finn_static PROPERTIES OUTPUT_NAME finn)
target_compile_definitions(finn_static INTERFACE FINN_STATIC)

foreach(library finn finn_static)
  target_include_directories(${library} INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/capi>
                                                  $<INSTALL_INTERFACE:include>)
  add_library(libfinn::${library} ALIAS ${library})
endforeach()
