#pragma once

// The subcommands. Each adds itself to the command; chosen, it leaves in `exit` what it ended with.

#include "cli/exit.hpp"

namespace CLI {
class App;
}

namespace interlock::cli {

void add_run(CLI::App& command, Exit& exit);
void add_replay(CLI::App& command, Exit& exit);
void add_switch(CLI::App& command, Exit& exit);
void add_compare(CLI::App& command, Exit& exit);
void add_measure(CLI::App& command, Exit& exit);
void add_campaign(CLI::App& command, Exit& exit);
void add_fuzz(CLI::App& command, Exit& exit);
void add_certify(CLI::App& command, Exit& exit);
void add_check(CLI::App& command, Exit& exit);
void add_export(CLI::App& command, Exit& exit);
void add_import(CLI::App& command, Exit& exit);
void add_join(CLI::App& command, Exit& exit);
void add_rules(CLI::App& command, Exit& exit);
void add_explain(CLI::App& command, Exit& exit);
void add_machines(CLI::App& command, Exit& exit);
void add_prove(CLI::App& command, Exit& exit);
void add_errata(CLI::App& command, Exit& exit);
void add_oids(CLI::App& command, Exit& exit);
void add_ddi(CLI::App& command, Exit& exit);
void add_deviations(CLI::App& command, Exit& exit);
void add_cover(CLI::App& command, Exit& exit);
void add_completion(CLI::App& command, Exit& exit);

}  // namespace interlock::cli
