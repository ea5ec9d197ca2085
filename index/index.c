#include "index/index.h"

#include "index/index_struct.h"

#include "base/path.h"
#include "index/facts_builder.h"
#include "index/name.h"

static uint32_t name_number(Index *self, Str normal) {
    uint32_t number = intern_id(&self->names, normal);
    if (number < self->name_info.len) return number;
    StrBuf scratch;
    buf_init(&scratch);
    ARRAY_PUSH(&self->name_info, (Name){0});
    Str folded = name_folded(normal, &scratch);
    ARRAY_PUSH(&self->masks, name_letters(folded) | name_starts(folded));
    buf_release(&scratch);
    return number;
}

Index *index_new(void) {
    Index *self = mem_calloc(1, sizeof *self);
    intern_init(&self->paths);
    intern_init(&self->names);
    name_number(self, STR("")); /* number 0, as in every file's names */
    return self;
}

static void free_facts(File *file) {
    if (!file->detached) facts_free(file->facts);
    file->facts = NULL;
    file->detached = false;
}

static void drop_file(File *file) { /* without its postings */
    free_facts(file);
    if (!file->lent) mem_free(file->globals);
    file->globals = NULL;
    file->frozen = file->lent = false;
}

static void release_libraries(Index *self) {
    for (uint32_t i = 0; i < self->libraries.len; i++) mem_free(self->libraries.items[i].path);
    ARRAY_FREE(&self->libraries);
}

void index_free(Index *self) {
    if (self == NULL) return;
    for (uint32_t i = 0; i < self->files.len; i++) drop_file(&self->files.items[i]);
    for (uint32_t i = 0; i < self->name_info.len; i++) ARRAY_FREE(&self->name_info.items[i].postings);
    for (uint32_t i = 0; i < self->roots.len; i++) mem_free(self->roots.items[i]);
    release_libraries(self);
    ARRAY_FREE(&self->files);
    ARRAY_FREE(&self->name_info);
    ARRAY_FREE(&self->masks);
    doc_filter_release(&self->docs);
    ARRAY_FREE(&self->documenting);
    ARRAY_FREE(&self->roots);
    intern_release(&self->paths);
    intern_release(&self->names);
    mem_free(self);
}

/* --- roots ------------------------------------------------------------------------------------- */

static uint32_t find_root(const Index *self, Str path) {
    for (uint32_t i = 0; i < self->roots.len; i++) {
        if (str_eq(str_of(self->roots.items[i]), path)) return i;
    }
    return NONE;
}

Str index_root_of(const Index *self, Str path) {
    Str best = STR("");
    for (uint32_t i = 0; i < self->roots.len; i++) {
        Str root = str_of(self->roots.items[i]);
        if (path_is_under(path, root) && root.len > best.len) best = root;
    }
    return best;
}

static void find_own(Index *self, FileId file) {
    File *entry = &self->files.items[file];
    Str path = index_path(self, file);
    size_t root = index_root_of(self, path).len;
    entry->own = root > 0;
    entry->library = false;
    for (uint32_t i = 0; i < self->libraries.len; i++) {
        Str folder = str_of(self->libraries.items[i].path);
        if (!path_is_under(path, folder)) continue;
        entry->library = true;
        entry->own &= !self->libraries.items[i].installed || folder.len <= root;
    }
    entry->library &= !entry->own;
}

static void find_all_own(Index *self) {
    for (FileId file = 0; file < self->files.len; file++) find_own(self, file);
}

void index_add_root(Index *self, Str path) {
    if (find_root(self, path) != NONE) return;
    ARRAY_PUSH(&self->roots, str_dup(path));
    find_all_own(self);
}

void index_remove_root(Index *self, Str path) {
    uint32_t root = find_root(self, path);
    if (root == NONE) return;
    mem_free(self->roots.items[root]);
    for (uint32_t i = root + 1; i < self->roots.len; i++) self->roots.items[i - 1] = self->roots.items[i];
    self->roots.len--;
    find_all_own(self);
}

void index_add_library(Index *self, Str path, bool installed) {
    ARRAY_PUSH(&self->libraries, (Library){str_dup(path), installed});
    find_all_own(self);
}

void index_forget_libraries(Index *self) {
    release_libraries(self);
    find_all_own(self);
}

bool index_is_library(const Index *self, FileId file) { return self->files.items[file].library; }

uint32_t index_root_count(const Index *self) { return self->roots.len; }
Str index_root(const Index *self, uint32_t root) { return str_of(self->roots.items[root]); }

