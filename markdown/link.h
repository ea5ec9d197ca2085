/* Where links lead, whether what libraries say is told, and whose signatures are shown: all in which a hover
 * card and a page differ. */
#ifndef HEADWORD_MARKDOWN_LINK_H
#define HEADWORD_MARKDOWN_LINK_H

#include "index/index.h"

/* Both functions append a URL to `url` and return true, or return false when there is nothing to link to.
 * They are called from many threads at once. */
typedef struct {
    bool (*symbol)(const void *context, SymbolRef ref, StrBuf *url);
    /* Lines are 1-based; `last` may equal `first`. */
    bool (*source)(const void *context, FileId file, uint32_t first, uint32_t last, StrBuf *url);
    const void *context;
    bool libraries; /* pages say nothing that depends on what is installed */
    bool typed;     /* a signature is that of the stub; pages show it as written, and the stub's besides */
} Linker;

/* Links nothing (plain text). */
Linker linker_none(void);

/* Links symbols and sources to file:// URIs with a line fragment (`file:///x/y.py#L12`), for editors. */
Linker linker_file(const Index *index);

#endif
