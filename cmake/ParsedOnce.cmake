# Where no compiler cache helps, what most files include is parsed once and not in each of them,
# which halves what compiling them costs. With a cache it would be in the way, and there every file
# shows that it includes what it needs.

set(interlock_parsed_headers
  algorithm array bit charconv chrono cstddef cstdint cstring deque fstream functional
  iterator map memory optional set span sstream string string_view unordered_map utility variant
  vector)

function(interlock_parses_once result)
  set(${result} OFF PARENT_SCOPE)
  if(NOT INTERLOCK_CCACHE AND NOT INTERLOCK_WHOLE_ROOMS AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(${result} ON PARENT_SCOPE)
  endif()
endfunction()

# How many files of a target are compiled as one. Where no cache helps, that halves a build once
# more.
interlock_parses_once(interlock_once)
if(interlock_once)
  set(interlock_files_together 12)
else()
  set(interlock_files_together 1)
endif()
set(INTERLOCK_FILES_TOGETHER ${interlock_files_together} CACHE STRING
  "How many files of a target are compiled as one")

# interlock_parse_once(<target> [<header>...]): for a target of many files.
function(interlock_parse_once target)
  interlock_in_groups(${target})
  interlock_parses_once(once)
  get_target_property(sources ${target} SOURCES)
  list(LENGTH sources count)
  if(once AND count GREATER 4)  # Parsing once costs what three files do.
    interlock_parsed(${target} ${interlock_parsed_headers} ${ARGN})
  endif()
endfunction()

# interlock_in_groups(<target>)
#
# Its files, in their order, in groups that are compiled as one: templates are made once in each. A
# name in an unnamed namespace may then stand in one file of a group only.
function(interlock_in_groups target)
  # libFuzzer has what stands in a file of fuzz/, too: targets take from that only what they use.
  if(INTERLOCK_FILES_TOGETHER EQUAL 1 OR target STREQUAL "interlock_fuzz")
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  set(count 0)
  # Alike inside; keys are made where their header is first included, and not elsewhere; what is
  # for Linux and what is for Windows have types of one name.
  set(apart machines/ rules/ errata/ wfp/keys live/ sut/ kernel/host_lock kernel/threads host_calls)
  list(JOIN apart "|" apart)
  list(FILTER sources EXCLUDE REGEX "${apart}")
  foreach(source IN LISTS sources)
    math(EXPR group "${count} / ${INTERLOCK_FILES_TOGETHER}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
    math(EXPR count "${count} + 1")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  target_compile_options(${target} PRIVATE -Wno-shadow)  # Of the names in other files.
endfunction()

# interlock_as_one(<target> [APART <file>...])
#
# All its files as one, where files go together, but for those that are to stand apart.
function(interlock_as_one target)
  cmake_parse_arguments(PARSE_ARGV 1 one "" "" "APART")
  if(INTERLOCK_FILES_TOGETHER EQUAL 1)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  set_source_files_properties(${one_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# interlock_compile_together(<target> <header>)
#
# The files of a target that include one header of which each would make all the code anew, as one
# file, with a cache or without: a name of one of them that is not for the others must still be its
# own.
function(interlock_compile_together target header)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    file(STRINGS ${source} includes REGEX "^#include <${header}>")
    if(includes)
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP together)
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# interlock_parse_test_once(<test> <room>): only the tests of the harness have Windows' wchar_t.
function(interlock_parse_test_once test room)
  if(NOT room MATCHES "^(model|reports|props)$")  # Many of these say the same of one thing.
    interlock_in_groups(${test})
  endif()
  interlock_parses_once(once)
  if(NOT once)
    return()
  endif()
  set(parsed interlock_parsed)
  set(links GTest::gmock)
  if(room STREQUAL "harness")
    string(APPEND parsed _for_harness)
    list(APPEND links interlock::wdk)
  endif()
  if(NOT TARGET ${parsed})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/parsed/nothing.cpp CONTENT "")
    add_library(${parsed} OBJECT ${CMAKE_BINARY_DIR}/parsed/nothing.cpp)
    target_link_libraries(${parsed} PRIVATE ${links})
    interlock_build_test_sooner(${parsed} ${room})
    interlock_parsed(${parsed} ${interlock_parsed_headers} gtest/gtest.h gmock/gmock.h)
  endif()
  # A name of the target's own among the macros would make it other headers.
  set_target_properties(${test} PROPERTIES DEFINE_SYMBOL "")
  target_precompile_headers(${test} REUSE_FROM ${parsed})
endfunction()

# interlock_parsed(<target> <header>...)
function(interlock_parsed target)
  list(TRANSFORM ARGN PREPEND "<")
  list(TRANSFORM ARGN APPEND ">")
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()