Str index_relative_path(const Index *self, FileId file) {
    Str path = index_path(self, file), root = index_root_of(self, path);
    return root.len ? path_below(path, root) : path;
}

bool index_is_own(const Index *self, FileId file) { return self->files.items[file].own; }
bool index_is_test(const Index *self, FileId file) { return self->files.items[file].test; }

static bool looks_like_test(Str path) {
    return str_find(path, STR("/test/")) != STR_NPOS || str_find(path, STR("/tests/")) != STR_NPOS ||
           str_starts_with(path_name(path), STR("test_"));
}

/* --- files ------------------------------------------------------------------------------------- */

static bool is_lent(const Index *self, uint32_t name) {
    return name < self->lent.names && !self->name_info.items[name].own;
}

/* What is known of a name. */
static Name name_info(const Index *self, uint32_t name) {
    if (!is_lent(self, name)) return self->name_info.items[name];
    const Lent *lent = &self->lent;
    uint32_t start = name ? lent->posting_ends[name - 1] : 0;
    Name info = {.symbols = lent->symbols[name]};
    ARRAY_LEND(&info.postings, lent->postings + start, lent->posting_ends[name] - start);
    return info;
}

/* The same, to be changed. */
static Name *own_name(Index *self, uint32_t name) {
    Name *info = &self->name_info.items[name];
    if (is_lent(self, name)) *info = name_info(self, name);
    info->own = true;
    return info;
}

static Posting make_posting(FileId file, uint32_t local) { return (Posting){file, local & 0xFFFFFFFu, 0}; }

