#include "lsp/pages.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/stamp.h"
#include "lsp/convert.h"
#include "lsp/diagnostics.h"
#include "lsp/page_texts.h"
#include "markdown/disk/runner.h"
#include "markdown/stamp.h"

const PageCommand page_commands[PAGE_COMMANDS] = {
    {"headword.generatePage", "source.headword.page", "Generate doc page", "Update stale doc page",
     PAGE_TASK_WRITE, PAGE_DOCS},
    {"headword.generateKeywords", "source.headword.keywords", "Generate keyword page",
     "Update stale keyword page", PAGE_TASK_WRITE, PAGE_KW},
    {"headword.previewPage", "source.headword.preview", "Preview doc page", NULL, PAGE_TASK_PREVIEW,
     PAGE_DOCS},
    {"headword.openPage", "source.headword.open", "Open doc page", NULL, PAGE_TASK_OPEN, PAGE_DOCS},
};

const PageCommand *pages_find_command(Str command) {
    for (size_t i = 0; i < PAGE_COMMANDS; i++) {
        if (str_eq(command, str_of(page_commands[i].command))) return &page_commands[i];
    }
    return NULL;
}

/* The folder of the pages as books want it: relative to the root when it lies inside. */
static void append_out_folder(Str root, Str setting, StrBuf *out) {
    StrBuf joined, whole;
    buf_init(&joined);
    buf_init(&whole);
    path_join(&joined, root);
    path_join(&joined, setting);
    path_normalize(&whole, buf_str(&joined));
    buf_append(out, path_below(buf_str(&whole), root));
    buf_release(&joined);
    buf_release(&whole);
}

static const Str suffixes[] = {[PAGE_DOCS] = {"_docs.md", 8}, [PAGE_KW] = {"_kw.md", 6}};

Str pages_suffix(PageKind kind) { return suffixes[kind]; }

bool pages_take_suffix(Str path, Str *stem, PageKind *kind) {
    for (PageKind i = PAGE_DOCS; i <= PAGE_KW; i++) {
        if (!str_ends_with(path, suffixes[i])) continue;
        *stem = str_slice(path, 0, path.len - suffixes[i].len);
        *kind = i;
        return true;
    }
    return false;
}

/* The folder in which the pages of a root lie. */
static void append_out_path(const Server *self, Str root, StrBuf *out) {
    StrBuf folder;
    buf_init(&folder);
    append_out_folder(root, str_of(self->config.settings.pages_out), &folder);
    buf_append(out, root);
    path_join(out, buf_str(&folder));
    buf_release(&folder);
}

bool pages_is_source(const Server *self, Str path) {
    const Index *index = self->workspace.index;
    FileId file = index_find_file(index, path);
    return file != NONE ? index_is_own(index, file) : page_texts_hold(self, path);
}

/* Appends the source of a page under one of the folders, by the page's path without its suffix. */
static bool append_source(const Server *self, Str stem, StrBuf *source) {
    StrBuf out, path;
    bool found = false;
    buf_init(&out);
    buf_init(&path);
    for (uint32_t i = 0; i < self->workspace.folders.len && !found; i++) {
        Str root = self->workspace.folders.items[i].path;
        buf_clear(&out);
        buf_clear(&path);
        append_out_path(self, root, &out);
        if (!path_is_under(stem, buf_str(&out))) continue;
        buf_append(&path, root);
        path_join(&path, path_below(stem, buf_str(&out)));
        found = pages_is_source(self, buf_str(&path));
        if (!found && path.len > 2 && path.data[path.len - 2] == '~') {
            buf_truncate(&path, path.len - 2);
            found = pages_is_source(self, buf_str(&path));
        }
        if (found) buf_append(source, buf_str(&path));
    }
    buf_release(&out);
    buf_release(&path);
    return found;
}

