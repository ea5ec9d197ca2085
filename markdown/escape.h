/* Escaping for Markdown (GFM), by the place where bytes stand: text, table cell, link text, code span, link
 * target.
 *
 * As little as possible is escaped, so that clients which show Markdown raw stay readable: a delimiter gets
 * its backslash only where it would otherwise mean something. Ill-formed UTF-8 and NUL become U+FFFD. */
#ifndef HEADWORD_MARKDOWN_ESCAPE_H
#define HEADWORD_MARKDOWN_ESCAPE_H

#include "base/str.h"

/* What decides about a piece of text besides the text itself. */
typedef struct {
    bool line_start; /* the piece begins a line of its block */
    bool in_cell;
    bool in_link;
    bool in_span;    /* between strong or emphasis marks */
    uint8_t openers; /* delimiters left unescaped earlier in the block that a later one could pair with */
} Escaper;

/* Appends `line` (no line ends in it) as text. */
void escape_text(Escaper *self, Str line, StrBuf *out);

/* Appends a code span that holds exactly `text`, line ends as spaces; nothing when it is empty. */
void escape_code(const Escaper *self, Str text, StrBuf *out);

/* Appends `line` as it is, but for ill-formed bytes and NUL. */
void escape_verbatim(Str line, StrBuf *out);

/* Appends `value` for an HTML attribute in double quotes. */
void escape_attribute(Str value, StrBuf *out);

/* Appends `path` percent-encoded for a link target; "/" and unreserved ASCII stay. */
void url_append_path(Str path, StrBuf *out);

/* Appends `address`, a URL that somebody wrote, with what could end a link target percent-encoded. */
void url_append_address(Str address, StrBuf *out);

/* Length of the longest run of backticks. */
size_t longest_backticks(Str text);

#endif
