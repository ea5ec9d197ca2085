#include "lsp/workspace.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/texts.h"
#include "lsp/dispatch.h"
#include "lsp/idle.h"
#include "lsp/page_saves.h"
#include "lsp/refresh.h"
#include "lsp/server.h"
#include "lsp/warm.h"

#include <inttypes.h>
#include <stdio.h>

enum { LIBRARY_SLICE = 1000000 }; /* ns that a message may have to wait for libraries */

void workspace_init(Workspace *self) {
    *self = (Workspace){.index = index_new(),
                        .parser = parser_new(),
                        .libraries = libraries_new(STR_NONE, NULL),
                        .sweep = sweep_new()};
}

static void folder_release(Folder *self) { mem_free((char *)self->path.data); }

void workspace_release(Workspace *self) {
    for (uint32_t i = 0; i < self->folders.len; i++) folder_release(&self->folders.items[i]);
    ARRAY_FREE(&self->folders);
    paths_release(&self->late);
    sweep_free(self->sweep);
    mem_free((char *)self->scan_root.data);
    warm_release(self);
    parser_free(self->parser);
    libraries_free(self->libraries);
}

Str workspace_main_root(const Workspace *self) {
    return self->folders.len ? self->folders.items[0].path : STR("");
}

bool workspace_root_of(const Workspace *self, Str path, StrBuf *out) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        const Folder *folder = &self->folders.items[i];
        if (folder->nested || !path_is_under(path, folder->path)) continue;
        buf_append(out, folder->path);
        return true;
    }
    return walk_find_root(path, out);
}

static bool is_nested(const Workspace *self, const Folder *folder) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        const Folder *other = &self->folders.items[i];
        if (other != folder && path_is_under(folder->path, other->path)) return true;
    }
    return false;
}

static bool in_some_root(const Workspace *self, Str path) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (path_is_under(path, self->folders.items[i].path)) return true;
    }
    return false;
}

/* Makes the index's roots those folders that lie in no other. */
static void update_roots(Workspace *self) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        Folder *folder = &self->folders.items[i];
        bool nested = is_nested(self, folder);
        if (nested == folder->nested) continue;
        folder->nested = nested;
        folder->scanned = folder->complete = false;
        if (nested)
            index_remove_root(self->index, folder->path);
        else
            index_add_root(self->index, folder->path);
    }
}

/* Drops the files under a folder, except those of documents and, unless `all`, those that a root still holds;
 * with `all`, those of libraries. */
static void drop_files(Server *server, Str folder, bool all) {
    Workspace *self = &server->workspace;
    for (FileId file = index_file_end(self->index);
         file-- > 0;) { /* the last one is taken away most easily */
        Str path = index_path(self->index, file);
        if (index_stamp(self->index, file) == NULL || !path_is_under(path, folder)) continue;
        if (all ? index_is_library(self->index, file) : in_some_root(self, path)) continue;
        Document *document = documents_find_path(&server->documents, path);
        if (document)
            document->on_disk = false;
        else
            index_update(self->index, path, NULL);
    }
}

static void on_libraries_ready(void *context) {
    Server *server = context;
    if (!server->stopping) idle_continue(server);
}

/* While a scan runs, only what questions ask for: what it has not read yet would be looked for in libraries.
 */
void workspace_load_libraries(Server *server) {
    Workspace *self = &server->workspace;
    LibrariesHandler handler = {server->config.settings.index_max_library_bytes, &server->loop, server,
                                on_libraries_ready};
    if (self->scan) {
        libraries_load_asked(self->libraries, self->index, handler, LIBRARY_SLICE);
    } else if (self->changed) {
        self->changed = libraries_load(self->libraries, self->index, handler, LIBRARY_SLICE);
        self->outgrown |= self->changed;
    }
    dispatch_waiting(server);
    if (self->scan || self->changed || !self->outgrown) return;
    self->outgrown = false;
    refresh_views(server);
}

static void append_environment(Environment *self, Str root, const Settings *settings) {
    StrBuf why;
    buf_init(&why);
    environment_find(self, root, str_of(settings->python_environment), &why);
    if (why.len) log_once(LOG_WARNING, "%s", why.data);
    buf_release(&why);
}

