# Asks Rooms.cmake for every pair of rooms and compares with the table of ARCHITECTURE.md, typed
# a second time here, so that the first can be wrong. Then a project with a forbidden edge must
# not configure.
#
#   cmake -D WORK=<scratch folder> -P cmake/tests/rooms_test.cmake

cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../Rooms.cmake)
set(failures 0)
set(cells 0)

# who may use ->  model  harness  fuzz  reports  props  cli  model/smt  harness/live
set(columns       model  harness  fuzz  reports  props  cli  model/smt  harness/live)
set(model         yes    no       no    no       no     no   no         no )
set(model/smt     yes    no       no    no       no     no   yes        no )
set(harness       yes    yes      no    no       no     no   no         yes)
set(harness/live  yes    yes      no    no       no     no   no         yes)
set(fuzz          yes    yes      yes   no       no     no   no         yes)
set(reports       yes    no       no    yes      no     no   no         no )
set(props         yes    yes      yes   yes      yes    no   yes        yes)
set(cli           yes    yes      yes   yes      yes    yes  yes        yes)

foreach(who model model/smt harness harness/live fuzz reports props cli)
  foreach(used expected IN ZIP_LISTS columns ${who})
    interlock_may_use(allowed ${who} ${used})
    math(EXPR cells "${cells} + 1")
    if((allowed AND NOT expected) OR (expected AND NOT allowed))
      message("${who}/ -> ${used}/: expected ${expected}, Rooms.cmake says ${allowed}")
      math(EXPR failures "${failures} + 1")
    endif()
  endforeach()
endforeach()
message("${cells} pairs of rooms compared")

# expect(<sentence> <lines of a CMakeLists.txt>): the sentence, or nothing if it shall configure.
function(expect sentence lines)
  file(REMOVE_RECURSE ${WORK}/edge)
  file(WRITE ${WORK}/edge/CMakeLists.txt
    "cmake_minimum_required(VERSION 3.25)\nproject(Edge LANGUAGES NONE)\n"
    "include(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../Rooms.cmake)\n${lines}\n")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -G Ninja -S ${WORK}/edge -B ${WORK}/edge/build
    RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE said)
  string(REGEX REPLACE "[ \n]+" " " said "${said}")
  string(FIND "${said}" "${sentence}" at)
  if(code EQUAL 0 OR at EQUAL -1)
    message("expected: ${sentence}\nseen:     ${said}")
    math(EXPR failures "${failures} + 1")
    set(failures ${failures} PARENT_SCOPE)
  endif()
endfunction()

expect("harness/ may not use props/. See ARCHITECTURE.md, 'Rooms'."
       "interlock_room(harness SOURCES a.cpp USES model props)")
expect("model/ may not use model/smt/. See ARCHITECTURE.md, 'Rooms'."
       "interlock_room(model SOURCES a.cpp USES model/smt)")
expect("reports/ may not use harness/. See ARCHITECTURE.md, 'Rooms'."
       "interlock_test(a_test ROOM reports LABEL unit SOURCES a.cpp USES harness)")
expect("harness/ may not link PkgConfig::z3. See ARCHITECTURE.md, 'Rooms'."
       "interlock_room(harness SOURCES a.cpp LINKS Boost::context PkgConfig::z3)")
expect("There is no room cellar/. See ARCHITECTURE.md, 'Rooms'."
       "interlock_room(cellar SOURCES a.cpp)")
expect("a_test: LABEL is 'slow', and not one of: unit;props;proof;fuzz;tidy."
       "interlock_command_test(a_test LABEL slow COMMAND true)")

if(failures)
  message(FATAL_ERROR "${failures} failed")
endif()
