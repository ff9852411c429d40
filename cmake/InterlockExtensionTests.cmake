# What ctest runs for an extension that is built with an installed Interlock:
#   <name>.conformance   every conforming scenario of the installed corpus
#   <name>.corpus        the project's own scenarios, each with what its folder promises
#   <name>.fuzz          a campaign of FUZZ_TIME; what it finds is left in interlock/ of the build
#
# Each leaves reports of all kinds in interlock/<test>/ of the build. They run in the folder of the
# project, so that reports name its sources as the repository does.

# interlock_extension_tests(<name> <fuzz time> <fuzz seed> <corpus folder>...)
function(interlock_extension_tests name fuzz_time fuzz_seed)
  set(extension --extension $<TARGET_FILE:${name}>)
  add_test(NAME ${name}.conformance
    COMMAND interlock::command run --quiet ${INTERLOCK_CORPUS_DIR}/scenarios/conforms
            ${INTERLOCK_CORPUS_DIR}/cover/conforms ${extension}
            --report ${CMAKE_BINARY_DIR}/interlock/conformance
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})

  if(ARGN)
    set(folders)
    foreach(folder IN LISTS ARGN)
      cmake_path(ABSOLUTE_PATH folder NORMALIZE)
      if(NOT IS_DIRECTORY "${folder}")
        message(FATAL_ERROR "interlock_add_extension(${name}): CORPUS ${folder} is no folder.")
      endif()
      list(APPEND folders "${folder}")
    endforeach()
    add_test(NAME ${name}.corpus
      COMMAND interlock::command run --expect from-folder ${folders} ${extension}
              --report ${CMAKE_BINARY_DIR}/interlock/corpus
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()

  add_test(NAME ${name}.fuzz
    COMMAND interlock::command fuzz $<TARGET_FILE:${name}> --time ${fuzz_time}
            --seed ${fuzz_seed} --out ${CMAKE_BINARY_DIR}/interlock --color never
            --report ${CMAKE_BINARY_DIR}/interlock/fuzz
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()
