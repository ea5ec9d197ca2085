/* Pages shown while their sources are being edited, without being written to the repository.
 *
 * Clients that ask for texts of a scheme (LSP "workspace/textDocumentContent") are given "headword:" URIs:
 * that of the page with the scheme replaced, as if it lay beside its source. Others are shown a file in the
 * cache folder. */
#ifndef HEADWORD_LSP_PREVIEWS_H
#define HEADWORD_LSP_PREVIEWS_H

#include "lsp/pages.h"

/* Prepares the preview of a page of the document of a URI; its own URI, or NULL with an error. */
json_t *previews_begin(Server *self, Str uri, PageKind kind, RpcError *error);

/* Appends where the page would lie that a preview shows; false when the URI is none of a preview. */
bool previews_page_path(const Server *self, Str uri, StrBuf *path);

/* Renews what previews show of documents that have changed since. */
void previews_renew(Server *self);

void previews_release(Previews *self);

#endif
