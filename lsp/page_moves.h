/* Pages go with their sources when an editor renames or deletes files (LSP "workspace/willRenameFiles",
 * "willDeleteFiles", "didRenameFiles", "didDeleteFiles").
 *
 * A client that applies such edits is given them before it happens, to be confirmed where it can ask for
 * that. For others the server moves and removes the pages afterwards, and asks first. What a person edited is
 * never removed, and nothing is moved over a page that is there. */
#ifndef HEADWORD_LSP_PAGE_MOVES_H
#define HEADWORD_LSP_PAGE_MOVES_H

#include "lsp/server.h"

/* Files were renamed or deleted: `files` is the list of LSP "FileRename" or "FileDelete". */
void page_moves_follow(Server *self, const json_t *files);

#endif
