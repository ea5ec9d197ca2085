/* Files that change on the disk (LSP "workspace/didChangeWatchedFiles", "workspace/didRenameFiles" and its
 * kin). */
#ifndef HEADWORD_LSP_WATCH_H
#define HEADWORD_LSP_WATCH_H

#include "lsp/server.h"

/* Asks the client to watch the files we read, where it can; anew when the folders have changed. */
void watch_register(Server *self);

/* A file was saved or changed: reads what depends on it. */
void watch_file_changed(Server *self, Str path);

#endif
