# Rooms: who may use whom, and which outside library may stand where.
#
# The whole architecture, in a few lines. ARCHITECTURE.md, 'Rooms', says why.

set(interlock_rooms model harness fuzz reports props cli)

set(interlock_model_may_use)
set(interlock_model/smt_may_use model)
set(interlock_model/stories_may_use model)
set(interlock_harness_may_use   model)
set(interlock_reports_may_use   model)
set(interlock_fuzz_may_use      model harness)
set(interlock_props_may_use     model model/smt harness fuzz reports)
set(interlock_cli_may_use       model model/smt harness fuzz reports props)

set(interlock_model_may_link     Boost::headers)
set(interlock_model/smt_may_link PkgConfig::z3)
set(interlock_harness_may_link   Boost::headers Boost::context interlock::wdk)
set(interlock_fuzz_may_link      interlock::libfuzzer interlock::afl)
set(interlock_reports_may_link   nlohmann_json::nlohmann_json fmt::fmt)
set(interlock_props_may_link     rapidcheck rapidcheck_gtest GTest::gtest GTest::gmock
                                 PkgConfig::z3 benchmark::benchmark interlock::wdk)
set(interlock_cli_may_link       CLI11::CLI11 PkgConfig::libdw PkgConfig::nettle)

# What most files of a room include besides the language's own: see ParsedOnce.cmake.
set(interlock_model_parses   boost/mp11/algorithm.hpp boost/mp11/list.hpp)
set(interlock_reports_parses fmt/format.h fmt/ranges.h)

# A room may use the parts of a room that it may use ("harness/live"), but not these:
# they are used only by those whose list names them.
set(interlock_parts_apart model/smt)

# What belongs to the system and not to a room.
set(interlock_anybody_may_link Threads::Threads dl)

include(${CMAKE_CURRENT_LIST_DIR}/RoomChecks.cmake)
if(NOT CMAKE_SCRIPT_MODE_FILE)
  include(${CMAKE_CURRENT_LIST_DIR}/RoomTargets.cmake)
endif()
