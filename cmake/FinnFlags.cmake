# Flags that every file of the library is compiled with.
#
# Floating point is what the source says: no contraction to fused multiply-adds behind its back (the
# kernels name theirs), and never -ffast-math or -march=native in what is shipped.
add_library(finn_flags INTERFACE)
target_compile_options(finn_flags INTERFACE -ffp-contract=off -fno-math-errno)
target_include_directories(finn_flags INTERFACE ${PROJECT_SOURCE_DIR})

# Warnings as errors, for those who build the library, not for those who build with it.
add_library(finn_warnings INTERFACE)
if(FINN_DEVELOPER)
  target_compile_options(finn_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                                                 -Werror)
  # g++ 12 takes std::string's operator+ for a copy onto itself (bug 105651 of GCC).
  target_compile_options(
    finn_warnings
    INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<COMPILE_LANGUAGE:CXX>>:-Wno-restrict>)
endif()

if(FINN_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # As a shared library their runtime leaves operator new to the tests that count and refuse
    # memory (tests/support/allocations.hpp; the preset has it accept their pairs of new and
    # delete). It is one of C, as programs in C are linked with it.
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libclang_rt.asan-x86_64.so
                    OUTPUT_VARIABLE runtime OUTPUT_STRIP_TRAILING_WHITESPACE)
    get_filename_component(runtime_folder ${runtime} DIRECTORY)
    add_link_options(-shared-libasan -Wl,-rpath,${runtime_folder})
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-sanitize=vptr,function>)
  endif()
  # The fully unrolled algebra takes too long to compile when it is instrumented.
  add_compile_definitions(FINN_UNROLLED_VARIABLES=2)
endif()

# docs/THREADS.md says why the library's own threads are the default.
if(FINN_THREADS STREQUAL std)
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
  target_link_libraries(finn_flags INTERFACE Threads::Threads)
  target_compile_definitions(finn_flags INTERFACE FINN_STD_THREADS)
elseif(FINN_THREADS STREQUAL openmp)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  target_link_libraries(finn_flags INTERFACE OpenMP::OpenMP_CXX)
elseif(NOT FINN_THREADS STREQUAL none)
  message(FATAL_ERROR "FINN_THREADS is ${FINN_THREADS}, expected std, openmp or none")
endif()
