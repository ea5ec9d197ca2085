/* The workspace's folders as the client names them (LSP "WorkspaceFolder"). */
#ifndef HEADWORD_LSP_FOLDERS_H
#define HEADWORD_LSP_FOLDERS_H

#include "lsp/server.h"

/* Takes the folders from initialize's params: workspaceFolders, else rootUri, else rootPath. */
void folders_read(Server *self, const json_t *params);

/* Without folders from the client, the project around an opened file becomes one. */
void folders_adopt(Server *self, Str path);

/* Lets nothing be written any more but below the folders, where their pages go, and in the caches' folder;
 * false with a reason. To be called before there are other threads than that of the input. */
bool folders_enclose(const Server *self, StrBuf *why);

#endif