static void renew_libraries(Server *server, const Environment *environment) {
    Workspace *self = &server->workspace;
    libraries_free(self->libraries);
    self->libraries = libraries_new(STR_NONE, &environment->folders);
    libraries_adopt(self->libraries, self->index);
    self->changed = self->outgrown = true;
    idle_continue(server);
}

void workspace_find_libraries(Server *server) {
    Workspace *self = &server->workspace;
    Environment environment;
    environment_init(&environment);
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (!self->folders.items[i].nested)
            append_environment(&environment, self->folders.items[i].path, &server->config.settings);
    }
    if (self->ready && !libraries_are_current(self->libraries, &environment.folders)) {
        log_line(LOG_INFO, "libraries: %s; %u folders",
                 environment.origin.len ? environment.origin.data : "no environment found",
                 environment.folders.len);
        renew_libraries(server, &environment);
    }
    environment_release(&environment);
}

static void scan_next(Server *server);

/* What the disk says of a file; NULL: nothing any more. */
static void on_facts(void *context, Str path, Facts *facts) {
    Server *server = context;
    Document *document = documents_find_path(&server->documents, path);
    server->workspace.changed = server->workspace.outgrown = true;
    if (document) {
        document->on_disk = facts != NULL;
        facts_free(facts);
    } else {
        index_update(server->workspace.index, path, facts);
    }
}

/* Has the modules that an open document imports read before others: what users look at leads there. */
static void want_imports(Server *server, const Document *document) {
    Workspace *self = &server->workspace;
    FileId file = index_find_file(self->index, document->path);
    const Facts *facts = file == NONE ? NULL : index_facts(self->index, file);
    waiting_listen(server, self->nearby);
    for (uint32_t i = 0; facts && i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (import->flags & IMPORT_FROM)
            index_find_module(self->index, file, facts_text(facts, import->module), import->level);
        for (uint32_t n = 0; n < import->names.count && !(import->flags & IMPORT_FROM); n++) {
            const ImportName *name = &facts->import_names.items[import->names.first + n];
            index_find_module(self->index, file, facts_text(facts, name->name), 0);
        }
    }
    waiting_listen(server, NULL);
}

static void want_nearby(Server *server) {
    server->workspace.nearby = scan_want(server->workspace.scan);
    for (uint32_t i = 0; i < server->documents.items.len; i++)
        want_imports(server, &server->documents.items.items[i]);
}

static void on_progress(void *context, ScanProgress progress) {
    Server *server = context;
    if (server->workspace.nearby == NULL) want_nearby(server);
    progress_report(server, progress.done, progress.total);
    dispatch_waiting(server);
}

bool workspace_is_busy(const Workspace *self) { return self->scan || sweep_is_running(self->sweep); }

/* Files that changed while workers ran may have been read by them before they changed. */
static void reread_late(Server *server) {
    Workspace *self = &server->workspace;
    if (workspace_is_busy(self)) return;
    Paths late = self->late;
    self->late = (Paths){0};
    workspace_files_changed(server, &late);
    paths_release(&late);
}

static void on_swept_facts(void *context, Str path, Facts *facts) {
    Server *server = context;
    const Workspace *self = &server->workspace;
    bool counts = in_some_root(self, path) || index_find_file(self->index, path) != NONE;
    if (counts && !self->sweep_outdated)
        on_facts(server, path, facts);
    else
        facts_free(facts); /* the folder was closed meanwhile, or everything is read anew */
}

static void on_same(void *context, Str path, FileStamp stamp) {
    Index *index = ((Server *)context)->workspace.index;
    FileId file = index_find_file(index, path);
    if (file != NONE && index_stamp(index, file)->hash == stamp.hash) index_restamp(index, file, stamp);
}

static void on_swept(void *context) {
    enum { REST = 10 /* times as long as a sweep takes */ };
    Server *server = context;
    Workspace *self = &server->workspace;
    if (server->stopping) return;
    uint64_t now = uv_now(&server->loop);
    self->sweep_rests = now + REST * (now - self->sweep_started);
    fresh_end(server);
    reread_late(server);
    workspace_find_libraries(server);
    if (self->sweep_wanted) workspace_sweep(server);
    idle_continue(server);
    warm_save(server);
}

