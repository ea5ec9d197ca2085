#include "base/log.h"
#include "cli/command.h"
#include "lsp/server.h"

#include <stdlib.h>

int command_lsp(int argc, char **argv) {
    enum { STDIO = 1, LOG, PARENT, NO_CACHE };
    static const struct option options[] = {
        {"stdio", no_argument, NULL, STDIO}, /* the default; clients append it */
        {"log", required_argument, NULL, LOG},     {"clientProcessId", required_argument, NULL, PARENT},
        {"no-cache", no_argument, NULL, NO_CACHE}, {0},
    };
    int64_t parent = 0;
    bool no_cache = false;
    int option;
    while ((option = command_option(argc, argv, options)) != -1) {
        char *end = NULL;
        switch (option) {
        case STDIO: break;
        case NO_CACHE: no_cache = true; break;
        case LOG:
            if (!log_open(optarg)) return command_fail("%s: cannot be opened for the log", optarg);
            break;
        case PARENT:
            parent = strtoll(optarg, &end, 10);
            if (*end || end == optarg || parent <= 0)
                return command_fail("lsp: --clientProcessId wants a number above 0, not %s", optarg);
            break;
        default: return EXIT_TROUBLE;
        }
    }
    if (optind < argc) return command_usage("lsp");
    return server_run(parent, no_cache);
}
