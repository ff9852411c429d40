# Checks the package as a stranger has it: installed, moved elsewhere, and used by a copy of the
# template project that knows nothing but CMAKE_PREFIX_PATH.
#
# cmake -D BUILD=<build folder> -D SOURCE=<project folder> -D WORK=<folder> -P package_test.cmake

cmake_minimum_required(VERSION 3.25)

set(prefix ${WORK}/moved)
set(project ${WORK}/project)

# run(<what it is> <command>...): the output is left in `output`, the exit code in `code`.
macro(run what)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK}
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE code)
  message(STATUS "${what}: exit ${code}")
endmacro()

macro(run_well what)
  run("${what}" ${ARGN})
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${what} failed:\n${output}")
  endif()
endmacro()

# expect(<text>...): each of them stands in `output`.
function(expect)
  foreach(text IN LISTS ARGN)
    string(FIND "${output}" "${text}" place)
    if(place EQUAL -1)
      message(FATAL_ERROR "'${text}' was expected in:\n${output}")
    endif()
  endforeach()
endfunction()

function(install_and_move)
  run_well("install" ${CMAKE_COMMAND} -E env DESTDIR=${WORK}/staged
    ${CMAKE_COMMAND} --install ${BUILD} --prefix /prefix)
  file(RENAME ${WORK}/staged/prefix ${prefix})
  foreach(folder IN ITEMS ${SOURCE} ${BUILD} ${WORK}/staged)
    run("look for ${folder} in the package" grep -rlF -- ${folder} ${prefix})
    if(NOT code EQUAL 1)
      message(FATAL_ERROR "The package names ${folder}:\n${output}")
    endif()
  endforeach()
  run_well("a bundled extension" ${prefix}/bin/interlock run
    ${prefix}/share/interlock/corpus/scenarios/conforms/a_long_day.scenario)
endfunction()

function(template_conforms)
  file(COPY ${prefix}/share/interlock/template/ DESTINATION ${project})
  run_well("configure" ${CMAKE_COMMAND} -E env --unset=CC --unset=CXX --unset=CFLAGS
    ${CMAKE_COMMAND} -S ${project} -B ${project}/build -DCMAKE_PREFIX_PATH=${prefix})
  run_well("build" ${CMAKE_COMMAND} --build ${project}/build)
  run_well("test" ${CMAKE_CTEST_COMMAND} --test-dir ${project}/build --output-on-failure)
  expect("100% tests passed, 0 tests failed out of 3" my_extension.conformance
    my_extension.corpus my_extension.fuzz)
endfunction()

# The connect of an adapter is refused, which no extension may do.
function(fault_is_seen)
  file(READ ${project}/oid.c text)
  string(REPLACE "    *OriginalOf(clone) = OidRequest;\n"
    "    *OriginalOf(clone) = OidRequest;
    if (OidRequest->DATA.SET_INFORMATION.Oid == OID_SWITCH_NIC_CONNECT) {
        Finish(module, clone);
        return NDIS_STATUS_NOT_SUPPORTED;
    }\n" faulty "${text}")
  if(faulty STREQUAL text)
    message(FATAL_ERROR "The template has no place for the fault any more.")
  endif()
  file(WRITE ${project}/oid.c "${faulty}")
  run_well("build with a fault" ${CMAKE_COMMAND} --build ${project}/build)
  run("test with a fault" ${CMAKE_CTEST_COMMAND} --test-dir ${project}/build --output-on-failure)
  expect("0% tests passed, 3 tests failed out of 3" "OID-06 broken by extension my_extension")
  if(NOT EXISTS ${project}/build/interlock/found/OID-06)
    message(FATAL_ERROR "The campaign saved no scenario for OID-06:\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
install_and_move()
template_conforms()
fault_is_seen()
