#include "lsp/place.h"

#include "index/resolve.h"
#include "lsp/convert.h"
#include "lsp/pages.h"
#include "markdown/code_span.h"

static void find_file(const Server *self, Str uri, Place *out) {
    *out = (Place){.file = NONE, .asked = NONE, .occurrence = NONE};
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    out->document = documents_find_path(&self->documents, buf_str(&path));
    out->file = index_find_file(self->workspace.index, buf_str(&path));
    if (out->file != NONE) out->facts = index_facts(self->workspace.index, out->file);
    buf_release(&path);
}

bool place_read_file(const Server *self, const json_t *params, Place *out, RpcError *error) {
    Str uri;
    if (!params_str(params, "textDocument.uri", &uri, error)) return false;
    find_file(self, uri, out);
    return true;
}

Shape *place_shape(const Server *self, const Place *place) {
    if (place->document == NULL || place->facts == NULL || place->document->too_large) return NULL;
    StrBuf path;
    buf_init(&path);
    workspace_reading_path(place->document, &path);
    Shape *shape = shape_new(self->workspace.parser, buf_str(&path), buf_str(&place->document->text));
    buf_release(&path);
    return shape;
}

/* A name in a string annotation or in `__all__`. */
static void find_quoted(const Server *self, Place *out) {
    uint32_t quoted = facts_quoted_at(out->facts, out->offset);
    Range exported;
    if (quoted == NONE && resolve_exported(self->workspace.index, out->file, out->offset, &exported,
                                           &out->asked, &out->occurrence)) {
        out->name = exported;
        return;
    }
    if (quoted == NONE ||
        !resolve_quoted(self->workspace.index, out->file, quoted, &out->asked, &out->occurrence))
        return;
    const QuotedName *name = &out->facts->quoted.items[quoted];
    out->name = (Range){name->start, name->start + (uint32_t)facts_name(out->facts, name->name).len};
}

void place_find(const Server *self, Str uri, LspPosition position, Place *out) {
    find_file(self, uri, out);
    if (out->facts == NULL) return;
    Str text = out->document ? buf_str(&out->document->text) : STR_NONE;
    out->offset = convert_offset(&out->facts->lines, text, position, self->encoding);
    out->asked = out->file;
    out->occurrence = facts_occurrence_at(out->facts, out->offset);
    if (out->occurrence == NONE) {
        find_quoted(self, out);
        return;
    }
    const Occurrence *at = &out->facts->occurrences.items[out->occurrence];
    out->name = (Range){at->start, at->start + (uint32_t)facts_name(out->facts, at->name).len};
}

bool place_read(const Server *self, const json_t *params, Place *out, RpcError *error) {
    LspPosition position;
    Str uri;
    if (!params_str(params, "textDocument.uri", &uri, error)) return false;
    if (!params_position(params, "position", &position, error)) return false;
    place_find(self, uri, position, out);
    return true;
}

bool place_mention(const Server *self, const Place *place, LspPosition position, Str *name, LspRange *range) {
    if (place->document == NULL || !pages_is_markdown(place->document)) return false;
    Arena arena;
    Range span;
    Str text = buf_str(&place->document->text);
    arena_init(&arena);
    Lines lines = lines_build(&arena, text);
    bool found = code_span_at(text, convert_offset(&lines, text, position, self->encoding), &span);
    if (found) {
        *name = code_span_name(str_slice(text, span.start, span.end));
        *range = convert_range(&lines, span, self->encoding);
    }
    arena_release(&arena);
    return found;
}

LspRange place_name_range(const Server *self, const Place *place) {
    return convert_range(&place->facts->lines, place->name, self->encoding);
}

LspRange place_range(const Server *self, FileId file, Range range) {
    return convert_range(&index_facts(self->workspace.index, file)->lines, range, self->encoding);
}

void place_uri(const Server *self, FileId file, StrBuf *uri) {
    convert_uri(uri, index_path(self->workspace.index, file), &self->documents);
}