/* Where (file, local) stands or belongs in a list. */
static uint32_t posting_place(const PostingList *list, Posting posting) {
    uint32_t low = 0, high = list->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        Posting other = list->items[middle];
        bool before = other.file != posting.file ? other.file < posting.file : other.name < posting.name;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_posting(PostingList *list, Posting posting) {
    uint32_t place = list->len && list->items[list->len - 1].file < posting.file
                         ? list->len
                         : posting_place(list, posting);
    ARRAY_PUSH(list, posting);
    memmove(list->items + place + 1, list->items + place, (list->len - 1 - place) * sizeof posting);
    list->items[place] = posting;
}

static void remove_posting(PostingList *list, Posting posting) {
    ARRAY_OWN(list);
    uint32_t place = posting_place(list, posting);
    assert(place < list->len);
    memmove(list->items + place, list->items + place + 1, (list->len - 1 - place) * sizeof posting);
    list->len--;
}

static void set_defined(Index *self, uint32_t name, bool defined) {
    uint64_t mask = self->masks.items[name];
    if (defined == ((mask & MASK_DEFINED) != 0)) return;
    ARRAY_OWN(&self->masks);
    self->masks.items[name] = mask ^ MASK_DEFINED;
}

static void set_kind(Posting *posting, uint8_t kind, bool defined) {
    bool first = posting->kind == 0 || kind < posting->kind;
    if (first || !defined) posting->kind = defined ? kind & 15u : 0;
}

/* Counts the file's symbols in or out: `by` is 1 or -1. Postings of the names below `end` are there. */
static void count_symbols(Index *self, FileId id, uint32_t end, int by) {
    const File *file = &self->files.items[id];
    for (uint32_t s = 1; s < file->facts->symbols.count; s++) {
        const Symbol *symbol = &file->facts->symbols.items[s];
        uint32_t local = symbol->name;
        Name *name = own_name(self, file->globals[local]);
        name->symbols += (uint32_t)by;
        set_defined(self, file->globals[local], name->symbols > 0);
        if (local == 0 || local >= end) continue;
        ARRAY_OWN(&name->postings);
        uint32_t place = posting_place(&name->postings, make_posting(id, local));
        set_kind(&name->postings.items[place], symbol->kind, by > 0);
    }
}

/* Takes the file's symbols, and the postings of its names from number `first` on, away. */
static void remove_postings(Index *self, FileId id, uint32_t first) {
    const File *file = &self->files.items[id];
    count_symbols(self, id, first, -1);
    for (uint32_t local = first; local < file->facts->names.count; local++)
        remove_posting(&own_name(self, file->globals[local])->postings, make_posting(id, local));
}

/* The same the other way round; sets `globals` of these names. */
static void add_postings(Index *self, FileId id, uint32_t first) {
    const File *file = &self->files.items[id];
    StrBuf scratch;
    buf_init(&scratch);
    file->globals[0] = 0;
    for (uint32_t local = first; local < file->facts->names.count; local++) {
        uint32_t global = name_number(self, name_normal(facts_name(file->facts, local), &scratch));
        add_posting(&own_name(self, global)->postings, make_posting(id, local));
        file->globals[local] = global;
    }
    count_symbols(self, id, file->facts->names.count, 1);
    buf_release(&scratch);
}

/* How many names, counted from the first, both facts number alike. An edit leaves most of them as they were.
 */
static uint32_t shared_names(const Facts *a, const Facts *b) {
    uint32_t count = a->names.count < b->names.count ? a->names.count : b->names.count, shared = 1;
    while (shared < count && str_eq(facts_name(a, shared), facts_name(b, shared))) shared++;
    return shared;
}

FileId index_add_path(Index *self, Str path) {
    FileId id = intern_id(&self->paths, path);
    while (self->files.len <= id) {
        ARRAY_PUSH(&self->files, (File){.test = looks_like_test(path)});
        find_own(self, self->files.len - 1);
    }
    return id;
}

static void own_globals(File *file) {
    if (!file->lent) return;
    assert(file->facts);
    const uint32_t *lent = file->globals;
    size_t bytes = file->facts->names.count * sizeof *lent;
    file->globals = memcpy(mem_alloc(bytes), lent, bytes);
    file->lent = false;
}

static void note_change(Index *self, File *file) {
    file->frozen = false;
    self->changes++;
}

void index_note_documenting(Index *self, FileId file) {
    const Facts *facts = self->files.items[file].facts;
    bool documents = facts && facts->docs.count > 0;
    uint32_t place = self->documenting.len;
    while (place > 0 && self->documenting.items[place - 1] > file) place--;
    bool listed = place > 0 && self->documenting.items[place - 1] == file;
    if (documents == listed) return;
    if (documents) ARRAY_PUSH(&self->documenting, file);
    FileId *at = self->documenting.items + place;
    uint32_t behind = self->documenting.len - 1 - place;
    if (documents) {
        memmove(at + 1, at, behind * sizeof *at);
        *at = file;
    } else {
        memmove(at - 1, at, (behind + 1) * sizeof *at);
        self->documenting.len--;
    }
}

FileList index_documenting(const Index *self) {
    return (FileList){self->documenting.items, self->documenting.len};
}

FileId index_update(Index *self, Str path, Facts *facts) {
    if (facts == NULL && intern_find(&self->paths, path) == INTERN_NONE) return NONE;
    FileId id = index_add_path(self, path);
    File *file = &self->files.items[id];
    const Facts *before = index_facts(self, id);
    uint32_t kept = before && facts ? shared_names(before, facts) : 1;
    own_globals(file);
    if (before) remove_postings(self, id, kept);
    if (facts) file->globals = mem_realloc(file->globals, facts->names.count * sizeof *file->globals);
    free_facts(file);
    file->revision++;
    note_change(self, file);
    file->facts = facts;
    doc_filter_update(&self->docs, id, facts);
    if (facts)
        add_postings(self, id, kept);
    else
        drop_file(file);
    index_note_documenting(self, id);
    return id;
}

/* A body that is not what it was when it was written says nothing, but its names keep their numbers: the
 * postings hold them. */
static void blank_facts(Index *self, File *file) {
    Facts *blank = facts_new_blank(file->facts->names.count);
    free_facts(file);
    file->facts = blank;
    self->damaged = true;
}

/* Facts of the index's own in the place of those in a snapshot; their body stays there. */
static void attach_facts(Index *self, File *file) {
    if (!file->detached) return;
    Facts *facts = facts_new_attached(file->facts, self->lent.bodies + (uintptr_t)file->facts->body);
    if (facts == NULL) {
        blank_facts(self, file);
        return;
    }
    file->facts = facts;
    file->detached = false;
}

static void check_facts(Index *self, File *file) {
    attach_facts(self, file);
    if (!facts_check(file->facts)) blank_facts(self, file);
}

void index_restamp(Index *self, FileId id, FileStamp stamp) {
    File *file = &self->files.items[id];
    if (stamp.changed == 0) return; /* it would have to be looked at again all the same */
    note_change(self, file);
    attach_facts(self, file);
    file->facts->stamp = stamp;
}

const Facts *index_facts(const Index *self, FileId id) {
    File *file = &self->files.items[id];
    if (file->facts && (file->detached || file->facts->check)) check_facts((Index *)(uintptr_t)self, file);
    return file->facts;
}

bool index_check(Index *self) {
    for (FileId id = 0; id < self->files.len; id++) index_facts(self, id);
    return !self->damaged;
}

bool index_is_damaged(const Index *self) { return self->damaged; }
bool index_is_frozen(const Index *self, FileId id) { return self->files.items[id].frozen; }
uint64_t index_changes(const Index *self) { return self->changes; }

const FileStamp *index_stamp(const Index *self, FileId id) {
    const Facts *facts = self->files.items[id].facts;
    return facts ? &facts->stamp : NULL;
}

uint32_t index_file_end(const Index *self) { return self->files.len; }
uint32_t index_file_revision(const Index *self, FileId file) { return self->files.items[file].revision; }
Str index_path(const Index *self, FileId file) { return intern_str(&self->paths, file); }

FileId index_find_file(const Index *self, Str path) {
    uint32_t id = intern_find(&self->paths, path);
    if (id != INTERN_NONE && self->files.items[id].facts) return id;
    if (self->listener) self->listener->path(self->listener->context, path);
    return NONE;
}

void index_listen(Index *self, const IndexListener *listener) { self->listener = listener; }

void index_tell_name(const Index *self, Str name, bool defined) {
    if (self->listener) self->listener->name(self->listener->context, name, defined);
}

IndexStats index_stats(const Index *self) {
    IndexStats stats = {.held_bytes = self->paths.arena.total + self->names.arena.total};
    for (uint32_t i = 0; i < self->files.len; i++) {
        const Facts *facts = self->files.items[i].facts;
        if (facts == NULL) continue;
        stats.files++;
        stats.symbols += facts->symbols.count - 1;
        stats.occurrences += facts->occurrences.count;
        stats.lines += facts->lines.count;
        stats.source_bytes += facts->lines.len;
        stats.held_bytes += sizeof *facts;
        if (!self->files.items[i].lent)
            stats.held_bytes += facts->body_bytes + facts->names.count * sizeof(uint32_t);
    }
    for (uint32_t i = 0; i < self->name_info.len; i++)
        stats.held_bytes += sizeof(Name) + self->name_info.items[i].postings.cap * sizeof(Posting);
    stats.held_bytes += self->docs.hashes.cap * sizeof(uint16_t) + self->docs.files.cap * sizeof(Slice);
    return stats;
}

/* --- names ------------------------------------------------------------------------------------- */

uint32_t index_name_id(const Index *self, FileId file, uint32_t local) {
    return self->files.items[file].globals[local];
}

uint32_t index_name_end(const Index *self) { return intern_count(&self->names); }
Str index_name(const Index *self, uint32_t name_id) { return intern_str(&self->names, name_id); }

uint32_t index_name_symbols(const Index *self, uint32_t name_id) { return name_info(self, name_id).symbols; }

Postings index_name_postings(const Index *self, uint32_t name_id) {
    PostingList list = name_info(self, name_id).postings;
    return (Postings){list.items, list.len};
}

uint32_t index_find_name(const Index *self, Str name) {
    StrBuf scratch;
    buf_init(&scratch);
    uint32_t id = intern_find(&self->names, name_normal(name, &scratch));
    buf_release(&scratch);
    return id;
}

Postings index_postings(const Index *self, Str name) {
    uint32_t id = index_find_name(self, name);
    return id == NONE ? ((Postings){0}) : index_name_postings(self, id);
}

const DocFilter *index_doc_filter(const Index *self) { return &self->docs; }

uint64_t index_name_mask(const Index *self, uint32_t name_id) { return self->masks.items[name_id]; }

Slice index_posting_symbols(const Index *self, Posting posting) {
    if (posting.kind == 0) return (Slice){0, 0};
    return facts_symbols_named(index_facts(self, posting.file), posting.name);
}

void index_each_symbol_of_name(const Index *self, uint32_t name_id, SymbolVisitor *visit, void *context) {
    Postings postings = index_name_postings(self, name_id);
    for (uint32_t i = 0; i < postings.count; i++) {
        FileId file = postings.items[i].file;
        Slice symbols = index_posting_symbols(self, postings.items[i]);
        for (uint32_t s = 0; s < symbols.count; s++)
            visit(context, (SymbolRef){file, index_facts(self, file)->by_name.items[symbols.first + s]});
    }
}

void index_each_symbol_named(const Index *self, Str name, SymbolVisitor *visit, void *context) {
    index_tell_name(self, name, true);
    uint32_t id = index_find_name(self, name);
    if (id != NONE) index_each_symbol_of_name(self, id, visit, context);
}