bool pages_find_source(const Server *self, Str path, StrBuf *source, PageKind *page) {
    Str stem;
    PageKind kind;
    if (pages_is_source(self, path)) {
        buf_append(source, path);
        return true;
    }
    bool found = pages_take_suffix(path, &stem, &kind) && append_source(self, stem, source);
    if (found && page) *page = kind;
    return found;
}

/* Appends the suffix of a page; and before it the number that a page bears whose path differs from another's
 * only by case (markdown/book.h), when a page of that name is all there is. */
static void append_suffix(const Server *self, Str source, PageKind kind, size_t start, StrBuf *page) {
    enum { MOST_CLASHES = 3 };
    StrBuf numbered;
    buf_init(&numbered);
    size_t end = page->len;
    buf_append(page, suffixes[kind]);
    bool found = file_exists(page->data + start);
    for (unsigned number = 1; number <= MOST_CLASHES && !found; number++) {
        buf_clear(&numbered);
        buf_printf(&numbered, "%.*s~%u", STR_ARG(source), number);
        buf_truncate(page, end);
        buf_printf(page, "~%u%s", number, suffixes[kind].data);
        found = file_exists(page->data + start) &&
                index_find_file(self->workspace.index, buf_str(&numbered)) == NONE;
    }
    if (!found) {
        buf_truncate(page, end);
        buf_append(page, suffixes[kind]);
    }
    buf_release(&numbered);
}

bool pages_path(const Server *self, Str path, const PageKind *kind, StrBuf *page) {
    StrBuf root;
    buf_init(&root);
    size_t start = page->len;
    bool good = workspace_root_of(&self->workspace, path, &root) && path_is_under(path, buf_str(&root));
    append_out_path(self, buf_str(&root), page);
    good = good && !path_is_under(path, str_from(buf_str(page), start));
    Str below = path_below(path, buf_str(&root));
    good = good && (below.len || !kind); /* an odd client may open the root as a document */
    if (good) path_join(page, below);
    if (good && kind) append_suffix(self, path, *kind, start, page);
    if (!good) buf_truncate(page, start);
    buf_release(&root);
    return good;
}

/* Appends the bytes of a path as the client sees them: an open document's, else the disk's. */
static bool read_current(const Server *self, Str path, StrBuf *out, StrBuf *why) {
    const Document *document = documents_find_path(&self->documents, path);
    if (document) {
        buf_append(out, buf_str(&document->text));
        return true;
    }
    char *name = str_dup(path);
    bool ok = file_read(name, 0, out, why);
    mem_free(name);
    return ok;
}

/* The text of the file that a page is about. */
static bool read_source(const Server *self, Str path, StrBuf *bytes, StrBuf *text, PageText *out,
                        RpcError *error) {
    StrBuf why;
    buf_init(&why);
    bool ok = read_current(self, path, bytes, &why);
    if (!ok) rpc_error_set(error, RPC_REQUEST_FAILED, "%.*s: %s", STR_ARG(path), why.data);
    buf_release(&why);
    if (!ok) return false;
    *out = (PageText){.bytes = buf_str(bytes), .text = buf_str(bytes), .decoded = {.encoding = "utf-8"}};
    if (documents_find_path(&self->documents, path)) return true;
    out->decoded = decode_text(path, buf_str(bytes), text);
    out->text = buf_str(text);
    return true;
}

bool pages_find_docs(const Server *self, Str source, StrBuf *path) {
    static const PageKind docs = PAGE_DOCS;
    size_t start = path->len;
    if (!pages_is_source(self, source) || !pages_path(self, source, &docs, path)) return false;
    bool found = file_exists(path->data + start);
    if (!found) buf_truncate(path, start);
    return found;
}

