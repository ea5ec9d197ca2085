#include "lsp/page_saves.h"

#include "index/uses.h"
#include "lsp/idle.h"

enum { SLICE = 20000000 }; /* ns that a message may have to wait for pages */

void page_saves_release(PageSaves *self) {
    for (uint32_t i = 0; i < self->len; i++) mem_free(self->items[i].path);
    ARRAY_FREE(self);
}

static void note(Server *self, Str path, bool all, bool saved) {
    PageSaves *list = &self->page_saves;
    for (uint32_t i = 0; i < list->len; i++) {
        if (!str_eq(str_of(list->items[i].path), path)) continue;
        list->items[i].all |= all;
        list->items[i].saved |= saved;
        return;
    }
    ARRAY_PUSH(list, ((PageSave){str_dup(path), all, saved}));
}

static void note_target(Server *self, FileId target) {
    const Index *index = self->workspace.index;
    if (target != NONE && index_is_own(index, target)) note(self, index_path(index, target), false, false);
}

/* The pages of what a file imports say who uses it: those that are there. */
static void note_imported(Server *self, FileId file) {
    const Index *index = self->workspace.index;
    const Facts *facts = index_facts(index, file);
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        for (uint32_t n = 0; n <= import->names.count; n++)
            note_target(self, relations_import_target(index, file, import, n ? n - 1 : NONE));
    }
}

/* So do those of what its bodies use, which may be defined behind what it imports. */
static void note_used(Server *self, FileId file) {
    const Index *index = self->workspace.index;
    uint32_t count = index_name_end(index);
    bool *names = mem_alloc(count + 1);
    memset(names, true, count);
    UseFinder *finder = uses_new(index, names);
    Uses uses = {0};
    uses_find(finder, file, &uses);
    for (uint32_t i = 0; i < uses.len; i++) note_target(self, uses.items[i].target.file);
    ARRAY_FREE(&uses);
    uses_free(finder);
    mem_free(names);
}

/* Whether what the index has of it is what it holds. */
static bool is_read(const Server *self, Str path) {
    const Document *document = documents_find_path(&self->documents, path);
    return !document || !document->patched;
}

static void note_related(Server *self) {
    PageSaves *list = &self->page_saves;
    for (uint32_t i = 0; i < list->len; i++) {
        Str path = str_of(list->items[i].path);
        if (!list->items[i].saved || !is_read(self, path)) continue;
        list->items[i].saved = false;
        FileId file = index_find_file(self->workspace.index, path);
        if (file == NONE) continue;
        note_imported(self, file);
        note_used(self, file);
    }
}

void page_saves_note(Server *self, Str path) {
    Str setting = str_of(self->config.settings.pages_on_save);
    bool all = str_eq(setting, STR("all"));
    if (all || str_eq(setting, STR("existing"))) note(self, path, all, true);
}

void page_saves_note_moved(Server *self, Str path) { note(self, path, false, false); }

/* A page that is open is changed through the editor, which may hold edits of it. */
static void put(Server *self, const PageDraft *draft, RpcError *error) {
    bool open = documents_find_path(&self->documents, buf_str(&draft->path)) != NULL;
    if (!open || !self->client.applies_edits || !self->client.document_changes) {
        pages_write(draft, error);
        return;
    }
    json_t *params = json_object();
    json_object_set_new(params, "label", json_string("Update doc page"));
    json_object_set_new(params, "edit", pages_edit_new(self, draft));
    client_request(self, "workspace/applyEdit", params, NULL, NULL);
}

/* Whether the page was written. */
static bool write_page(Server *self, Str path, PageKind kind, bool all) {
    PageDraft draft;
    RpcError error = {0};
    bool wanted = pages_render(self, path, kind, &draft, &error) && (all || draft.exists);
    bool stale = wanted && (draft.state == PAGE_CREATED || draft.state == PAGE_UPDATED);
    if (stale) put(self, &draft, &error);
    if (wanted && draft.state == PAGE_REFUSED)
        rpc_error_set(&error, RPC_REQUEST_FAILED, "%s: %s", draft.path.data, draft.why.data);
    if (wanted && error.code) client_log(self, MESSAGE_WARNING, "%s", error.message);
    bool written = stale && !error.code;
    pages_draft_release(&draft);
    rpc_error_release(&error);
    return written;
}

/* False when that has to wait. */
static bool write_pages(Server *self, const PageSave *save) {
    Str path = str_of(save->path);
    if (!is_read(self, path)) return false;
    bool written = false;
    if (pages_is_source(self, path)) {
        written |= write_page(self, path, PAGE_DOCS, save->all);
        written |= write_page(self, path, PAGE_KW, save->all);
    }
    if (written) pages_note_written(self);
    return true;
}

void page_saves_write(Server *self) {
    PageSaves *list = &self->page_saves;
    if (list->len == 0 || self->workspace.scan || workspace_has_unread_root(&self->workspace)) return;
    workspace_refresh(self);
    note_related(self);
    uint32_t kept = 0;
    uint64_t start = uv_hrtime();
    bool tired = false;
    for (uint32_t i = 0; i < list->len; i++) {
        if (!tired && write_pages(self, &list->items[i]))
            mem_free(list->items[i].path);
        else
            list->items[kept++] = list->items[i];
        tired = uv_hrtime() - start > SLICE;
    }
    list->len = kept;
    if (tired && kept) idle_await(self);
}
