#include "lsp/documents.h"

#include "lsp/convert.h"

/* Replaces an owned string. */
static void str_set(Str *owned, Str s) {
    mem_free((char *)owned->data);
    *owned = str_make(str_dup(s), s.len);
}

static void document_release(Document *self) {
    mem_free((char *)self->uri.data);
    mem_free((char *)self->path.data);
    mem_free((char *)self->language.data);
    buf_release(&self->text);
    syntax_free(self->syntax);
    ARRAY_FREE(&self->tokens);
}

void documents_release(Documents *self) {
    for (uint32_t i = 0; i < self->items.len; i++) document_release(&self->items.items[i]);
    ARRAY_FREE(&self->items);
}

Document *documents_find_path(const Documents *self, Str path) {
    for (uint32_t i = 0; i < self->items.len; i++) {
        if (str_eq(self->items.items[i].path, path)) return &self->items.items[i];
    }
    return NULL;
}

Document *documents_find(const Documents *self, Str uri) {
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    Document *document = documents_find_path(self, buf_str(&path));
    buf_release(&path);
    return document;
}

static Document *add(Documents *self, Str uri) {
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    size_t len = path.len;
    ARRAY_PUSH(&self->items, (Document){.path = {buf_take(&path), len}});
    Document *document = ARRAY_LAST(&self->items);
    buf_init(&document->text);
    document->syntax = syntax_new();
    return document;
}

Document *documents_open(Documents *self, Str uri, Str language, json_int_t version, Str text) {
    Document *document = documents_find(self, uri);
    if (document == NULL) document = add(self, uri);
    str_set(&document->uri, uri);
    str_set(&document->language, language);
    document->read = NULL; /* another language may be read by another front end */
    document->version = version;
    document->stale = true;
    document->revision = ++self->opened << 32;
    buf_clear(&document->text);
    buf_append(&document->text, text);
    return document;
}

void documents_close(Documents *self, Document *document) {
    document_release(document);
    *document = ARRAY_POP(&self->items);
}

/* The bytes that a range means; the wrong way round it is empty. */
static Range bytes_of(const Document *self, const LspRange *range, Encoding encoding) {
    Arena arena;
    arena_init(&arena);
    Str text = buf_str(&self->text);
    Lines lines = lines_build(&arena, text);
    Range bytes = {convert_offset(&lines, text, range->start, encoding),
                   convert_offset(&lines, text, range->end, encoding)};
    arena_release(&arena);
    if (bytes.end < bytes.start) bytes.end = bytes.start;
    return bytes;
}

bool document_change(Document *self, const LspRange *range, Encoding encoding, Str text) {
    Range bytes = {0, (uint32_t)self->text.len};
    if (range) bytes = bytes_of(self, range, encoding);
    if (self->text.len - (bytes.end - bytes.start) + text.len > TEXT_LARGEST) return false;
    buf_replace(&self->text, bytes.start, bytes.end, text);
    self->stale = true;
    self->revision++;
    return true;
}
