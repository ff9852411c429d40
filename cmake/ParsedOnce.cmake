# Where no compiler cache helps, what most tests include is parsed once and not in each of them,
# which halves what compiling them costs. With a cache it would be in the way.

set(interlock_parsed_headers
  algorithm array cstddef cstdint cstring filesystem fstream functional map memory optional set
  span sstream string string_view utility variant vector gtest/gtest.h gmock/gmock.h)

# interlock_parse_once(<test> <room>): only the tests of the harness have Windows' wchar_t.
function(interlock_parse_once test room)
  if(INTERLOCK_CCACHE OR INTERLOCK_WHOLE_ROOMS OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  set(parsed interlock_parsed)
  set(links GTest::gmock)
  if(room STREQUAL "harness")
    string(APPEND parsed _for_harness)
    list(APPEND links interlock::wdk)
  endif()
  if(NOT TARGET ${parsed})
    interlock_parsed(${parsed} "${links}")
  endif()
  # A name of the target's own among the macros would make it other headers.
  set_target_properties(${test} PROPERTIES DEFINE_SYMBOL "")
  target_precompile_headers(${test} REUSE_FROM ${parsed})
endfunction()

function(interlock_parsed parsed links)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/parsed/nothing.cpp CONTENT "")
  add_library(${parsed} OBJECT ${CMAKE_BINARY_DIR}/parsed/nothing.cpp)
  target_link_libraries(${parsed} PRIVATE ${links})
  list(TRANSFORM interlock_parsed_headers PREPEND "<")
  list(TRANSFORM interlock_parsed_headers APPEND ">")
  target_precompile_headers(${parsed} PRIVATE ${interlock_parsed_headers})
endfunction()