PageLook pages_look(const Server *self, Str source, PageKind kind) {
    StrBuf path, page, bytes, unread;
    StrBuf *const bufs[] = {&path, &page, &bytes, &unread};
    for (size_t i = 0; i < 4; i++) buf_init(bufs[i]);
    PageLook look = PAGE_LOOK_MISSING;
    Stamp stamp;
    bool intact;
    if (pages_path(self, source, &kind, &path) && read_current(self, buf_str(&path), &page, &unread)) {
        bool known =
            stamp_read(buf_str(&page), &stamp, &intact) && read_current(self, source, &bytes, &unread);
        look = known && stamp.source != stamp_hash(buf_str(&bytes)) ? PAGE_LOOK_CHANGED : PAGE_LOOK_CURRENT;
    }
    for (size_t i = 0; i < 4; i++) buf_release(bufs[i]);
    return look;
}

/* What a draft is made from. */
typedef struct {
    const Server *server;
    PageDraft *draft;
} Drafting;

static void read_existing(void *context, Str path, StrBuf *bytes) {
    Drafting *self = context;
    StrBuf unread;
    buf_init(&unread);
    self->draft->exists = read_current(self->server, path, &self->draft->existing, &unread);
    buf_append(bytes, buf_str(&self->draft->existing));
    buf_release(&unread);
}

/* The settings of the root around a file; its strings are those of `root` and `folder`, which are filled. */
static PageConfig config_of(const Server *self, Str path, StrBuf *root, StrBuf *folder) {
    const Settings *settings = &self->config.settings;
    workspace_root_of(&self->workspace, path, root);
    append_out_folder(buf_str(root), str_of(settings->pages_out), folder);
    PageConfig config = {.root = buf_str(root),
                         .out = buf_str(folder),
                         .project = str_of(settings->pages_project),
                         .runner = runner_find(buf_str(root)),
                         .source_url = str_of(settings->pages_source_url)};
    page_source_parse(str_of(settings->pages_source), &config.source);
    return config;
}

bool pages_stay_inside(const Server *self, Str source, Str page, StrBuf *why) {
    StrBuf root, folder;
    buf_init(&root);
    buf_init(&folder);
    PageConfig config = config_of(self, source, &root, &folder);
    bool inside = publish_stays_inside(&config, page, why);
    buf_release(&root);
    buf_release(&folder);
    return inside;
}

static PageState render_source(Server *self, const PageConfig *config, PageKind kind, Str source,
                               const PageText *text, PageDraft *out) {
    Drafting drafting = {self, out};
    const Index *index = self->workspace.index;
    FileId file = index_find_file(index, source);
    if (file == NONE) {
        buf_append(&out->why, STR("gets no page: git ignores it, or it is binary or generated"));
        return PAGE_FAILED;
    }
    PublishOne request = {file, kind, text, &drafting, read_existing};
    PageState state = publish_one(index, config, &request, &out->path, &out->text, &out->why);
    publish_stays_inside(config, buf_str(&out->path), &out->barred);
    return state;
}

static PageState render_text(Server *self, const PageConfig *config, PageKind kind, Str source,
                             const PageText *text, PageDraft *out) {
    PageTexts texts;
    PageState state = PAGE_FAILED;
    StrBuf folder;
    buf_init(&folder);
    append_out_path(self, config->root, &folder);
    if (page_texts_lend(self, config->root, buf_str(&folder), &texts, &out->why)) {
        PageConfig whole = *config;
        whole.paths = &texts.paths;
        state = render_source(self, &whole, kind, source, text, out);
    }
    page_texts_return(self, &texts);
    buf_release(&folder);
    return state;
}

static PageState render(Server *self, PageKind kind, Str source, const PageText *text, PageDraft *out) {
    StrBuf root, folder;
    buf_init(&root);
    buf_init(&folder);
    PageConfig config = config_of(self, source, &root, &folder);
    bool text_only = page_texts_hold(self, source);
    PageState state = (text_only ? render_text : render_source)(self, &config, kind, source, text, out);
    buf_release(&root);
    buf_release(&folder);
    return state;
}

