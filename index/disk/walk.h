/* Which files belong to a workspace root. */
#ifndef HEADWORD_INDEX_DISK_WALK_H
#define HEADWORD_INDEX_DISK_WALK_H

#include "base/array.h"
#include "base/str.h"

/* Absolute paths; each is a NUL-terminated string of its own (mem_free). */
typedef Array(char *) Paths;

void paths_release(Paths *self);

/* Appends the regular files under `root`, sorted by bytes. Inside of a git checkout, and in checkouts below
 * `root`, those that `git ls-files --cached --others --exclude-standard` names and that still exist, but for
 * installed packages; outside,
 * and where git does not answer (with a log line), everything but hidden folders, virtual environments,
 * installed packages, caches and node_modules. Symbolic links are not followed: what they lead to inside the
 * root is found there anyway. False when files may be missing: an unreadable folder was skipped (with a log
 * line), or git did not answer. Blocks, for git half a minute at most; touches no shared state. */
bool walk_files(const char *root, Paths *out);

enum { WALK_FILTER_MOST = 256 };

/* Keeps of `paths`, new files under `root`, at most WALK_FILTER_MOST, those that walk_files would find.
 * Leaves out what lies in checkouts below `root`. Blocks, for git a second at most: false when it took
 * longer, and nothing is kept. */
bool walk_filter(const char *root, Paths *paths);

/* The nearest folder at or above `path`'s that holds pyproject.toml, setup.py, setup.cfg or .git: true; else
 * the folder of `path`: false. Appended to `out`. */
bool walk_find_root(Str path, StrBuf *out);

/* Whether a folder of that name is where git keeps a checkout's own files; on disks that ignore case too. */
bool walk_is_git_folder(Str name);

#endif
