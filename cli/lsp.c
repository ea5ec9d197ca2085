#include "base/log.h"
#include "cli/command.h"
#include "index/disk/sandbox.h"
#include "lsp/server.h"

#include <stdlib.h>

static int serve(ServerOptions options) {
    StrBuf why;
    buf_init(&why);
    bool possible = !options.sandboxed || sandbox_is_possible(&why);
    int status = possible ? server_run(options) : command_fail("lsp: --sandbox: %s", why.data);
    buf_release(&why);
    return status;
}

int command_lsp(int argc, char **argv) {
    enum { STDIO = 1, LOG, PARENT, NO_CACHE, SANDBOX };
    static const struct option options[] = {
        {"stdio", no_argument, NULL, STDIO}, /* the default; clients append it */
        {"log", required_argument, NULL, LOG},
        {"clientProcessId", required_argument, NULL, PARENT},
        {"no-cache", no_argument, NULL, NO_CACHE},
        {"sandbox", no_argument, NULL, SANDBOX},
        {0},
    };
    ServerOptions chosen = {0};
    int option;
    while ((option = command_option(argc, argv, options)) != -1) {
        char *end = NULL;
        switch (option) {
        case STDIO: break;
        case NO_CACHE: chosen.no_cache = true; break;
        case SANDBOX: chosen.sandboxed = true; break;
        case LOG:
            if (!log_open(optarg)) return command_fail("%s: cannot be opened for the log", optarg);
            break;
        case PARENT:
            chosen.parent = strtoll(optarg, &end, 10);
            if (*end || end == optarg || chosen.parent <= 0)
                return command_fail("lsp: --clientProcessId wants a number above 0, not %s", optarg);
            break;
        default: return EXIT_TROUBLE;
        }
    }
    if (optind < argc) return command_usage("lsp");
    return serve(chosen);
}
