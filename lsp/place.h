/* What the params of a request point at. */
#ifndef HEADWORD_LSP_PLACE_H
#define HEADWORD_LSP_PLACE_H

#include "lsp/server.h"

typedef struct {
    FileId file;              /* NONE when the index does not know the file */
    const Facts *facts;       /* of the file; NULL when file is NONE */
    const Document *document; /* when it is open, else NULL */
    uint32_t offset;          /* of the position, bytes */
    Range name;               /* of the identifier there */
    FileId asked;        /* what is asked about: the identifier, or what binds it in the stead of one in a
                            string annotation: its file */
    uint32_t occurrence; /* and its number; NONE when there is no identifier */
} Place;

/* Reads LSP "TextDocumentIdentifier" at textDocument. False with an error when the params are not right. */
bool place_read_file(const Server *self, const json_t *params, Place *out, RpcError *error);

/* The shape of the place's document; NULL when it is not open, or cannot be read. The caller's to free. */
Shape *place_shape(const Server *self, const Place *place);

/* What stands at a position of a document or file. */
void place_find(const Server *self, Str uri, LspPosition position, Place *out);

/* Reads LSP "TextDocumentPositionParams". */
bool place_read(const Server *self, const json_t *params, Place *out, RpcError *error);

/* The dotted name in the code span at a position of a Markdown document, and the span's range. `name` is a
 * part of the document's text, or empty. False when there is no span. */
bool place_mention(const Server *self, const Place *place, LspPosition position, Str *name, LspRange *range);

/* The identifier's range in the place's file. */
LspRange place_name_range(const Server *self, const Place *place);

/* A range of a file of the index; its URI is appended to `uri`. */
LspRange place_range(const Server *self, FileId file, Range range);
void place_uri(const Server *self, FileId file, StrBuf *uri);

#endif
