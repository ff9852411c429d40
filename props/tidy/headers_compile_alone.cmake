# Each header compiles with nothing before it, and a second time after itself: .hpp as C++, and .h,
# which extensions include, as C. Names come from the folders: a header that is forgotten in a
# list is just the one that would not compile. Left out are those that the file beside them, of the
# same name, includes first: who has a compiler cache compiles that by itself (ParsedOnce.cmake).

# interlock_shown_beside(<out> <header>)
function(interlock_shown_beside out header)
  set(${out} FALSE PARENT_SCOPE)
  string(REGEX REPLACE "\\.hpp$" ".cpp" beside ${header})
  if(header STREQUAL beside OR NOT EXISTS ${beside})
    return()
  endif()
  file(STRINGS ${beside} includes REGEX "^#include" LIMIT_COUNT 1)
  cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE name)
  if(includes STREQUAL "#include \"${name}\"")
    set(${out} TRUE PARENT_SCOPE)
  endif()
endfunction()

set(header_units)
foreach(room IN LISTS interlock_rooms)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/${room}/*.hpp ${PROJECT_SOURCE_DIR}/${room}/*.h)
  foreach(header IN LISTS headers)
    interlock_shown_beside(shown ${header})
    if(shown AND NOT room STREQUAL "props")
      continue()
    endif()
    cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE name)
    string(REGEX REPLACE "\\.h$" ".h.c" unit ${name})
    string(REGEX REPLACE "\\.hpp$" ".hpp.cpp" unit ${unit})
    set(unit ${CMAKE_CURRENT_BINARY_DIR}/headers/${unit})
    file(CONFIGURE OUTPUT ${unit}
      CONTENT "#include \"${header}\"\n#include \"${header}\"\n")
    list(APPEND header_units ${unit})
  endforeach()
endforeach()
if(NOT header_units)
  return()
endif()

add_library(headers_compile_alone OBJECT EXCLUDE_FROM_ALL ${header_units})
target_include_directories(headers_compile_alone PRIVATE
  ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/harness/wdk ${PROJECT_SOURCE_DIR}/harness/extensions)
target_compile_definitions(headers_compile_alone PRIVATE
  $<$<COMPILE_LANGUAGE:C>:${interlock_extension_defines} NDIS640=1>)
target_compile_options(headers_compile_alone PRIVATE -fshort-wchar -Wall -Werror
  $<$<COMPILE_LANGUAGE:C>:${interlock_extension_dialect} -Wno-unknown-pragmas>
  $<$<COMPILE_LANGUAGE:CXX>:-Wextra>
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wshadow>
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-strict-aliasing>)

# Of the language's own headers it then shows nothing, where no cache makes a second build quick.
interlock_parses_once(once)
if(once)
  set(parsed ${interlock_parsed_headers})
  list(TRANSFORM parsed REPLACE "(.+)" "$<$<COMPILE_LANGUAGE:CXX>:<\\1$<ANGLE-R>>")
  target_precompile_headers(headers_compile_alone PRIVATE ${parsed})
endif()

# A build tool that goes on shows every header that does not compile, not the first.
set(go_on)
if(CMAKE_GENERATOR STREQUAL "Ninja")
  set(go_on -- -k 0)
endif()
interlock_command_test(headers_compile_alone LABEL tidy TIMEOUT 900
  COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target headers_compile_alone
          ${go_on})
