#include "lsp/previews.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/cache.h"
#include "index/disk/file.h"
#include "index/disk/stamp.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "protocol/uri.h"

enum { MOST_PREVIEWS = 16 };

static const Str scheme = {"headword:", 9}, file_scheme = {"file://", 7};

json_t *previews_capability(const Server *self) {
    return self->client.text_contents ? json_pack("{s:[s]}", "schemes", "headword") : NULL;
}

static void release_preview(Preview *self) {
    mem_free((char *)self->source.data);
    mem_free((char *)self->uri.data);
    mem_free(self->file);
}

void previews_release(Previews *self) {
    for (uint32_t i = 0; i < self->len; i++) release_preview(&self->items[i]);
    ARRAY_FREE(self);
}

static Str own(Str s) { return str_make(str_dup(s), s.len); }

/* The preview of that URI; the oldest makes room for a new one. */
static Preview *preview_of(Server *self, Str uri, Str source, PageKind kind) {
    Previews *list = &self->previews;
    for (uint32_t i = 0; i < list->len; i++) {
        if (str_eq(list->items[i].uri, uri)) return &list->items[i];
    }
    if (list->len == MOST_PREVIEWS) {
        release_preview(&list->items[0]);
        memmove(list->items, list->items + 1, --list->len * sizeof *list->items);
    }
    ARRAY_PUSH(list, ((Preview){.uri = own(uri), .source = own(source), .kind = kind}));
    return ARRAY_LAST(list);
}

static uint64_t revision_of(const Server *self, Str source) {
    const Document *document = documents_find_path(&self->documents, source);
    return document ? document->revision : 0;
}

/* Where a preview lies that the client cannot ask for. */
static bool append_cache_path(Str source, PageKind kind, StrBuf *out) {
    if (!cache_folder(out)) return false;
    path_join(out, STR("previews"));
    buf_printf(out, "/%016llx/", (unsigned long long)stamp_hash(source));
    buf_append(out, path_name(source));
    buf_append(out, pages_suffix(kind));
    return true;
}

static bool write_file(const char *path, Str text, RpcError *error) {
    StrBuf why;
    buf_init(&why);
    bool good = file_write(path, text, &why);
    if (!good) rpc_error_set(error, RPC_REQUEST_FAILED, "%s: %s", path, why.data);
    buf_release(&why);
    return good;
}

/* "headword:" and the path of the source with the page's suffix. */
static void append_uri(Str source, PageKind kind, StrBuf *out) {
    StrBuf path, uri;
    buf_init(&path);
    buf_init(&uri);
    buf_append(&path, source);
    buf_append(&path, pages_suffix(kind));
    uri_from_path(&uri, buf_str(&path));
    buf_append(out, scheme);
    buf_append(out, str_from(buf_str(&uri), file_scheme.len));
    buf_release(&path);
    buf_release(&uri);
}

/* The source of a preview's URI; false when it is none of ours. */
static bool read_uri(const Server *self, Str uri, StrBuf *source, PageKind *kind) {
    StrBuf file;
    Str stem;
    buf_init(&file);
    buf_append(&file, file_scheme);
    buf_append(&file, str_from(uri, scheme.len));
    bool good = str_starts_with(uri, scheme) && uri_to_path(buf_str(&file), source) &&
                pages_take_suffix(buf_str(source), &stem, kind);
    if (good) buf_truncate(source, stem.len);
    buf_release(&file);
    return good && pages_is_source(self, buf_str(source));
}

bool previews_page_path(const Server *self, Str uri, StrBuf *path) {
    StrBuf source;
    PageKind kind;
    buf_init(&source);
    bool good = read_uri(self, uri, &source, &kind);
    for (uint32_t i = 0; i < self->previews.len && !good; i++) {
        const Preview *preview = &self->previews.items[i];
        good = str_eq(preview->uri, uri);
        kind = preview->kind;
        if (good) buf_append(&source, preview->source);
    }
    good = good && pages_path(self, buf_str(&source), &kind, path);
    buf_release(&source);
    return good;
}

