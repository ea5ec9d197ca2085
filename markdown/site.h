/* What is written once for a whole root. */
#ifndef HEADWORD_MARKDOWN_SITE_H
#define HEADWORD_MARKDOWN_SITE_H

#include "markdown/page.h"

#define SITE(name) void site_##name(const Book *book, PageSink sink);
#include "markdown/site.def"
#undef SITE

#endif
