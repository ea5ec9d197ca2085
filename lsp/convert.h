/* Between the protocol's terms and ours: positions <-> byte offsets, URIs <-> paths. The only place that does
 * it. */
#ifndef HEADWORD_LSP_CONVERT_H
#define HEADWORD_LSP_CONVERT_H

#include "index/text.h"
#include "lsp/documents.h"
#include "protocol/lsp_types.h"

/* The byte that a position means; clamped to its line and to the text. Without the text (data NULL) a column
 * past the end of its line may count the line end. */
uint32_t convert_offset(const Lines *lines, Str text, LspPosition position, Encoding encoding);
LspPosition convert_position(const Lines *lines, uint32_t offset, Encoding encoding);
LspRange convert_range(const Lines *lines, Range range, Encoding encoding);
/* The same for one who asks for many, about in their order: `*place` is where the one before began, at first
 * {0}. */
LspRange convert_range_near(const Lines *lines, Range range, Encoding encoding, LinesPlace *place);

/* Appends the path that a URI stands for: a file's path, else the URI itself. */
void convert_path(StrBuf *out, Str uri);

/* Appends the URI of a path: the client's own spelling when it has the document open. */
void convert_uri(StrBuf *out, Str path, const Documents *documents);

/* LSP "PositionEncodingKind". */
const char *convert_encoding_name(Encoding encoding);
/* False for a name that is not known. */
bool convert_encoding(Str name, Encoding *out);

/* What to count columns in: `wanted` when it names an encoding ("auto" does not), else utf-8 when the client
 * offers it, else the first of its offers that is known, else utf-16. `offers` is general.positionEncodings
 * or NULL. */
Encoding convert_choose_encoding(Str wanted, const json_t *offers);

#endif
