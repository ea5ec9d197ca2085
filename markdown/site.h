/* What is written once for a whole root. */
#ifndef HEADWORD_MARKDOWN_SITE_H
#define HEADWORD_MARKDOWN_SITE_H

#include "markdown/page.h"

#define SITE(name) void site_##name(const Book *book, PageSink sink);
#include "markdown/site.def"
#undef SITE

/* The project's name, as index.json spells it: with its quotes. */
void site_json_append_project(const Book *book, StrBuf *out);
/* The same out of the bytes of an index.json; nothing when it is none. */
Str site_json_project(Str file);
/* Whether the bytes of an index.json list a source that the book has, or one of both has none: else it is of
 * another repository, whatever its name. */
bool site_json_shares_sources(Str file, const Book *book);

#endif
