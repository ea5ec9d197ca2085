#include "lsp/page_texts.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/scan.h"
#include "index/texts.h"
#include "lsp/pages.h"

static TextKinds wanted_kinds(const Server *server) {
    StrBuf why;
    TextKinds kinds = 0;
    buf_init(&why);
    text_kinds_parse(str_of(server->config.settings.pages_include), &kinds, &why); /* else none */
    buf_release(&why);
    return kinds;
}

/* By its name alone. */
static bool is_text(const Server *server, TextKinds kinds, Str path) {
    return text_kinds_hold(kinds, path) && !parser_reads(path) && text_fitness(path, STR("")) == TEXT_FIT &&
           index_find_file(server->workspace.index, path) == NONE;
}

bool page_texts_hold(const Server *server, Str path) {
    StrBuf page;
    buf_init(&page);
    bool held = pages_path(server, path, NULL, &page) && is_text(server, wanted_kinds(server), path);
    if (held && !documents_find_path(&server->documents, path)) {
        char *c_path = str_dup(path);
        held = file_exists(c_path) && !file_is_folder(c_path);
        mem_free(c_path);
    }
    buf_release(&page);
    return held;
}

/* NULL: not to be read by people. */
static Facts *facts_of(Server *server, const char *path) {
    const Document *document = documents_find_path(&server->documents, str_of(path));
    ScanSkips skips = {0};
    if (document == NULL)
        return scan_file(server->workspace.parser, path, server->config.settings.index_max_file_bytes,
                         &skips);
    Str text = buf_str(&document->text);
    return text_fitness(str_of(path), text) == TEXT_FIT ? text_facts(str_of(path), text) : NULL;
}

bool page_texts_lend(Server *server, Str root, Str pages_folder, PageTexts *out, StrBuf *why) {
    *out = (PageTexts){0};
    intern_init(&out->paths);
    if (server->workspace.git_is_slow) {
        buf_append(why, STR("git takes too long to list the files; `headword pages` can wait for it"));
        return false;
    }
    Paths paths = {0};
    TextKinds kinds = wanted_kinds(server);
    char *c_root = str_dup(root);
    walk_files(c_root, &paths);
    mem_free(c_root);
    for (uint32_t i = 0; i < paths.len; i++) {
        Str path = str_of(paths.items[i]);
        if (path_is_under(path, pages_folder)) continue;
        intern_id(&out->paths, path);
        Facts *facts = is_text(server, kinds, path) ? facts_of(server, paths.items[i]) : NULL;
        if (facts) ARRAY_PUSH(&out->files, index_update(server->workspace.index, path, facts));
    }
    paths_release(&paths);
    return true;
}

void page_texts_return(Server *server, PageTexts *self) {
    Index *index = server->workspace.index;
    while (self->files.len) { /* the last one is taken away most easily */
        FileId file = ARRAY_POP(&self->files);
        index_update(index, index_path(index, file), NULL);
    }
    ARRAY_FREE(&self->files);
    intern_release(&self->paths);
}
