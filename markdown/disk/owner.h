/* Whose pages a folder holds. The index.json among them says which project it is about, and which files it
 * has: by that, pages that another repository wrote into the same folder, or into one below it, are told from
 * one's own. */
#ifndef HEADWORD_MARKDOWN_DISK_OWNER_H
#define HEADWORD_MARKDOWN_DISK_OWNER_H

#include "markdown/book.h"

/* Appends the project that the pages in a folder are about, as their index.json spells it; false when there
 * is no index.json of Headword's. */
bool owner_read(const char *folder, StrBuf *project);

/* How sure it is that pages in the out folder whose sources are gone were written for this root. */
typedef enum {
    OWNER_SELF,
    OWNER_UNKNOWN, /* the folder lies outside of the root, and nothing there says */
    OWNER_OTHER,   /* pages may not go there at all */
} Owner;
/* `out` is the absolute out folder. With the reason in `why` for OWNER_OTHER. */
Owner owner_of(const Book *book, Str out, StrBuf *why);

#endif
