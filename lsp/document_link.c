/* LSP "textDocument/documentLink" in Markdown documents: relative links, which lead from a preview to where
 * they lead from the page, and code spans that name symbols. */
#include "base/path.h"
#include "index/disk/file.h"
#include "index/mention.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/pages.h"
#include "lsp/place.h"
#include "lsp/previews.h"
#include "markdown/check_links.h"
#include "markdown/code_span.h"
#include "markdown/link.h"
#include "protocol/uri.h"

enum { MOST_SPANS = 5000 /* of one document that are looked up */ };

typedef struct {
    const Server *server;
    Str text, folder; /* `folder` is what links are relative to */
    Lines lines;
    json_t *links;
} Linking;

static void add(const Linking *self, Range range, Str target) {
    json_t *link = json_object();
    json_object_set_new(link, "range",
                        json_from_range(convert_range(&self->lines, range, self->server->encoding)));
    json_object_set_new(link, "target", json_from_str(target));
    json_array_append_new(self->links, link);
}

/* A relative target: only what is there is linked. */
static void add_target(void *context, Range range, Str path) {
    Linking *self = context;
    StrBuf full, whole, uri;
    StrBuf *const bufs[] = {&full, &whole, &uri};
    for (size_t i = 0; i < 3; i++) buf_init(bufs[i]);
    path_join(&full, self->folder);
    path_join(&full, path);
    path_normalize(&whole, buf_str(&full));
    if (file_exists(whole.data)) {
        Str target = str_slice(self->text, range.start, range.end);
        size_t fragment = str_find_byte(target, '#');
        convert_uri(&uri, buf_str(&whole), &self->server->documents);
        if (fragment != STR_NPOS) buf_append(&uri, str_from(target, fragment));
        add(self, range, buf_str(&uri));
    }
    for (size_t i = 0; i < 3; i++) buf_release(bufs[i]);
}

static void add_spans(Linking *self) {
    const Index *index = self->server->workspace.index;
    Linker linker = linker_file(index);
    CodeSpans spans = {.text = self->text, .rest = self->text};
    Range whole, span;
    SymbolRefs symbols = {0};
    StrBuf url;
    buf_init(&url);
    for (int looked = 0; looked < MOST_SPANS && code_span_next(&spans, &whole, &span);) {
        Str name = code_span_name(str_slice(self->text, span.start, span.end));
        if (name.len == 0) continue;
        looked++;
        symbols.len = 0;
        buf_clear(&url);
        mention_find(index, name, &symbols);
        if (symbols.len == 1 && linker.symbol(linker.context, symbols.items[0], &url))
            add(self, span, buf_str(&url));
    }
    ARRAY_FREE(&symbols);
    buf_release(&url);
}

json_t *document_link(Server *self, const json_t *params, RpcError *error) {
    Str uri;
    if (!params_str(params, "textDocument.uri", &uri, error)) return NULL;
    const Document *document = documents_find(&self->documents, uri);
    json_t *links = json_array();
    if (document == NULL || !pages_is_markdown(document)) return links;
    StrBuf path;
    Arena arena;
    buf_init(&path);
    arena_init(&arena);
    if (!previews_page_path(self, document->uri, &path)) buf_append(&path, document->path);
    Linking linking = {self, buf_str(&document->text), path_parent(buf_str(&path)),
                       lines_build(&arena, buf_str(&document->text)), links};
    links_each(linking.text, add_target, &linking);
    add_spans(&linking);
    arena_release(&arena);
    buf_release(&path);
    return links;
}

json_t *document_link_capability(const Server *self) {
    (void)self;
    return json_object();
}
