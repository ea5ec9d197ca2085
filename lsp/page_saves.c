#include "lsp/page_saves.h"

#include "lsp/idle.h"

enum { SLICE = 20000000 }; /* ns that a message may have to wait for pages */

void page_saves_release(PageSaves *self) {
    for (uint32_t i = 0; i < self->len; i++) mem_free(self->items[i].path);
    ARRAY_FREE(self);
}

static void note(Server *self, Str path, bool all) {
    PageSaves *list = &self->page_saves;
    for (uint32_t i = 0; i < list->len; i++) {
        if (!str_eq(str_of(list->items[i].path), path)) continue;
        list->items[i].all |= all;
        return;
    }
    ARRAY_PUSH(list, ((PageSave){str_dup(path), all}));
}

/* The pages of what a file imports say who uses it: those that are there. */
static void note_imported(Server *self, Str path) {
    const Index *index = self->workspace.index;
    FileId file = index_find_file(index, path);
    const Facts *facts = file != NONE ? index_facts(index, file) : NULL;
    for (uint32_t i = 0; facts && i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        for (uint32_t n = 0; n <= import->names.count; n++) {
            FileId target = relations_import_target(index, file, import, n ? n - 1 : NONE);
            if (target != NONE && index_is_own(index, target)) note(self, index_path(index, target), false);
        }
    }
}

void page_saves_note(Server *self, Str path) {
    Str setting = str_of(self->config.settings.pages_on_save);
    bool all = str_eq(setting, STR("all"));
    if (!all && !str_eq(setting, STR("existing"))) return;
    note(self, path, all);
    note_imported(self, path);
}

void page_saves_note_moved(Server *self, Str path) { note(self, path, false); }

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
    const Document *document = documents_find_path(&self->documents, path);
    if (document && document->patched) return false;
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
