/* The inline markup of docstrings: code in backticks, reST roles, Epytext's C{code}, *emphasis*, **strong**,
 * links, and names that lead to definitions. */
#ifndef HEADWORD_MARKDOWN_MARKUP_H
#define HEADWORD_MARKDOWN_MARKUP_H

#include "markdown/web_targets.h"
#include "markdown/writer.h"

/* Where names lead. */
typedef struct {
    /* Appends the address of what a dotted name means to `url`, or returns false. May be NULL. */
    bool (*find)(void *context, Str name, StrBuf *url);
    void *context;
    const WebTargets *targets; /* what phrases like `see there`_ may lead to; or NULL */
} NameFinder;

/* Writes docstring text inside the open paragraph, item or cell. Every word of it appears. `names` may be
 * NULL. */
void markup_write_names(Writer *out, Str text, const NameFinder *names);
static inline void markup_write(Writer *out, Str text) { markup_write_names(out, text, NULL); }

/* The same between strong or emphasis marks: only code is markup there. */
void markup_write_codes(Writer *out, Str text, const NameFinder *names);

/* Whether a reST role, with or without "py:" before it, names something of Python's. */
bool markup_is_python_role(Str role);

/* Writes a name or type as a code span that leads to what it means, where that is known. */
void markup_write_name(Writer *out, Str name, const NameFinder *names);

#endif
