/* Which files belong to a workspace root. */
#ifndef HEADWORD_INDEX_DISK_WALK_H
#define HEADWORD_INDEX_DISK_WALK_H

#include "base/array.h"
#include "base/str.h"

/* Absolute paths; each is a NUL-terminated string of its own (mem_free). */
typedef Array(char *) Paths;

void paths_release(Paths *self);

/* Appends the regular files under `root`, sorted by bytes: inside a git checkout what
 * `git ls-files --cached --others --exclude-standard` names and still exists, else everything but hidden
 * folders, virtual environments, installed packages, caches and node_modules. Symbolic links are not
 * followed: what they lead to inside the root is found there anyway. An unreadable folder is skipped with a
 * log line. Blocks; touches no shared state. */
void walk_files(const char *root, Paths *out);

/* Keeps of `paths`, which lie under `root`, those that walk_files would find; for a few new files, since it
 * may leave out what git does not know from `root` (files of submodules). */
void walk_filter(const char *root, Paths *paths);

/* The nearest folder at or above `path`'s that holds pyproject.toml, setup.py, setup.cfg or .git: true; else
 * the folder of `path`: false. Appended to `out`. */
bool walk_find_root(Str path, StrBuf *out);

#endif