bool pages_render(Server *self, Str path, PageKind kind, PageDraft *out, RpcError *error) {
    *out = (PageDraft){.state = PAGE_FAILED};
    enum { BUFS = 5 };
    StrBuf *const bufs[BUFS] = {&out->path, &out->text, &out->existing, &out->why, &out->barred};
    for (size_t i = 0; i < BUFS; i++) buf_init(bufs[i]);
    StrBuf source, bytes, decoded;
    buf_init(&source);
    buf_init(&bytes);
    buf_init(&decoded);
    PageText text;
    if (!pages_find_source(self, path, &source, NULL)) {
        rpc_error_set(error, RPC_REQUEST_FAILED, "%.*s is not a source file of an open folder",
                      STR_ARG(path));
    } else if (read_source(self, buf_str(&source), &bytes, &decoded, &text, error)) {
        out->state = render(self, kind, buf_str(&source), &text, out);
        if (out->state == PAGE_FAILED)
            rpc_error_set(error, RPC_REQUEST_FAILED, "%s: %s", source.data, out->why.data);
    }
    buf_release(&source);
    buf_release(&bytes);
    buf_release(&decoded);
    return error->code == 0;
}

bool pages_draft(Server *self, Str uri, PageKind kind, PageDraft *out, RpcError *error) {
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    if (pages_render(self, buf_str(&path), kind, out, error) && out->state == PAGE_REFUSED)
        rpc_error_set(error, RPC_REQUEST_FAILED, "%s: %s", out->path.data, out->why.data);
    buf_release(&path);
    return error->code == 0;
}

void pages_draft_release(PageDraft *self) {
    buf_release(&self->path);
    buf_release(&self->text);
    buf_release(&self->existing);
    buf_release(&self->why);
    buf_release(&self->barred);
}

PageState pages_state(Server *self, Str source, StrBuf *why) {
    static const PageState of_looks[] = {[PAGE_LOOK_MISSING] = PAGE_CREATED,
                                         [PAGE_LOOK_CHANGED] = PAGE_UPDATED,
                                         [PAGE_LOOK_CURRENT] = PAGE_FRESH};
    if (page_texts_hold(self, source)) {
        PageState state = of_looks[pages_look(self, source, PAGE_DOCS)];
        if (state == PAGE_UPDATED) buf_append(why, STR("its source changed"));
        return state;
    }
    PageDraft draft;
    RpcError error = {0};
    pages_render(self, source, PAGE_DOCS, &draft, &error);
    PageState state = draft.state;
    buf_append(why, buf_str(&draft.why));
    pages_draft_release(&draft);
    rpc_error_release(&error);
    return state;
}

bool pages_is_markdown(const Document *document) {
    return str_eq(document->language, STR("markdown")) || str_ends_with(document->path, STR(".md"));
}

bool pages_can_edit(const Client *client) { return client->creates_files || client->document_changes; }

/* LSP "CreateFile". Without options: ignoreIfExists makes Neovim create nothing at all. */
static json_t *create_new(Str uri) {
    json_t *create = json_object();
    json_object_set_new(create, "kind", json_string("create"));
    json_object_set_new(create, "uri", json_from_str(uri));
    return create;
}

/* LSP "TextDocumentEdit" of a whole text; the null version fits any. */
static json_t *replace_new(Str uri, LspRange range, Str text) {
    json_t *document = json_object(), *edit = json_object(), *edits = json_array(), *result = json_object();
    json_object_set_new(document, "uri", json_from_str(uri));
    json_object_set_new(document, "version", json_null());
    json_object_set_new(edit, "range", json_from_range(range));
    json_object_set_new(edit, "newText", json_from_str(text));
    json_array_append_new(edits, edit);
    json_object_set_new(result, "textDocument", document);
    json_object_set_new(result, "edits", edits);
    return result;
}

static LspRange whole_range(Str text, Encoding encoding) {
    Arena arena;
    arena_init(&arena);
    Lines lines = lines_build(&arena, text);
    LspRange range = convert_range(&lines, (Range){0, (uint32_t)text.len}, encoding);
    arena_release(&arena);
    return range;
}