/* The folder that was read and holds the path, or NULL. */
static const Folder *complete_folder_of(const Workspace *self, Str path) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        const Folder *folder = &self->folders.items[i];
        if (folder->complete && path_is_under(path, folder->path)) return folder;
    }
    return NULL;
}

/* What the index has of the files that a sweep comes by. */
static KnownFiles known_files(const Server *server) {
    const Workspace *self = &server->workspace;
    KnownFiles known = {0};
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        const FileStamp *stamp = index_stamp(self->index, file);
        Str path = index_path(self->index, file);
        bool own = index_is_own(self->index, file), apart = !own && !index_is_library(self->index, file);
        if (stamp == NULL || !(apart || (own && complete_folder_of(self, path)))) continue;
        const Document *document = documents_find_path(&server->documents, path);
        if (document && !document->on_disk) continue;
        ARRAY_PUSH(&known, ((KnownFile){path, *stamp, document != NULL, apart}));
    }
    return known;
}

void workspace_sweep(Server *server) {
    Workspace *self = &server->workspace;
    uint64_t now = uv_now(&server->loop);
    if (server->stopping || workspace_is_busy(self) || (now < self->sweep_rests && !self->sweep_wanted))
        return;
    Paths roots = {0};
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (self->folders.items[i].complete) ARRAY_PUSH(&roots, str_dup(self->folders.items[i].path));
    }
    self->sweep_wanted = self->sweep_outdated = false;
    self->sweep_started = now;
    sweep_start(self->sweep, &server->loop, roots, known_files(server),
                server->config.settings.index_max_file_bytes,
                (SweepHandler){server, on_swept_facts, on_same, on_swept});
}

static void note_complete(Workspace *self) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        Folder *folder = &self->folders.items[i];
        folder->complete |= folder->scanned && str_eq(folder->path, self->scan_root);
    }
}

/* What the cache brought need not be read. */
static bool knows(void *context, Str path) {
    const Index *index = ((const Server *)context)->workspace.index;
    FileId file = index_find_file(index, path);
    return file != NONE && index_is_frozen(index, file);
}

static void on_finished(void *context, ScanProgress progress, bool cancelled) {
    Server *server = context;
    Workspace *self = &server->workspace;
    self->scan = NULL;
    self->nearby = NULL;
    log_line(LOG_INFO, "%.*s: %u of %u files read%s", STR_ARG(self->scan_root), progress.done, progress.total,
             cancelled ? ", cancelled" : "");
    if (!cancelled) note_complete(self);
    if (server->stopping) return;
    mem_trim(); /* of what parsing took */
    char message[64];
    snprintf(message, sizeof message, cancelled ? "cancelled" : "%u files", (unsigned)progress.done);
    progress_finish(server, message);
    reread_late(server);
    scan_next(server);
    waiting_forget_scan(server);
    dispatch_waiting(server);
    workspace_load_libraries(server);
    page_saves_write(server);
    workspace_sweep(server); /* for what changed between being read and now */
}

/* The first root that was not read yet, or NULL. */
static Folder *unread_root(const Workspace *self) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        Folder *folder = &self->folders.items[i];
        if (!folder->nested && !folder->scanned) return folder;
    }
    return NULL;
}

bool workspace_has_unread_root(const Workspace *self) { return unread_root(self) != NULL; }

/* Starts to read the first root that was not read yet; one at a time. */
static void scan_next(Server *server) {
    Workspace *self = &server->workspace;
    for (Folder *folder; self->ready && self->scan == NULL && (folder = unread_root(self));) {
        folder->scanned = true;
        folder->complete = !folder->tried && warm_open(server, folder->path);
        folder->tried = true;
        if (folder->complete) continue;
        mem_free((char *)self->scan_root.data);
        self->scan_root = str_make(str_dup(folder->path), folder->path.len);
        progress_start(server, "Indexing");
        self->scan = scan_start(&server->loop, folder->path, server->config.settings.index_max_file_bytes,
                                (ScanHandler){server, NULL, knows, on_facts, on_progress, on_finished});
    }
}

