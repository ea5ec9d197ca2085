/* The stamp at the end of a page: by it Headword knows its own pages, and whether a person edited them.
 *
 * "headword format=1 source=<hash> page=<hash>", hashes as 16 hexadecimal digits (XXH3, 64 bits). The page's
 * hash covers the lines above the stamp but for blank ones and kept blocks (`<!-- headword:keep NAME -->` up
 * to
 * `<!-- headword:end -->`, outside of fences). *
 * A file that is no Markdown bears "headword format=1 page=<hash>" in one of its first lines; the hash covers
 * what follows that line. */
#ifndef HEADWORD_MARKDOWN_STAMP_H
#define HEADWORD_MARKDOWN_STAMP_H

#include "base/array.h"
#include "base/str.h"

typedef struct {
    uint64_t source, page;
} Stamp;

/* Appends the text of the stamp for a page made from `source`; `above` is the page up to the stamp. */
void stamp_append(StrBuf *out, Str source, Str above);

/* Appends the line `before`, the stamp, `after`, and then `below`: a file that is no Markdown. */
void stamp_append_above(StrBuf *out, Str before, Str after, Str below);

/* Finds the last stamp of a page; false when there is none. *intact: the page above it is as it was written.
 */
bool stamp_read(Str page, Stamp *out, bool *intact);

/* Finds the last kept block of a page: its first line. *ended: it has an end; only the last can lack one. */
bool stamp_find_kept(Str page, Str *line, bool *ended);

/* Appends `page` to `out` with the kept blocks of `old` put back in place: behind the line that they stood
 * behind, else below the heading that they stood under, else at the end. */
void stamp_keep_blocks(Str old, Str page, StrBuf *out);

#endif
