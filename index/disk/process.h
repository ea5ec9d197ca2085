/* Running a program for what it prints. Safe from any thread. */
#ifndef HEADWORD_INDEX_DISK_PROCESS_H
#define HEADWORD_INDEX_DISK_PROCESS_H

#include "base/str.h"

/* Runs `argv` (ends with NULL; argv[0] is looked for along PATH) in `environment` (likewise) with nothing on
 * its standard input, and appends all it prints to `out`. False with a one-line reason in `why` when it
 * cannot be started, fails (then the first line of its standard error) or runs for longer than `patience`
 * milliseconds, after which it is killed. */
bool process_read(char *const argv[], char *const environment[], uint32_t patience, StrBuf *out, StrBuf *why);

#endif
