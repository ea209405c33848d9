# A cross build borrows from the host what does not depend on the processor: header-only libraries,
# by links in a folder of their own (not all of /usr/include), and the sources of GoogleTest.
set(finn_borrowed ${PROJECT_BINARY_DIR}/borrowed)
file(MAKE_DIRECTORY ${finn_borrowed})
foreach(library xsimd nlohmann)
  file(CREATE_LINK /usr/include/${library} ${finn_borrowed}/${library} SYMBOLIC)
endforeach()
set(XSIMD_INCLUDE_DIR ${finn_borrowed} CACHE PATH "Folder that holds xsimd/xsimd.hpp")

add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
target_include_directories(nlohmann_json::nlohmann_json SYSTEM INTERFACE ${finn_borrowed})

set(INSTALL_GTEST OFF)
add_subdirectory(/usr/src/googletest googletest EXCLUDE_FROM_ALL)
