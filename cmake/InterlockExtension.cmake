# interlock_add_extension: the unmodified source of an extension becomes a module that Interlock
# can load. Works inside Interlock, and in a project that says find_package(Interlock).
#
# interlock_add_extension(<name>
#   SOURCES <file>...                   C, or C++ where the C++ compiler is clang too
#   [INCLUDES <folder>...]
#   [DEFINES <name>[=<value>]...]
#   [OPTIONS <compiler option>...]      put last, so they win
#   [QUIRKS <header>]                   included before everything: what Microsoft's compiler
#                                       accepts and clang does not is mended there
#   [CASE_INSENSITIVE_OVERLAY <folder>...]
#                                       #include finds the files of these in any letter case
#   [CLASS capturing|filtering|forwarding]  where in the stack it belongs, as its INF file says;
#                                       not needed if it has an InterlockExtensionClass of its own
#   [NDIS 6.30|6.40|6.50|...]           what the source is written for; default 6.30
#   [OUTPUT_DIRECTORY <folder>]         default: extensions/ in the build folder
#   [WARNINGS]                          -Wall -Werror, for source that is ours; else none
#   [TRACE_MEMORY]                      each access to memory that others may see calls the host:
#                                       another task may go on there, and races are found; as does
#                                       the cache option INTERLOCK_TRACE_MEMORY for all extensions
#   [CORPUS <folder>...]                scenarios of the project's own, in folders that say their
#                                       verdict: conforms/, violates/<RULE>/, found/<RULE>/
#   [FUZZ_TIME <duration>]              of the test <name>.fuzz; default 10s
#   [FUZZ_SEED <number>]                where its chance begins; default 1
#   [NO_TESTS])                         no lines in ctest
#
# Result: <name>.so. Symbols that it lacks are found in the program that loads it.
# Sanitizers follow CMAKE_C_FLAGS. With an installed Interlock, and unless BUILD_TESTING is off,
# ctest has the lines that InterlockExtensionTests.cmake describes.

option(INTERLOCK_COVERAGE "Extensions count their edges, so that a fuzzer sees them" ON)

option(INTERLOCK_TRACE_MEMORY "Extensions tell of each access to memory; races are found" OFF)

include(${CMAKE_CURRENT_LIST_DIR}/CaseOverlay.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/InterlockExtensionTests.cmake)

# The WDK headers that extensions are compiled with. An installed Interlock says where its are.
if(NOT DEFINED INTERLOCK_WDK_DIR)
  cmake_path(SET INTERLOCK_WDK_DIR NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../harness/wdk)
endif()

# What Microsoft's compiler takes without a word.
set(interlock_extension_dialect
    -fms-extensions -fms-compatibility -mms-bitfields -fshort-wchar
    -fno-strict-aliasing -fwrapv -fno-omit-frame-pointer
    -Ulinux -Uunix  # gnu11 defines both; a driver may use them as names.
    -Wno-error=implicit-int -Wno-error=implicit-function-declaration
    -Wno-error=incompatible-function-pointer-types -Wno-error=int-conversion
    -Wno-error=return-mismatch -Wno-invalid-token-paste
    $<$<COMPILE_LANGUAGE:C>:-std=gnu11 -fgnu89-inline>
    $<$<COMPILE_LANGUAGE:CXX>:-std=gnu++20 -fno-exceptions -fno-rtti -Wno-incompatible-ms-struct>)

# What the WDK's own build defines for a checked build on x64.
set(interlock_extension_defines _AMD64_=1 AMD64=1 _WIN64=1 DBG=1)

function(interlock_extension_check name unparsed sources ndis)
  if(unparsed)
    message(FATAL_ERROR "interlock_add_extension(${name}): what is '${unparsed}'?")
  endif()
  if(NOT sources)
    message(FATAL_ERROR "interlock_add_extension(${name}): SOURCES is missing.")
  endif()
  if(NOT ndis MATCHES "^6\\.[3-9][0-9]$")
    message(FATAL_ERROR "interlock_add_extension(${name}): NDIS is ${ndis}; expected 6.30 or "
      "later.")
  endif()
  set(languages C)
  if(sources MATCHES "\\.(cc|cpp|cxx)(;|$)")
    list(APPEND languages CXX)
  endif()
  foreach(language IN LISTS languages)
    if(NOT CMAKE_${language}_COMPILER_ID STREQUAL "Clang"
       OR CMAKE_${language}_COMPILER_VERSION VERSION_LESS 16)
      message(FATAL_ERROR "interlock_add_extension(${name}): CMAKE_${language}_COMPILER is "
        "${CMAKE_${language}_COMPILER}; expected clang 16 or later, such as clang-19.")
    endif()
  endforeach()
endfunction()

