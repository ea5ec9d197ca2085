/* Text files that are no sources, for as long as one of their pages is asked for.
 *
 * A server keeps none of them (index/texts.h). What a text's page says depends on which other texts there
 * are and what they hold: so all that `headword pages` would read of a root are read, or taken from open
 * documents, when somebody asks, lent to the index, and taken out again before anything else is answered. */
#ifndef HEADWORD_LSP_PAGE_TEXTS_H
#define HEADWORD_LSP_PAGE_TEXTS_H

#include "base/intern.h"
#include "index/resolve.h"
#include "lsp/server.h"

/* Whether a file is a text that gets pages, by its path. */
bool page_texts_hold(const Server *server, Str path);

typedef struct {
    Interner paths; /* of all files of the root outside of the folder of pages, absolute */
    FileIds files;  /* that were lent */
} PageTexts;

/* Lends those of a root to the index. False with the reason in `why` when they cannot be listed quickly; to
 * be given back in any case. */
bool page_texts_lend(Server *server, Str root, Str pages_folder, PageTexts *out, StrBuf *why);
void page_texts_return(Server *server, PageTexts *self);

#endif
