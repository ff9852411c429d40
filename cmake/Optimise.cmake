# How the release build makes the two rooms in which all the time is spent quick: optimised over
# all their files at once, and by a profile of what they really do. tools/release does it in order.

option(INTERLOCK_WHOLE_ROOMS "Optimise model and harness over all their files at once" OFF)
option(INTERLOCK_RECORD_PROFILE "Build what writes a profile when it runs" OFF)
set(INTERLOCK_PROFILE "" CACHE FILEPATH "A profile to optimise by, if there is such a file")

set(interlock_quick_rooms model harness)

# interlock_build_sooner(<target>): with a sanitizer, optimising is most of what compiling costs,
# and what runs for long is in other rooms.
function(interlock_build_sooner target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O0>)
endfunction()

# interlock_build_test_sooner(<target> <room>): the tests of the harness try what is optimised
# itself, and are many.
function(interlock_build_test_sooner target room)
  if(room STREQUAL "harness")
    target_compile_options(${target} PRIVATE -O0)
  else()
    interlock_build_sooner(${target})
  endif()
endfunction()

# interlock_optimise(<target> <room>)
function(interlock_optimise target room)
  if(room MATCHES "^(reports|cli)$")
    interlock_build_sooner(${target})
  endif()
  if(NOT room IN_LIST interlock_quick_rooms OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  if(INTERLOCK_WHOLE_ROOMS)
    # What is optimised together must have one size of wchar_t, and the harness has that of Windows.
    target_compile_options(${target} PRIVATE -flto=thin -fshort-wchar)
  endif()
  if(INTERLOCK_RECORD_PROFILE)
    target_compile_options(${target} PRIVATE -fprofile-generate)
    target_link_options(${target} INTERFACE -fprofile-generate)
  elseif(EXISTS "${INTERLOCK_PROFILE}")
    target_compile_options(${target} PRIVATE "-fprofile-use=${INTERLOCK_PROFILE}"
      -Wno-profile-instr-out-of-date -Wno-profile-instr-unprofiled -Wno-backend-plugin)
    # All by one profile: files that were optimised by two do not link.
    get_target_property(sources ${target} SOURCES)
    set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS "${INTERLOCK_PROFILE}")
  endif()
endfunction()

if(INTERLOCK_PROFILE AND NOT EXISTS "${INTERLOCK_PROFILE}")
  message(STATUS "No profile yet: this build is a fifth slower than what tools/release makes")
endif()
