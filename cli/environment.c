/* `headword environment`: where a server would find the libraries that a repository imports. */
#include "cli/command.h"

#include "index/disk/environment.h"

#include <jansson.h>
#include <stdio.h>

static void print_json(const LibraryFolder *folder) {
    json_t *row = json_pack("{s:s, s:b}", "path", folder->path, "installed", (int)folder->installed);
    command_print_json(row);
}

static void print(const Environment *self, bool as_json) {
    if (!as_json && self->folders.len)
        command_print(stdout, "%s\n", self->origin.len ? self->origin.data : "(no environment)");
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (as_json)
            print_json(&self->folders.items[i]);
        else
            command_print(stdout, "  %s\n", self->folders.items[i].path);
    }
}

int command_environment(int argc, char **argv) {
    static const struct option options[] = {ROOT_OPTIONS, {"json", no_argument, NULL, 'j'}, {0}};
    RepositoryOptions where = {0};
    bool as_json = false;
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        if (c == 'j')
            as_json = true;
        else if (!repository_option(&where, c))
            return EXIT_TROUBLE;
    }
    if (optind != argc) return command_usage("environment");
    Repository repository;
    if (!repository_locate(&repository, &where)) return EXIT_TROUBLE;
    Environment found;
    StrBuf why;
    environment_init(&found);
    buf_init(&why);
    environment_find(&found, str_of(repository.root), str_of(repository.settings.python_environment), &why);
    if (why.len) fprintf(stderr, "headword: %s\n", why.data);
    print(&found, as_json);
    if (found.folders.len == 0)
        fprintf(stderr, "headword: no libraries but Python's own are found for %s\n", repository.root);
    int status = found.folders.len ? EXIT_FINE : EXIT_FINDINGS;
    environment_release(&found);
    buf_release(&why);
    repository_close(&repository);
    return status;
}
