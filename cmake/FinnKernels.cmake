# The kernels: one translation unit per instruction set, each with the flags of its set.
#
# finn_kernels lists them; ops/kernels/dispatch.cpp chooses between them at load. They are optimised
# whatever the build type: at -O2 g++ leaves accumulators in memory and they are three to four times
# slower. Builds that are after other things than speed compile them at -O1, in two thirds of the
# time; so does that with the sanitizers, where undefined behaviour is looked for in the portable
# set alone, as the others are the same templates.
set(FINN_KERNEL_OPTIMISATION -O3 CACHE STRING "Optimisation of the kernels, for speed alone")
mark_as_advanced(FINN_KERNEL_OPTIMISATION)
set(finn_kernel_options -fno-exceptions ${FINN_KERNEL_OPTIMISATION})
if(FINN_SANITIZE)
  list(APPEND finn_kernel_options -fno-sanitize-address-use-after-scope)
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Its joining of scalars into vectors multiplies what lies in the other lanes: flags out of nothing.
  list(APPEND finn_kernel_options -fno-slp-vectorize)
endif()

# A smaller library has fewer sets. Sets that the processor is not of are ignored.
set(finn_all_sets fma sse2 avx2 avx512 neon)
set(FINN_INSTRUCTION_SETS ${finn_all_sets}
    CACHE STRING "Instruction sets with kernels of their own, beside the portable ones")
foreach(set ${FINN_INSTRUCTION_SETS})
  if(NOT set IN_LIST finn_all_sets)
    message(FATAL_ERROR "FINN_INSTRUCTION_SETS names '${set}'; known are ${finn_all_sets}")
  endif()
endforeach()

set(finn_kernels)
set(finn_kernel_definitions)
function(finn_add_kernels set)
  if(NOT set STREQUAL "portable")
    if(NOT set IN_LIST FINN_INSTRUCTION_SETS)
      return()
    endif()
    set(finn_kernel_definitions ${finn_kernel_definitions} FINN_HAS_${set} PARENT_SCOPE)
  endif()
  set(source ops/kernels/${set}.cpp)
  set(options ${finn_kernel_options} ${ARGN})
  if(FINN_SANITIZE AND set STREQUAL "portable")
    # Where a pointer leads is the address sanitizer's to see; these checks take four fifths of the
    # time of this file.
    list(APPEND options -fno-sanitize=null,alignment,object-size)
  elseif(FINN_SANITIZE)
    list(APPEND options -fno-sanitize=undefined)
  endif()
  # Compiled by flags of their own, for which headers cannot be compiled beforehand.
  set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "${options}"
                                                   SKIP_PRECOMPILE_HEADERS ON)
  set(finn_kernels ${finn_kernels} ${source} PARENT_SCOPE)
endfunction()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  finn_add_kernels(fma -mavx -mfma)
  finn_add_kernels(sse2)
  finn_add_kernels(avx2 -mavx2 -mfma)
  set(avx512 -mfma -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ warns of its own headers here (GCC bug 105593).
    list(APPEND avx512 -Wno-uninitialized -Wno-maybe-uninitialized)
  endif()
  finn_add_kernels(avx512 ${avx512})
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 for ARM takes sums that every path sets (affine_block) for uninitialised.
    list(APPEND finn_kernel_options -Wno-maybe-uninitialized)
  endif()
  finn_add_kernels(neon)
endif()

finn_add_kernels(portable)
set_source_files_properties(ops/kernels/dispatch.cpp PROPERTIES COMPILE_DEFINITIONS
                                                                "${finn_kernel_definitions}")

# xsimd supplies the arithmetic of the vector sets; only headers. The version is read from them, as
# its CMake package accepts no major version but its own.
list(LENGTH finn_kernels finn_kernel_sets)
if(finn_kernel_sets GREATER 1)
  find_path(XSIMD_INCLUDE_DIR xsimd/xsimd.hpp REQUIRED DOC "Folder that holds xsimd/xsimd.hpp")
  file(STRINGS ${XSIMD_INCLUDE_DIR}/xsimd/config/xsimd_config.hpp xsimd_lines
       REGEX "^#define XSIMD_VERSION_(MAJOR|MINOR|PATCH) ")
  string(REGEX REPLACE "[^0-9;]" "" xsimd_version "${xsimd_lines}")
  string(REPLACE ";" "." xsimd_version "${xsimd_version}")
  if(xsimd_version VERSION_LESS 8.1)
    message(FATAL_ERROR "xsimd ${xsimd_version} in ${XSIMD_INCLUDE_DIR} is older than 8.1, the "
                        "oldest that libfinn is tested with")
  elseif(xsimd_version VERSION_GREATER_EQUAL 9 AND xsimd_version VERSION_LESS 11.2)
    message(FATAL_ERROR "xsimd ${xsimd_version} in ${XSIMD_INCLUDE_DIR} lets lanes influence each "
                        "other (its issue 936, mended in 11.2): use 8.1, or 11.2 and newer")
  endif()
endif()
