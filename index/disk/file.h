/* Reading and writing whole files so that nobody ever sees half of one. */
#ifndef HEADWORD_INDEX_DISK_FILE_H
#define HEADWORD_INDEX_DISK_FILE_H

#include "base/str.h"

/* Appends the file's bytes to `out`. False with a one-line reason in `why` ("too large (50 bytes, the limit
 * is 16)", "open: Permission denied", "not a regular file") and the same in errno (EFBIG: too large) when it
 * cannot be read whole; `limit` 0 means TEXT_LARGEST. Never waits for what is no regular file. */
bool file_read(const char *path, uint64_t limit, StrBuf *out, StrBuf *why);

/* Makes `path` hold exactly `bytes`: written beside it, flushed to the disk, renamed over it; missing folders
 * are made. On failure the old file is untouched, nothing is left behind, and `why` holds the reason. */
bool file_write(const char *path, Str bytes, StrBuf *why);
/* Likewise; a new file and new folders are for the user alone (0600, 0700). */
bool file_write_private(const char *path, Str bytes, StrBuf *why);

/* Makes a file that was not there. False with *exists when there is one of that name, which stays. */
bool file_write_new(const char *path, Str bytes, bool *exists, StrBuf *why);

/* Many files, which are flushed at once: a disk takes about as long for a thousand files as for one. A file
 * that is prepared lies beside its path until it is committed. */
typedef struct {
    char *beside, *path; /* mem_free */
} PreparedFile;
bool file_prepare(const char *path, Str bytes, PreparedFile *out, StrBuf *why);
/* Before any of them is committed. */
bool file_flush_prepared(const PreparedFile *files, uint32_t count, StrBuf *why);
/* Renames the file over its path, or without `replace` drops it, and releases `self`. */
bool file_commit_prepared(PreparedFile *self, bool replace, StrBuf *why);

/* Whether a name is that of a file which file_write began and, its process being gone, will never rename. */
bool file_is_stray(Str name);

/* Makes the folder that `path` lies in, and those above it. */
bool file_make_parents(const char *path, StrBuf *why);
bool file_make_private_parents(const char *path, StrBuf *why);

bool file_exists(const char *path);
bool file_is_folder(const char *path);

#endif
