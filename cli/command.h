/* The subcommands of `headword`: one row each in commands.def, one file each in cli/.
 *
 * Exit status of every command: 0 fine, 1 findings (stale pages, no match), 2 wrong usage or failure, with
 * one line on stderr saying what and where. Data goes to stdout, everything else to stderr. */
#ifndef HEADWORD_CLI_COMMAND_H
#define HEADWORD_CLI_COMMAND_H

#include "base/intern.h"
#include "base/str.h"
#include "index/disk/cache.h"
#include "index/disk/settings.h"
#include "index/resolve.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>

enum { EXIT_FINE = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2 };

typedef struct {
    const char *name;
    const char *arguments;             /* "[--root DIR] QUERY" */
    const char *summary;               /* one line */
    const char *help;                  /* options and details, "" when the summary says it all */
    int (*run)(int argc, char **argv); /* argv[0] is the subcommand's name */
} Command;

#define COMMAND(name, arguments, summary, help) int command_##name(int argc, char **argv);
#include "cli/commands.def"
#undef COMMAND

const Command *command_named(Str name);

/* The next option as getopt_long gives it, -1 behind the last. For a wrong one '?', after one line on stderr:
 * the caller ends with EXIT_TROUBLE. */
int command_option(int argc, char **argv, const struct option *options);

/* Both print one line to stderr and return EXIT_TROUBLE. */
int command_usage(const char *name); /* for wrong arguments of a subcommand */
int command_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Which repository, as its options say: every command that reads one takes them. */
typedef struct {
    const char *root; /* NULL: the root around the working folder */
    bool no_cache;
    const char *library_path; /* dotted: libraries are read, as far as own code or this needs them; or NULL */
    bool texts;               /* files that are no sources too, as the setting pages.include says */
    const char *pages_out;    /* NULL: the setting's; no text in it counts */
    const char *set[SETTINGS]; /* by row: "KEY=VALUE", which wins over the repository's; or NULL */
} RepositoryOptions;

enum { OPTION_ROOT = 256, OPTION_SET, OPTION_NO_CACHE };
#define ROOT_OPTIONS                                                                                         \
    {"root", required_argument, NULL, OPTION_ROOT}, { "set", required_argument, NULL, OPTION_SET }
#define REPOSITORY_OPTIONS                                                                                   \
    ROOT_OPTIONS, { "no-cache", no_argument, NULL, OPTION_NO_CACHE }

/* Takes an option. False for another one, and after a message when its value is wrong. */
bool repository_option(RepositoryOptions *self, int option);

/* Prints text of which parts are a stranger's: see buf_append_visible. */
void command_print(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints a value (taken over) as a line of JSON on stdout, with what would command a terminal escaped. */
void command_print_json(json_t *value);

/* A whole repository in memory, for commands that run once. */
typedef struct {
    char *root; /* absolute, normalised */
    Settings settings;
    Index *index;
    Cache cache;     /* that the index lies in */
    bool caches;     /* it may be read and written */
    bool libraries;  /* they are read */
    bool incomplete; /* there are files or folders that could not be read */
    bool saved;      /* the cache was written */
    Interner paths;  /* of all files but pages, whether read or not, when texts were asked for */
} Repository;

/* Finds the root and reads its settings, but no source. False after a message when it is no folder. */
bool repository_locate(Repository *self, const RepositoryOptions *options);
/* The same, and indexes all sources under the root, with a progress bar on stderr when that is a terminal and
 * it takes over a second. False after a message also when a setting makes no sense. */
bool repository_open(Repository *self, const RepositoryOptions *options);
/* The files of the repository, by path. Appended to `out`. */
void repository_files(const Repository *self, FileIds *out);
/* Writes the cache if it has become old. */
void repository_close(Repository *self);

#endif
