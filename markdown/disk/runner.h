/* Which test runner a repository's own files configure. */
#ifndef HEADWORD_MARKDOWN_DISK_RUNNER_H
#define HEADWORD_MARKDOWN_DISK_RUNNER_H

#include "markdown/run_command.h"

/* The first row that holds of the root's files, or NULL. Static. */
const TestRunner *runner_find(Str root);

#endif
