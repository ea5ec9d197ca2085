/* Where the mentions of a text file lead: other files, headings, symbols of the sources. */
#ifndef HEADWORD_MARKDOWN_TEXT_LINKS_H
#define HEADWORD_MARKDOWN_TEXT_LINKS_H

#include "markdown/page_parts.h"

typedef enum {
    LINK_UNCHECKED, /* leads out of the repository, or into what is not known of it */
    LINK_FILE,      /* `file` of the book, and `symbol` there unless it is 0 */
    LINK_FOLDER,    /* `folder` of the book */
    LINK_NO_PAGE,   /* a file that is there, but has no page */
    LINK_NO_FILE,
    LINK_NO_HEADING, /* `file` is there, the heading is not */
} LinkState;

typedef struct {
    LinkState state;
    uint32_t file;   /* in the book */
    uint32_t symbol; /* of that file */
    uint32_t folder; /* in the book */
} LinkTarget;

/* What a MENTION_LINK or MENTION_FILE leads to. */
LinkTarget text_link_target(const Page *page, const Mention *mention);

/* What a MENTION_NAME or MENTION_OBJECT means, if exactly one definition of the repository can be meant. */
bool text_find_symbol(const Page *page, const Mention *mention, SymbolRef *out);

#endif