/* A text was given to the client, which wants to be told when it changes if it announced that it can be. */
static void note_shown(Server *self, Str uri, Str source, PageKind kind, Str text) {
    if (!self->client.text_contents) return;
    Preview *preview = preview_of(self, uri, source, kind);
    preview->revision = revision_of(self, source);
    preview->shown = stamp_hash(text);
}

json_t *previews_content(Server *self, const json_t *params, RpcError *error) {
    Str uri;
    PageKind kind;
    StrBuf source;
    PageDraft draft;
    json_t *result = NULL;
    if (!params_str(params, "uri", &uri, error)) return NULL;
    buf_init(&source);
    if (!read_uri(self, uri, &source, &kind)) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "uri: %.*s is not the preview of a source file",
                      STR_ARG(uri));
        buf_release(&source);
        return NULL;
    }
    if (pages_render(self, buf_str(&source), kind, &draft, error)) {
        note_shown(self, uri, buf_str(&source), kind, buf_str(&draft.text));
        result = json_object();
        json_object_set_new(result, "text", json_from_str(buf_str(&draft.text)));
    }
    pages_draft_release(&draft);
    buf_release(&source);
    return result;
}

static json_t *begin_file(Server *self, Str source, const PageDraft *draft, PageKind kind, RpcError *error) {
    StrBuf path, uri;
    json_t *result = NULL;
    buf_init(&path);
    buf_init(&uri);
    if (!append_cache_path(source, kind, &path)) {
        rpc_error_set(error, RPC_REQUEST_FAILED, "there is no cache folder: HOME is not set");
    } else if (write_file(path.data, buf_str(&draft->text), error)) {
        uri_from_path(&uri, buf_str(&path));
        Preview *preview = preview_of(self, buf_str(&uri), source, kind);
        preview->revision = revision_of(self, source);
        preview->shown = stamp_hash(buf_str(&draft->text));
        mem_free(preview->file);
        preview->file = str_dup(buf_str(&path));
        result = json_from_str(buf_str(&uri));
    }
    buf_release(&path);
    buf_release(&uri);
    return result;
}

json_t *previews_begin(Server *self, Str uri, PageKind kind, RpcError *error) {
    StrBuf path, source, preview;
    PageDraft draft;
    json_t *result = NULL;
    buf_init(&path);
    buf_init(&source);
    buf_init(&preview);
    convert_path(&path, uri);
    if (pages_render(self, buf_str(&path), kind, &draft, error)) {
        pages_find_source(self, buf_str(&path), &source, NULL);
        append_uri(buf_str(&source), kind, &preview);
        result = self->client.text_contents ? json_from_str(buf_str(&preview))
                                            : begin_file(self, buf_str(&source), &draft, kind, error);
    }
    pages_draft_release(&draft);
    buf_release(&path);
    buf_release(&source);
    buf_release(&preview);
    return result;
}

/* Shows the text if it is another one than before. The client asks for it when the preview is still open. */
static void renew_text(Server *self, Preview *preview, Str text) {
    RpcError error = {0};
    if (stamp_hash(text) == preview->shown) return;
    preview->shown = stamp_hash(text);
    if (!preview->file)
        client_request(self, "workspace/textDocumentContent/refresh",
                       json_pack("{s:o}", "uri", json_from_str(preview->uri)), NULL, NULL);
    else if (!write_file(preview->file, text, &error))
        log_line(LOG_WARNING, "%s", error.message);
    rpc_error_release(&error);
}

void previews_renew(Server *self) {
    for (uint32_t i = 0; i < self->previews.len; i++) {
        Preview *preview = &self->previews.items[i];
        const Document *document = documents_find_path(&self->documents, preview->source);
        uint64_t revision = document ? document->revision : 0;
        if (revision == preview->revision || (document && document->patched)) continue;
        preview->revision = revision;
        RpcError error = {0};
        PageDraft draft;
        workspace_refresh(self);
        if (pages_render(self, preview->source, preview->kind, &draft, &error))
            renew_text(self, preview, buf_str(&draft.text));
        pages_draft_release(&draft);
        rpc_error_release(&error);
    }
}
