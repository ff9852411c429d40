# The checks behind Rooms.cmake. They read its lists and create no target, so that
# cmake/tests/rooms_test.cmake can ask them without a project.

# interlock_room_of(<out> <room or part>): "harness/live" stands in "harness".
function(interlock_room_of out part)
  string(REGEX REPLACE "/.*" "" room "${part}")
  if(NOT room IN_LIST interlock_rooms)
    message(FATAL_ERROR "There is no room ${part}/. See ARCHITECTURE.md, 'Rooms'.")
  endif()
  set(${out} ${room} PARENT_SCOPE)
endfunction()

# interlock_may_use(<out> <who> <used>): TRUE or FALSE, from the lists of Rooms.cmake.
function(interlock_may_use out who used)
  interlock_room_of(who_room ${who})
  interlock_room_of(used_room ${used})

  set(allowed ${interlock_${who_room}_may_use} ${who_room})
  if(DEFINED interlock_${who}_may_use)
    set(allowed ${interlock_${who}_may_use} ${who})
  endif()

  set(${out} FALSE PARENT_SCOPE)
  if(used IN_LIST allowed)
    set(${out} TRUE PARENT_SCOPE)
  elseif(used_room IN_LIST allowed AND NOT used IN_LIST interlock_parts_apart)
    set(${out} TRUE PARENT_SCOPE)
  endif()
endfunction()

# interlock_check_uses(<who> <used>...): stops with a sentence at the first that is not allowed.
function(interlock_check_uses who)
  foreach(used IN LISTS ARGN)
    interlock_may_use(allowed ${who} ${used})
    if(NOT allowed)
      message(FATAL_ERROR "${who}/ may not use ${used}/. See ARCHITECTURE.md, 'Rooms'.")
    endif()
  endforeach()
endfunction()

# interlock_check_links(<who> <outside library>...): the same for libraries that are not ours.
function(interlock_check_links who)
  interlock_room_of(room ${who})
  set(allowed ${interlock_${room}_may_link})
  if(DEFINED interlock_${who}_may_link)
    set(allowed ${interlock_${who}_may_link})
  endif()
  foreach(library IN LISTS ARGN)
    if(NOT library IN_LIST allowed AND NOT library IN_LIST interlock_anybody_may_link)
      message(FATAL_ERROR "${who}/ may not link ${library}. See ARCHITECTURE.md, 'Rooms'.")
    endif()
  endforeach()
endfunction()

# interlock_check_arguments(<function> <who> <unparsed> <sources>): a typing error is no silence.
function(interlock_check_arguments function who unparsed sources)
  if(unparsed)
    message(FATAL_ERROR "${function}(${who}): what is '${unparsed}'?")
  endif()
  if(NOT sources)
    message(FATAL_ERROR "${function}(${who}): SOURCES is missing.")
  endif()
endfunction()
