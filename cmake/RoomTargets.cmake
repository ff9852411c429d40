# The functions with which a room's CMakeLists.txt says what it holds.

# The WDK headers, for host code. wchar_t is 16 bit there, as it is in every extension.
add_library(interlock_wdk INTERFACE)
add_library(interlock::wdk ALIAS interlock_wdk)
target_include_directories(interlock_wdk SYSTEM INTERFACE ${PROJECT_SOURCE_DIR}/harness/wdk)
target_compile_options(interlock_wdk INTERFACE -fshort-wchar)

# libFuzzer comes with clang only: ask `if(TARGET interlock::libfuzzer)`. Who builds the targets for
# an engine of his own names what is to be linked, and says by CXXFLAGS how all is compiled:
# tools/build_fuzzers.
set(INTERLOCK_FUZZING_ENGINE "" CACHE STRING "What fuzz targets are linked with, if not libFuzzer")
if(INTERLOCK_FUZZING_ENGINE)
  add_library(interlock_libfuzzer INTERFACE)
  add_library(interlock::libfuzzer ALIAS interlock_libfuzzer)
  target_link_libraries(interlock_libfuzzer INTERFACE ${INTERLOCK_FUZZING_ENGINE})
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_library(interlock_libfuzzer INTERFACE)
  add_library(interlock::libfuzzer ALIAS interlock_libfuzzer)
  target_compile_options(interlock_libfuzzer INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(interlock_libfuzzer INTERFACE -fsanitize=fuzzer)
endif()

# AFL++ is Debian's afl++; its driver and runtime work with any compiler. Not everybody has it: ask
# `if(TARGET interlock::afl)`.
find_library(INTERLOCK_AFL_DRIVER AFLDriver PATHS /usr/lib/afl NO_DEFAULT_PATH)
if(INTERLOCK_AFL_DRIVER)
  cmake_path(GET INTERLOCK_AFL_DRIVER PARENT_PATH afl)
  add_library(interlock_afl INTERFACE)
  add_library(interlock::afl ALIAS interlock_afl)
  target_link_libraries(interlock_afl INTERFACE
    ${INTERLOCK_AFL_DRIVER} ${afl}/afl-compiler-rt.o)
endif()

# The labels of ctest, and for each a target that builds what its tests need.
set(interlock_labels unit props proof fuzz tidy)
foreach(label IN LISTS interlock_labels)
  add_custom_target(tests_${label})
endforeach()

# Unit and fuzz tests, but for those of the rooms that have no memory of their own to get wrong:
# what these do, all the others do with them.
add_custom_target(tests_sanitized)
set(interlock_pure_rooms model reports)

# What every target of ours has in common. Not a flag reaches anybody else's.
function(interlock_own_target target who uses links)
  list(TRANSFORM uses REPLACE "/" "_")
  list(TRANSFORM uses PREPEND interlock::)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Werror
    $<$<CXX_COMPILER_ID:Clang>:-Wshadow>  # gcc's also objects to constructor parameters.
    -Wno-deprecated-declarations)  # clang 19 meets one inside std::stable_sort of libstdc++ 12.
  target_link_libraries(${target} PUBLIC ${uses} PRIVATE ${links})

  interlock_room_of(room ${who})
  interlock_optimise(${target} ${room})
  if(room STREQUAL "harness")
    target_link_libraries(${target} PRIVATE interlock::wdk)
  endif()
endfunction()

# interlock_room(<name> SOURCES <file>... [USES <room>...] [LINKS <outside library>...])
#
# A room is one static library, interlock::<name>; a part of a room ("model/smt") is one too,
# interlock::model_smt. Using a room that the list in Rooms.cmake does not allow stops the
# configure with a sentence, not the link with a symbol.
function(interlock_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;USES;LINKS")
  interlock_check_arguments(interlock_room ${name} "${room_UNPARSED_ARGUMENTS}" "${room_SOURCES}")
  interlock_check_uses(${name} ${room_USES})
  interlock_check_links(${name} ${room_LINKS})

  string(REPLACE "/" "_" target ${name})
  add_library(interlock_${target} STATIC ${room_SOURCES})
  add_library(interlock::${target} ALIAS interlock_${target})
  interlock_own_target(interlock_${target} ${name} "${room_USES}" "${room_LINKS}")
  interlock_room_of(room ${name})
  interlock_parse_once(interlock_${target} ${interlock_${room}_parses})
endfunction()

# interlock_program(<name> ROOM <room> SOURCES <file>... [USES <room>...]
#                   [LINKS <outside library>...] [EXTENSIONS <extension>...])
#
# An executable build/<preset>/bin/<name> of a room. It exports its symbols, because the
# extensions that it loads find the DDI functions in it. EXTENSIONS are built before it.
function(interlock_program name)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "ROOM" "SOURCES;USES;LINKS;EXTENSIONS")
  interlock_check_arguments(
    interlock_program ${name} "${program_UNPARSED_ARGUMENTS}" "${program_SOURCES}")
  interlock_check_uses(${program_ROOM} ${program_USES})
  interlock_check_links(${program_ROOM} ${program_LINKS})

  add_executable(${name} ${program_SOURCES})
  set_target_properties(${name} PROPERTIES ENABLE_EXPORTS ON)
  interlock_own_target(${name} ${program_ROOM} "${program_USES}" "${program_LINKS}")
  if(program_EXTENSIONS)
    add_dependencies(${name} ${program_EXTENSIONS})
  endif()