/* Whether the folder of a page has to be made by us before the client can fill the page. Neovim 0.7, which
 * announces no documentChanges, makes files but no folders. */
static bool needs_folder(const Client *client, const PageDraft *draft) {
    return !draft->exists && !(client->creates_files && client->document_changes);
}

bool pages_lacks_folder(const Server *self, const PageDraft *draft) {
    Str folder = path_parent(buf_str(&draft->path));
    char *name = str_dup(folder);
    bool lacks = needs_folder(&self->client, draft) && !file_is_folder(name);
    mem_free(name);
    return lacks;
}

void pages_make_folder(const Server *self, const PageDraft *draft) {
    if (!needs_folder(&self->client, draft) || draft->barred.len) return;
    StrBuf why;
    buf_init(&why);
    if (!file_make_parents(draft->path.data, &why))
        log_line(LOG_WARNING, "%s: %s", draft->path.data, why.data);
    buf_release(&why);
}

/* Clients that make files but announce no documentChanges are Neovim: it ends each line it saves, so that a
 * text put into a new buffer must come without its last line end. */
static Str new_text(const Server *self, Str text) {
    bool ends_lines = self->client.creates_files && !self->client.document_changes;
    return ends_lines && str_ends_with(text, STR("\n")) ? str_slice(text, 0, text.len - 1) : text;
}

static void add_creation(const Server *self, const PageDraft *draft, Str uri, json_t *changes) {
    if (self->client.creates_files) json_array_append_new(changes, create_new(uri));
    json_array_append_new(changes, replace_new(uri, (LspRange){0}, new_text(self, buf_str(&draft->text))));
}

json_t *pages_uri_new(const Server *self, const PageDraft *draft) {
    StrBuf uri;
    buf_init(&uri);
    convert_uri(&uri, buf_str(&draft->path), &self->documents);
    json_t *result = json_from_str(buf_str(&uri));
    buf_release(&uri);
    return result;
}

json_t *pages_edit_new(const Server *self, const PageDraft *draft) {
    StrBuf uri;
    buf_init(&uri);
    convert_uri(&uri, buf_str(&draft->path), &self->documents);
    json_t *changes = json_array();
    if (!draft->exists) {
        add_creation(self, draft, buf_str(&uri), changes);
    } else if (draft->state != PAGE_FRESH) {
        LspRange range = whole_range(buf_str(&draft->existing), self->encoding);
        json_array_append_new(changes, replace_new(buf_str(&uri), range, buf_str(&draft->text)));
    }
    buf_release(&uri);
    json_t *edit = json_object();
    json_object_set_new(edit, "documentChanges", changes);
    return edit;
}

bool pages_write(const PageDraft *draft, RpcError *error) {
    if (draft->state == PAGE_FRESH) return true;
    if (draft->barred.len) {
        rpc_error_set(error, RPC_REQUEST_FAILED, "%s", draft->barred.data);
        return false;
    }
    StrBuf why;
    buf_init(&why);
    bool ok = file_write(draft->path.data, buf_str(&draft->text), &why);
    if (!ok) rpc_error_set(error, RPC_REQUEST_FAILED, "%s: %s", draft->path.data, why.data);
    buf_release(&why);
    return ok;
}

json_t *pages_show_new(Str uri) {
    json_t *params = json_object();
    json_object_set_new(params, "uri", json_from_str(uri));
    json_object_set_new(params, "takeFocus", json_true());
    return params;
}

void pages_note_written(Server *self) {
    const Settings *settings = &self->config.settings;
    if (settings->code_lens_pages && self->client.refreshes_lenses)
        client_request(self, "workspace/codeLens/refresh", NULL, NULL, NULL);
    if (settings->diagnostics_pages) diagnostics_renew(self);
}
