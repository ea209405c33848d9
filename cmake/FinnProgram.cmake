# The program `finn`, which knows the library by finn.h alone. Its target has another name, as the
# library has that one.
option(FINN_PROGRAM "Build the program finn" ON)
if(NOT FINN_PROGRAM)
  return()
endif()

add_executable(
  finn_program
  program/arguments.cpp
  program/axis.cpp
  program/csv.cpp
  program/curve.cpp
  program/describe.cpp
  program/distribution.cpp
  program/evaluate.cpp
  program/fit.cpp
  program/fit_chain.cpp
  program/fit_report.cpp
  program/heat_map.cpp
  program/integrate.cpp
  program/interrupt.cpp
  program/json.cpp
  program/limits.cpp
  program/links.cpp
  program/load.cpp
  program/main.cpp
  program/option_sets.cpp
  program/options.cpp
  program/outline.cpp
  program/parts.cpp
  program/plot.cpp
  program/probability.cpp
  program/progress.cpp
  program/quantile.cpp
  program/rows.cpp
  program/sample.cpp
  program/svg.cpp
  program/text.cpp)
target_include_directories(finn_program PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(finn_program PRIVATE finn finn_warnings)
# An installed program finds the library from where it lies, wherever that is.
file(RELATIVE_PATH finn_library_from_program /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
set_target_properties(finn_program PROPERTIES OUTPUT_NAME finn INSTALL_RPATH
                                              "$ORIGIN/${finn_library_from_program}")