endfunction()

# interlock_test(<name> ROOM <room> LABEL <label> SOURCES <file>... [USES <room>...]
#                [LINKS <outside library>...] [EXTENSIONS <extension>...] [TIMEOUT <seconds>]
#                [UNSANITIZED])
#
# A GoogleTest program and its one line in ctest. It may use its own room and what that room
# may use; GoogleTest is linked anyway, and props/ tests may LINK RapidCheck and Z3 by name.
# It runs in the project folder and finds its build in $INTERLOCK_BUILD_DIR. UNSANITIZED as below;
# so are the tests of the pure rooms.
function(interlock_test name)
  cmake_parse_arguments(
    PARSE_ARGV 1 test "UNSANITIZED" "ROOM;LABEL;TIMEOUT" "SOURCES;USES;LINKS;EXTENSIONS")
  interlock_check_arguments(interlock_test ${name} "${test_UNPARSED_ARGUMENTS}" "${test_SOURCES}")
  interlock_check_uses(${test_ROOM} ${test_USES})
  if(NOT BUILD_TESTING)
    return()
  endif()
  interlock_program(${name} ROOM ${test_ROOM} SOURCES ${test_SOURCES} USES ${test_USES}
                    LINKS ${test_LINKS} EXTENSIONS ${test_EXTENSIONS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest_main)
  interlock_room_of(room ${test_ROOM})
  interlock_build_test_sooner(${name} ${room})
  interlock_parse_test_once(${name} ${test_ROOM})

  set(unsanitized)
  if(test_UNSANITIZED OR room IN_LIST interlock_pure_rooms)
    set(unsanitized UNSANITIZED)
  endif()
  interlock_command_test(
    ${name} LABEL ${test_LABEL} COMMAND ${name} TIMEOUT ${test_TIMEOUT} ${unsanitized})
  # A test program that holds no test would pass.
  set_tests_properties(${name} PROPERTIES FAIL_REGULAR_EXPRESSION "Running 0 tests")
endfunction()

# interlock_command_test(<name> LABEL <label> COMMAND <command>... [DEPENDS <target>...]
#                        [TIMEOUT <seconds>] [UNSANITIZED])
#
# A line in ctest that is not a GoogleTest program. What it needs is built by the target
# tests_<label>: DEPENDS, and COMMAND where that is a target. Where it is a unit or fuzz test and
# not UNSANITIZED, it has the label "sanitized", too: it is run once more with sanitizers.
function(interlock_command_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "UNSANITIZED" "LABEL;TIMEOUT" "COMMAND;DEPENDS")
  interlock_check_arguments(
    interlock_command_test ${name} "${test_UNPARSED_ARGUMENTS}" "${test_COMMAND}")
  if(NOT test_LABEL IN_LIST interlock_labels)
    message(FATAL_ERROR "${name}: LABEL is '${test_LABEL}', and not one of: ${interlock_labels}.")
  endif()
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 120)
  endif()
  if(NOT BUILD_TESTING)
    return()
  endif()
  add_test(NAME ${name} COMMAND ${test_COMMAND} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set(labels ${test_LABEL})
  if(test_LABEL MATCHES "^(unit|fuzz)$" AND NOT test_UNSANITIZED)
    list(APPEND labels sanitized)
  endif()
  # What may take longest is begun first, so that nobody waits for it alone at the end.
  set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT ${test_TIMEOUT}
                       COST ${test_TIMEOUT} ENVIRONMENT INTERLOCK_BUILD_DIR=${CMAKE_BINARY_DIR})
  list(GET test_COMMAND 0 program)
  foreach(needed IN LISTS program test_DEPENDS)
    if(TARGET ${needed} OR needed IN_LIST test_DEPENDS)
      list(TRANSFORM labels PREPEND tests_ OUTPUT_VARIABLE builders)
      foreach(builder IN LISTS builders)
        add_dependencies(${builder} ${needed})
      endforeach()
    endif()
  endforeach()
endfunction()
