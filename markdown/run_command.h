/* How tests are run, where the repository's own configuration says so. */
#ifndef HEADWORD_MARKDOWN_RUN_COMMAND_H
#define HEADWORD_MARKDOWN_RUN_COMMAND_H

#include "markdown/page_parts.h"

/* A runner that some file configures (markdown/disk/runner.h). */
typedef struct TestRunner {
    const char *config;  /* the file, relative to the root */
    const char *mark;    /* what a line of it begins with; NULL: that it is there is enough */
    const char *command; /* "pytest" */
    enum { RUNS_ALL, RUNS_PATHS, RUNS_MODULES } takes; /* what the command is given to run less than all */
} TestRunner;

/* A paragraph with the command that runs these test files (numbers in the book), or all below a folder;
 * nothing when no runner is configured. */
void run_command_write_files(Page *page, const uint32_t *files, uint32_t count);
void run_command_write_folder(Page *page, uint32_t folder);

#endif
