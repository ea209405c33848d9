# make install: headers, both libraries, a CMake package, a pkg-config file, and the program with its
# man page.
include(CMakePackageConfigHelpers)

install(FILES capi/finn.h capi/finn.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS finn LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS finn_static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})

if(TARGET finn_program)
  install(TARGETS finn_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES program/finn.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

set(finn_static_libraries -lstdc++ -lm)
if(FINN_THREADS STREQUAL std)
  list(APPEND finn_static_libraries -pthread)
elseif(FINN_THREADS STREQUAL openmp)
  list(APPEND finn_static_libraries ${OpenMP_CXX_FLAGS})
endif()
string(REPLACE ";" " " finn_static_libraries "${finn_static_libraries}")

# The file finds its prefix from where it lies, so that cmake --install --prefix may choose one.
file(RELATIVE_PATH finn_prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" finn_prefix_from_pc "${finn_prefix_from_pc}")
configure_file(cmake/libfinn.pc.in libfinn.pc @ONLY)
configure_package_config_file(
  cmake/libfinn-config.cmake.in libfinn-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/libfinn
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(libfinn-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/libfinn.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/libfinn-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/libfinn-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/libfinn)
