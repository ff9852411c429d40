# interlock_case_overlay(<target> <folder>...)
#
# Windows finds "NDIS.H" where the file is ndis.h. For each folder a file system overlay for clang
# is written into the build folder, in which the letter case of a name does not matter.
function(interlock_case_overlay target)
  foreach(folder IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH folder NORMALIZE)
    string(MD5 id "${folder}")
    set(overlay ${CMAKE_BINARY_DIR}/case_overlays/${id}.yaml)
    interlock_write_case_overlay(${overlay} "${folder}")
    target_compile_options(${target} PRIVATE "SHELL:-ivfsoverlay \"${overlay}\"")
  endforeach()
endfunction()

# Writes the overlay of one folder, once in a configure however many targets want it.
function(interlock_write_case_overlay overlay folder)
  get_property(written GLOBAL PROPERTY interlock_case_overlays)
  if(overlay IN_LIST written)
    return()
  endif()
  set_property(GLOBAL APPEND PROPERTY interlock_case_overlays ${overlay})

  # Names come from here and not from a list: the tree is somebody else's.
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*")
  set(roots)
  foreach(file IN LISTS files)
    string(TOLOWER "${file}" lower)
    if(lower MATCHES "\\.(h|hh|hpp|hxx|inc|inl|tmh|c|cc|cpp|cxx)$")
      string(REGEX REPLACE "([\"\\\\])" "\\\\\\1" quoted "${file}")
      list(APPEND roots
        "  {\"type\": \"file\", \"name\": \"${quoted}\", \"external-contents\": \"${quoted}\"}")
    endif()
  endforeach()
  list(JOIN roots ",\n" roots)
  file(GENERATE OUTPUT ${overlay}
    CONTENT "{\"version\": 0, \"case-sensitive\": \"false\", \"roots\": [\n${roots}\n]}\n")
endfunction()