void workspace_begin(Server *server) {
    server->workspace.ready = true;
    workspace_find_libraries(server);
    scan_next(server);
}

void workspace_stop(Workspace *self) {
    if (self->scan) scan_cancel(self->scan);
}

void workspace_rescan(Server *server) {
    Workspace *self = &server->workspace;
    workspace_stop(self);
    self->sweep_outdated = sweep_is_running(self->sweep);
    for (uint32_t i = 0; i < self->folders.len; i++) {
        self->folders.items[i].scanned = self->folders.items[i].complete = false;
        drop_files(server, self->folders.items[i].path, true);
    }
    scan_next(server);
}

void workspace_add_folder(Server *server, Str path) {
    Workspace *self = &server->workspace;
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (str_eq(self->folders.items[i].path, path)) return;
    }
    ARRAY_PUSH(&self->folders, (Folder){.path = str_make(str_dup(path), path.len), .nested = true});
    update_roots(self);
    workspace_find_libraries(server);
    scan_next(server);
}

void workspace_remove_folder(Server *server, Str path) {
    Workspace *self = &server->workspace;
    for (uint32_t i = 0; i < self->folders.len; i++) {
        Folder removed = self->folders.items[i];
        if (!str_eq(removed.path, path)) continue;
        self->folders.len--;
        memmove(&self->folders.items[i], &self->folders.items[i + 1],
                (self->folders.len - i) * sizeof *self->folders.items);
        if (!removed.nested) index_remove_root(self->index, removed.path);
        if (self->scan && str_eq(self->scan_root, removed.path)) scan_cancel(self->scan);
        update_roots(self);
        drop_files(server, removed.path, false);
        folder_release(&removed);
        workspace_find_libraries(server);
        scan_next(server);
        return;
    }
}

bool workspace_reads(const Document *document) {
    return parser_reads(document->path) || parser_suffix(document->language).len;
}

/* The facts that the index holds for the document, if they came from its syntax. */
static const Facts *last_facts(const Workspace *self, const Document *document) {
    FileId file = index_find_file(self->index, document->path);
    const Facts *held = file == NONE ? NULL : index_facts(self->index, file);
    return held == document->read ? held : NULL;
}

void workspace_reading_path(const Document *document, StrBuf *out) {
    buf_append(out, document->path);
    bool told = parser_reads(document->path) || text_is_read(document->path);
    if (!told) buf_append(out, parser_suffix(document->language));
}

static Facts *document_facts(Workspace *self, Document *document) {
    StrBuf path;
    buf_init(&path);
    workspace_reading_path(document, &path);
    const Facts *last = last_facts(self, document);
    bool exact;
    Facts *facts =
        syntax_facts(document->syntax, self->parser, buf_str(&path), buf_str(&document->text), last, &exact);
    document->patched = last && (document->patched || !exact);
    buf_release(&path);
    return facts;
}

/* Whether the document is too large to be read; the user is told once. */
static bool is_too_large(Server *server, Document *document) {
    uint64_t limit = server->config.settings.index_max_file_bytes;
    bool told = document->too_large;
    document->too_large = document->text.len > limit;
    if (document->too_large && !told) {
        client_log(server, MESSAGE_WARNING, "%.*s: too large to be read (%zu bytes, limit %" PRIu64 ")",
                   STR_ARG(document->path), document->text.len, limit);
    }
    return document->too_large;
}

void workspace_take_facts(Server *server, Document *document, Facts *facts) {
    document->read = facts;
    index_update(server->workspace.index, document->path, facts);
    server->workspace.changed = true;
}

static void refresh(Server *server, Document *document) {
    Workspace *self = &server->workspace;
    document->stale = false;
    if (!workspace_reads(document)) return;
    bool bare = is_too_large(server, document);
    /* without a path no front end reads it: only its lines count */
    Facts *facts = bare ? parser_facts(self->parser, STR_NONE, buf_str(&document->text))
                        : document_facts(self, document);
    workspace_take_facts(server, document, facts);
    if (bare) {
        document->read = NULL;
        document->patched = false;
    }
    if (self->nearby) want_imports(server, document);
}

