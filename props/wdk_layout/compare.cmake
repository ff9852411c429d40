# Compares the layout of our WDK headers with that of mingw-w64, number by number.
#
# cmake -DCLANG=<clang> -DMINGW=<include folder> -DWDK=<our headers> -DHOST=<program>
#       -DLISTS=<this folder> -P compare.cmake
#
# Windows, the extension and the host must agree on every line of the lists. A line that Windows
# lacks stops the comparison: the reference does not compile then.

cmake_minimum_required(VERSION 3.25)

# The constants of a C file as "offset MDL.ByteCount 40" lines.
function(wdk_table result file)
  execute_process(COMMAND ${CLANG} ${ARGN} -w -S -emit-llvm -o - ${LISTS}/${file}
    OUTPUT_VARIABLE text ERROR_VARIABLE errors RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${file} does not compile: ${errors}")
  endif()
  string(REGEX MATCHALL "@\"[^\"]*\" = [a-z_ ]*constant i64 -?[0-9]+" lines "${text}")
  string(REGEX REPLACE "@\"(\\\\01)?([^\"]*)\" = [a-z_ ]*constant i64 (-?[0-9]+)" "\\2 \\3"
    lines "${lines}")
  set(${result} ${lines} PARENT_SCOPE)
endfunction()

function(wdk_compare who)
  set(theirs ${windows})
  set(ours ${ARGN})
  list(REMOVE_ITEM theirs ${ours})
  foreach(line IN LISTS theirs)
    string(REGEX MATCH "^([a-z]+ [^ ]+) (.*)$" matched "${line}")
    set(name "${CMAKE_MATCH_1}")
    set(expected "${CMAKE_MATCH_2}")
    set(found ${ours})
    list(FILTER found INCLUDE REGEX "^${name} ")
    list(TRANSFORM found REPLACE "^.* " "")
    message("${who}: ${name} is ${found}; on Windows it is ${expected}.")
  endforeach()
  list(LENGTH theirs differences)
  list(LENGTH ours compared)
  message("${who}: ${compared} numbers compared, ${differences} differ.")
  set(differ ${differences} PARENT_SCOPE)
endfunction()

set(windows_target --target=x86_64-w64-mingw32 -isystem ${MINGW} -isystem ${MINGW}/ddk
  -D_WIN32_WINNT=0x0602)
wdk_table(windows_switch windows_switch.c ${windows_target})
wdk_table(windows_kernel windows_kernel.c ${windows_target})
wdk_table(windows_net windows_net.c ${windows_target})
wdk_table(driver driver.c -std=gnu11 -fms-extensions -fms-compatibility -mms-bitfields
  -fgnu89-inline -fshort-wchar -DNDIS630=1 -DDBG=1 -I${WDK})

execute_process(COMMAND ${HOST} OUTPUT_VARIABLE host COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${host}" host)
string(REPLACE "\n" ";" host "${host}")

set(windows ${windows_switch} ${windows_kernel} ${windows_net})
list(LENGTH windows compared)
if(compared LESS 1200)
  message(FATAL_ERROR "Only ${compared} numbers of Windows were read; expected 1200 or more.")
endif()

wdk_compare(extension ${driver})
set(differ_in_all ${differ})
wdk_compare(host ${host})
math(EXPR differ_in_all "${differ_in_all} + ${differ}")
if(NOT differ_in_all EQUAL 0)
  message(FATAL_ERROR "The layout of harness/wdk is not that of Windows.")
endif()
