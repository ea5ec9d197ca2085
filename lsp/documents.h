/* The documents that the client has open (LSP "Text Document Synchronization").
 *
 * An open document hides the file of its path. A document is known by the path that its URI decodes to, so
 * different spellings of one URI mean the same document; answers use the client's spelling. Documents of
 * other schemes ("untitled:") are known by their URI, which serves as their path. */
#ifndef HEADWORD_LSP_DOCUMENTS_H
#define HEADWORD_LSP_DOCUMENTS_H

#include "base/array.h"
#include "index/parse.h"
#include "protocol/lsp_types.h"

/* Semantic tokens as LSP encodes them: five numbers each. */
typedef Array(uint32_t) TokenData;

typedef struct {
    Str uri;      /* as the client spelled it; owned */
    Str path;     /* owned */
    Str language; /* LSP language identifier; owned */
    json_int_t version;
    StrBuf text;        /* UTF-8 */
    uint64_t revision;  /* of the text; no two texts of a session have the same */
    uint64_t settled;   /* the last revision that a whole reading was begun of */
    Syntax *syntax;     /* what the next edit need not read again; owned */
    const Facts *read;  /* made from `syntax`, NULL when they were not; to be compared only */
    TokenData tokens;   /* what the client was told last */
    uint32_t tokens_id; /* the number it knows them by; 0 before it asked */
    bool patched;   /* read edit by edit through a broken text: may differ from what a whole reading gives */
    bool too_large; /* to be read, which the user was told */
    bool stale;     /* the text has changed since its facts were made */
    bool on_disk;   /* the file it hides belongs to the workspace; closing brings it back */
    bool to_report; /* its diagnostics have to be sent */
    bool reported;  /* the client shows diagnostics for it */
} Document;

typedef struct {
    Array(Document) items;
    uint64_t opened; /* how many so far */
} Documents;

void documents_release(Documents *self);

/* Opens a document; one that is open already is replaced. Borrowed until another is opened or closed. */
Document *documents_open(Documents *self, Str uri, Str language, json_int_t version, Str text);

/* The open document, or NULL. */
Document *documents_find(const Documents *self, Str uri);
Document *documents_find_path(const Documents *self, Str path);

/* Closes one of the documents. */
void documents_close(Documents *self, Document *document);

/* Replaces a range of the text (NULL: all of it); positions out of range are clamped. False, without a
 * change, when the text would become longer than TEXT_LARGEST. */
bool document_change(Document *self, const LspRange *range, Encoding encoding, Str text);

#endif