void workspace_refresh(Server *server) {
    warm_recover(server);
    for (uint32_t i = 0; i < server->documents.items.len; i++) {
        Document *document = &server->documents.items.items[i];
        if (!document->stale) continue;
        refresh(server, document);
        server->workspace.changed = true;
    }
    if (server->workspace.changed) idle_continue(server);
}

void workspace_cover(Server *server, Document *document) {
    if (index_find_file(server->workspace.index, document->path) != NONE) document->on_disk = true;
}

/* Makes the index say of a path that no document hides what the disk says. */
static void read_file(Server *server, const char *path) {
    Workspace *self = &server->workspace;
    Facts *facts =
        scan_file(self->parser, path, server->config.settings.index_max_file_bytes, &(ScanSkips){0});
    index_update(self->index, str_of(path), facts);
    self->changed = self->outgrown = true;
    idle_continue(server);
    if (workspace_is_busy(self)) ARRAY_PUSH(&self->late, str_dup(str_of(path)));
}

void workspace_uncover(Server *server, const Document *document) {
    if (document->on_disk)
        read_file(server, document->path.data);
    else
        index_update(server->workspace.index, document->path, NULL);
}

static void reread(Server *server, Str path) {
    char *name = str_dup(path);
    Document *document = documents_find_path(&server->documents, path);
    if (document)
        document->on_disk = file_exists(name);
    else
        read_file(server, name);
    mem_free(name);
}

/* The new files among `paths` that belong to the folder. */
static void find_new(Workspace *self, Str folder, const Paths *paths, Paths *out) {
    Paths new = {0};
    for (uint32_t i = 0; i < paths->len; i++) {
        Str path = str_of(paths->items[i]);
        if (path_is_under(path, folder) && parser_reads(path) && index_find_file(self->index, path) == NONE)
            ARRAY_PUSH(&new, str_dup(path));
    }
    if (new.len) self->git_is_slow |= !walk_filter(folder.data, &new);
    for (uint32_t i = 0; i < new.len; i++) ARRAY_PUSH(out, new.items[i]);
    ARRAY_FREE(&new);
}

/* Whether the path, which is no file of the index, is or was a folder with files that count. */
static bool is_folder_of_root(const Workspace *self, const char *path) {
    if (!in_some_root(self, str_of(path))) return false;
    bool found = file_is_folder(path);
    if (!found && parser_reads(str_of(path)) && file_exists(path)) return false; /* a new file */
    for (FileId file = 0; !found && file < index_file_end(self->index); file++)
        found = index_stamp(self->index, file) && path_is_under(index_path(self->index, file), str_of(path));
    return found;
}

/* Whether the changes are more than can be dealt with one by one: those of very many files, of folders, and
 * of new files where git takes long. */
static bool are_many(const Workspace *self, const Paths *paths) {
    bool many = paths->len > WALK_FILTER_MOST;
    for (uint32_t i = 0; i < paths->len && !many; i++) {
        bool known = index_find_file(self->index, str_of(paths->items[i])) != NONE;
        many = !known && (self->git_is_slow || is_folder_of_root(self, paths->items[i]));
    }
    return many;
}

static void look_at_all(Server *server) {
    server->workspace.sweep_wanted = true;
    workspace_sweep(server);
}

void workspace_files_changed(Server *server, const Paths *paths) {
    Workspace *self = &server->workspace;
    Paths new = {0};
    if (are_many(self, paths)) {
        look_at_all(server);
        return;
    }
    bool was_slow = self->git_is_slow;
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (!self->folders.items[i].nested) find_new(self, self->folders.items[i].path, paths, &new);
    }
    for (uint32_t i = 0; i < paths->len; i++) {
        Str path = str_of(paths->items[i]);
        if (index_find_file(self->index, path) != NONE) reread(server, path);
    }
    for (uint32_t i = 0; i < new.len; i++) reread(server, str_of(new.items[i]));
    if (self->git_is_slow && !was_slow) look_at_all(server);
    paths_release(&new);
}

void workspace_file_changed(Server *server, Str path) {
    Paths paths = {0};
    ARRAY_PUSH(&paths, str_dup(path));
    workspace_files_changed(server, &paths);
    paths_release(&paths);
}
