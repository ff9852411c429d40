# What `cmake --install` puts where. Nothing in it names the build or the source folder, so the
# installed tree may be moved as a whole.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(interlock_cmake_to ${CMAKE_INSTALL_LIBDIR}/cmake/Interlock)
set(interlock_bundled_to lib/interlock/extensions)  # cli/extensions.cpp looks there.
set(interlock_wdk_to ${CMAKE_INSTALL_INCLUDEDIR}/interlock/wdk)
set(interlock_corpus_to ${CMAKE_INSTALL_DATADIR}/interlock/corpus)
set(interlock_bundled capture pass_through vlan_acl broadcast_pacer forwarder)

install(TARGETS interlock RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ${interlock_bundled} LIBRARY DESTINATION ${interlock_bundled_to})
install(DIRECTORY harness/wdk/ DESTINATION ${interlock_wdk_to} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY corpus/ DESTINATION ${interlock_corpus_to})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES README.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY harness/extensions/template
        DESTINATION ${CMAKE_INSTALL_DATADIR}/interlock)

configure_package_config_file(cmake/InterlockConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/InterlockConfig.cmake
  INSTALL_DESTINATION ${interlock_cmake_to}
  PATH_VARS interlock_wdk_to interlock_corpus_to CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/InterlockConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/InterlockConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/InterlockConfigVersion.cmake
    cmake/InterlockExtension.cmake cmake/InterlockExtensionTests.cmake cmake/CaseOverlay.cmake
  DESTINATION ${interlock_cmake_to})

# Debug information names the folders of the build, and is most of the bytes.
if(CMAKE_STRIP)
  set(stripped ${CMAKE_INSTALL_BINDIR}/interlock)
  foreach(extension IN LISTS interlock_bundled)
    list(APPEND stripped ${interlock_bundled_to}/${extension}.so)
  endforeach()
  install(CODE "foreach(file IN ITEMS ${stripped})
    execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-debug
      \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/\${file}\" COMMAND_ERROR_IS_FATAL ANY)
  endforeach()")
endif()
