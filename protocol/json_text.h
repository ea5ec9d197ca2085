/* JSON written as text, for answers so large that building them as values first would take too long. */
#ifndef HEADWORD_PROTOCOL_JSON_TEXT_H
#define HEADWORD_PROTOCOL_JSON_TEXT_H

#include "protocol/lsp_types.h"

/* Each appends one JSON value. Ill-formed UTF-8 in a string becomes U+FFFD. */
void json_text_str(StrBuf *out, Str s);
void json_text_number(StrBuf *out, uint32_t number);
void json_text_range(StrBuf *out, LspRange range);
void json_text_location(StrBuf *out, Str uri, LspRange range);
/* Its two parts: the first is the same for all places in a document. */
void json_text_location_start(StrBuf *out, Str uri);
void json_text_location_end(StrBuf *out, LspRange range);
void json_text_value(StrBuf *out, const json_t *value);

/* Appends JSON as it stands. */
#define json_text_raw(out, literal) buf_append(out, STR(literal))

#endif
