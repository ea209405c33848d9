# The library: kernels per instruction set, the rooms core, ops and finn, and the C ABI.

# Kernels are optimised whatever the build type: at -O2 g++ leaves accumulators in memory and they
# are three to four times slower. Not so under the sanitizers, which would take ten minutes here.
set(finn_kernel_options -O3)
if(FINN_SANITIZE)
  set(finn_kernel_options -O1 -fno-sanitize-address-use-after-scope)
endif()

set(finn_kernels ops/kernels/portable.cpp ops/kernels/select.cpp)
set_source_files_properties(ops/kernels/portable.cpp PROPERTIES COMPILE_OPTIONS
                                                                "${finn_kernel_options}")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  find_package(xsimd 8.1 REQUIRED)
  if(xsimd_VERSION VERSION_GREATER_EQUAL 9 AND xsimd_VERSION VERSION_LESS 11.2)
    message(FATAL_ERROR "xsimd ${xsimd_VERSION} mixes up lanes in its mathematical functions "
                        "(its issue 936, mended in 11.2): use 8.1, or 11.2 and newer")
  endif()
  list(APPEND finn_kernels ops/kernels/avx2.cpp ops/kernels/avx512.cpp)
  set_source_files_properties(ops/kernels/avx2.cpp PROPERTIES COMPILE_OPTIONS
                                                              "${finn_kernel_options};-mavx2;-mfma")
  set(avx512_options ${finn_kernel_options} -mfma -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ warns of its own headers here (GCC bug 105593).
    list(APPEND avx512_options -Wno-uninitialized -Wno-maybe-uninitialized)
  endif()
  set_source_files_properties(ops/kernels/avx512.cpp PROPERTIES COMPILE_OPTIONS
                                                                "${avx512_options}")
  set_source_files_properties(ops/kernels/select.cpp PROPERTIES COMPILE_DEFINITIONS
                                                                FINN_X86_KERNELS)
endif()

add_library(
  finn_objects OBJECT
  ${finn_kernels}
  core/arena.cpp
  core/error.cpp
  core/random.cpp
  core/shape.cpp
  ops/positivity.cpp
  finn/box.cpp
  finn/constraint.cpp
  finn/evaluate.cpp
  finn/initialise.cpp
  finn/integral.cpp
  finn/model.cpp
  finn/network.cpp
  finn/trainer.cpp
  capi/model.cpp
  capi/model_options.cpp
  capi/query.cpp
  capi/trainer.cpp
  capi/version.cpp)
target_link_libraries(finn_objects PUBLIC finn_flags PRIVATE finn_warnings)
if(TARGET xsimd)
  # As a system header: its warnings are not ours.
  get_target_property(xsimd_include xsimd INTERFACE_INCLUDE_DIRECTORIES)
  target_include_directories(finn_objects SYSTEM PRIVATE ${xsimd_include})
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

foreach(library finn finn_static)
  target_include_directories(${library} INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/capi>
                                                  $<INSTALL_INTERFACE:include>)
  add_library(libfinn::${library} ALIAS ${library})
endforeach()