function(interlock_add_extension name)
  cmake_parse_arguments(PARSE_ARGV 1 extension "WARNINGS;TRACE_MEMORY;NO_TESTS"
    "QUIRKS;CLASS;NDIS;OUTPUT_DIRECTORY;FUZZ_TIME;FUZZ_SEED"
    "SOURCES;INCLUDES;DEFINES;OPTIONS;CASE_INSENSITIVE_OVERLAY;CORPUS")
  if(NOT extension_NDIS)
    set(extension_NDIS 6.30)
  endif()
  if(NOT extension_OUTPUT_DIRECTORY)
    set(extension_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/extensions)
  endif()
  if(NOT extension_FUZZ_TIME)
    set(extension_FUZZ_TIME 10s)
  endif()
  if(NOT DEFINED extension_FUZZ_SEED)
    set(extension_FUZZ_SEED 1)
  endif()
  interlock_extension_check(${name} "${extension_UNPARSED_ARGUMENTS}" "${extension_SOURCES}"
    "${extension_NDIS}")

  if(extension_CLASS)
    interlock_extension_class(${name} ${extension_CLASS} class_source)
    list(APPEND extension_SOURCES ${class_source})
  endif()
  add_library(${name} MODULE ${extension_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" DEFINE_SYMBOL "" SUFFIX ".so" LIBRARY_OUTPUT_DIRECTORY ${extension_OUTPUT_DIRECTORY}
    POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET default CXX_VISIBILITY_PRESET default)
  target_include_directories(${name} PRIVATE ${extension_INCLUDES})
  target_include_directories(${name} SYSTEM PRIVATE ${INTERLOCK_WDK_DIR} ${INTERLOCK_WDK_DIR}/crt)

  string(REPLACE "." "" ndis ${extension_NDIS})
  target_compile_definitions(${name} PRIVATE
    ${interlock_extension_defines} NDIS${ndis}=1 ${extension_DEFINES})

  target_compile_options(${name} PRIVATE ${interlock_extension_dialect})
  interlock_extension_instrument(${name} "${extension_TRACE_MEMORY}")
  interlock_case_overlay(${name} ${INTERLOCK_WDK_DIR} ${extension_CASE_INSENSITIVE_OVERLAY})
  if(extension_QUIRKS)
    cmake_path(ABSOLUTE_PATH extension_QUIRKS)
    target_compile_options(${name} PRIVATE "SHELL:-include \"${extension_QUIRKS}\"")
  endif()
  if(extension_WARNINGS)
    target_compile_options(${name} PRIVATE -Wall -Werror -Wno-unknown-pragmas)
  else()
    # Somebody else's business, but for one: a function that is not declared returns 32 bits.
    target_compile_options(${name} PRIVATE -Wno-everything -Wimplicit-function-declaration)
  endif()
  target_compile_options(${name} PRIVATE ${extension_OPTIONS})

  # muldefs stands in for COMDAT. -Bsymbolic: a function that the extension defines itself is
  # its own, also when libc or the host has one of that name (htons, DbgPrint).
  target_link_options(${name} PRIVATE -Wl,-z,muldefs -Wl,-Bsymbolic)

  if(TARGET interlock::command AND NOT extension_NO_TESTS
     AND (BUILD_TESTING OR NOT DEFINED BUILD_TESTING))
    interlock_extension_tests(${name} "${extension_FUZZ_TIME}" "${extension_FUZZ_SEED}"
      ${extension_CORPUS})
  endif()
endfunction()

# A source of one line, by which the module says what its INF file says.
function(interlock_extension_class name class result)
  if(NOT class MATCHES "^(capturing|filtering|forwarding)$")
    message(FATAL_ERROR "interlock_add_extension(${name}): CLASS is ${class}; expected capturing, "
      "filtering or forwarding.")
  endif()
  set(file ${CMAKE_CURRENT_BINARY_DIR}/${name}.class.c)
  file(CONFIGURE OUTPUT ${file} @ONLY
       CONTENT "const char InterlockExtensionClass[] = \"${class}\";\n")
  set(${result} ${file} PARENT_SCOPE)
endfunction()

# What -fsanitize=thread calls, Interlock has: harness/race/memory_calls.cpp. A module is compiled
# so and not linked so. That sanitizer keeps house with no other but the undefined behaviour one.
# Read-before-write: an increment is a read and a write, and somebody may come between the two.
set(interlock_extension_tells_of_memory
    -fno-sanitize=address -fsanitize=thread
    "SHELL:-mllvm -tsan-distinguish-volatile=1"
    "SHELL:-mllvm -tsan-instrument-read-before-write=1"
    "SHELL:-mllvm -tsan-instrument-func-entry-exit=0")

function(interlock_extension_instrument target trace_memory)
  # Reports name lines, whoever asks for a debug build or not.
  string(TOUPPER "CMAKE_C_FLAGS_${CMAKE_BUILD_TYPE}" flags)
  if(NOT "${CMAKE_C_FLAGS} ${${flags}}" MATCHES "(^| )-g")
    target_compile_options(${target} PRIVATE -gline-tables-only)
  endif()
  if(INTERLOCK_COVERAGE)
    target_compile_options(${target} PRIVATE
      -fsanitize-coverage=edge,inline-8bit-counters,pc-table,control-flow)
  endif()
  # With the sanitizer itself the module is instrumented already, and tells that one.
  if((trace_memory OR INTERLOCK_TRACE_MEMORY) AND NOT CMAKE_C_FLAGS MATCHES "fsanitize=thread")
    target_compile_options(${target} PRIVATE ${interlock_extension_tells_of_memory})
  endif()
endfunction()
