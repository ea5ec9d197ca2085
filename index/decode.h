/* Bytes of a file -> UTF-8 text. */
#ifndef HEADWORD_INDEX_DECODE_H
#define HEADWORD_INDEX_DECODE_H

#include "base/str.h"

typedef struct {
    char encoding[32]; /* what was used, lower case: "utf-8", "iso-8859-1" */
    bool bom;          /* a UTF-8 byte order mark was dropped */
    bool lossy;        /* ill-formed bytes or an unknown encoding: U+FFFD stands for what could not be read */
} Decoded;

/* Appends the text of `bytes` to `out`. Follows a byte order mark, else the encoding that the file's front
 * end finds declared (PEP 263 for Python), else UTF-8. Never fails. */
Decoded decode_text(Str path, Str bytes, StrBuf *out);

#endif
