/* The header of a function that the facts do not know, because what is typed in its body hides it from the
 * parser: its parameters, read off the text. */
#ifndef HEADWORD_INDEX_HEADER_H
#define HEADWORD_INDEX_HEADER_H

#include "index/tokens.h"

typedef struct {
    Str name, type; /* as written; borrowed from the text */
} HeaderParam;

typedef Array(HeaderParam) HeaderParams;

/* Where the function or class begins in whose body the statement at an offset stands, by indentation;
 * UINT32_MAX when it stands in none. */
uint32_t header_around(Str text, uint32_t statement);

/* The parameters of the function whose `def` begins at an offset, as far as they stand on its line; none when
 * it is no function. Appended to `out`. */
void header_params(Str text, uint32_t header, HeaderParams *out);

/* The first byte of the line of an offset, and how many blanks the line begins with, up to the offset. */
uint32_t header_line_start(Str text, uint32_t at);
uint32_t header_indent(Str text, uint32_t at);

#endif
