#include "index/snapshot.h"

#include "base/path.h"
#include "index/index_struct.h"

#include <xxhash.h>

enum {
    FLUSH = 1 << 18, /* bytes that go to the sink at once */
    NAMES_AT_ONCE = 1 << 14,
};

/* The tables: TABLE(name, type of its items). `ends` are those of the items of the table behind. */
#define TABLES(TABLE)                                                                                        \
    TABLE(KEY, char)                                                                                         \
    TABLE(HEADS, Facts) /* detached, by file; `body` is an offset into the snapshot */                       \
    TABLE(PATH_ENDS, uint32_t)                                                                               \
    TABLE(PATHS, char)                                                                                       \
    TABLE(GLOBALS, uint32_t) /* of one file behind the other */                                              \
    TABLE(DOC_FILES, Slice)  /* this and DOC_HASHES: of a DocFilter */                                       \
    TABLE(DOC_HASHES, uint16_t)                                                                              \
    TABLE(NAME_ENDS, uint32_t)                                                                               \
    TABLE(NAMES, char)                                                                                       \
    TABLE(TAGS, uint32_t) /* this and SLOTS: of an interner */                                               \
    TABLE(SLOTS, uint32_t)                                                                                   \
    TABLE(SYMBOLS, uint32_t) /* by name: how many bear it */                                                 \
    TABLE(MASKS, uint64_t)                                                                                   \
    TABLE(POSTING_ENDS, uint32_t)                                                                            \
    TABLE(POSTINGS, Posting)

enum {
#define TABLE(name, type) TABLE_##name,
    TABLES(TABLE)
#undef TABLE
        TABLE_COUNT
};

static const size_t item_sizes[TABLE_COUNT] = {
#define TABLE(name, type) sizeof(type),
    TABLES(TABLE)
#undef TABLE
};

typedef struct {
    uint64_t at, count; /* offset into the snapshot; items */
} Place;

/* The last bytes of a snapshot. */
typedef struct {
    Place tables[TABLE_COUNT];
    uint64_t start;        /* of the tables; before it lie the bodies */
    uint64_t end;          /* of the tables, where this footer begins */
    uint64_t check;        /* XXH3 of the tables */
    uint64_t footer_check; /* XXH3 of what stands before */
    char magic[8];
} Footer;

static const char magic[8] = "headword";

/* --- freezing ----------------------------------------------------------------------------------- */

struct Freeze {
    const Index *index;
    char *key;
    SnapshotSink sink;
    uint64_t changes;     /* the index's at the start */
    FileId next;          /* to be written */
    uint32_t *files;      /* by FileId: the number in the snapshot, or NONE */
    uint32_t *numbers;    /* by name's number in the index: that in the snapshot, or NONE */
    Interner names;       /* as in the snapshot */
    uint32_t numbered;    /* names that have their number */
    uint32_t *symbols;    /* by name's number in the index: how many symbols bear it */
    Array(Facts) heads;   /* by number in the snapshot */
    StrBuf pending;       /* for the sink */
    uint64_t at;          /* bytes so far */
    XXH3_state_t *hashed; /* tables so far; NULL before */
    uint32_t stage;       /* of `stages`, to come */
    Footer footer;
    bool failed;
};

static bool is_wanted(const Index *index, FreezeScope scope, FileId file) {
    if (index->files.items[file].facts == NULL) return false;
    return path_is_under(index_path(index, file), scope.root) ||
           (scope.libraries && index_is_library(index, file));
}

Freeze *freeze_new(const Index *index, FreezeScope scope, Str key, SnapshotSink sink) {
    Freeze *self = mem_calloc(1, sizeof *self);
    self->index = index;
    self->key = str_dup(key);
    self->sink = sink;
    self->changes = index->changes;
    self->files = mem_alloc(index->files.len * sizeof *self->files);
    self->numbers = mem_alloc(index->name_info.len * sizeof *self->numbers);
    intern_init(&self->names);
    self->symbols = mem_calloc(index->name_info.len, sizeof *self->symbols);
    for (FileId file = 0, next = 0; file < index->files.len; file++)
        self->files[file] = is_wanted(index, scope, file) ? next++ : NONE;
    buf_init(&self->pending);
    return self;
}

void freeze_free(Freeze *self) {
    if (self == NULL) return;
    XXH3_freeState(self->hashed);
    buf_release(&self->pending);
    ARRAY_FREE(&self->heads);
    mem_free(self->files);
    mem_free(self->numbers);
    intern_release(&self->names);
    mem_free(self->symbols);
    mem_free(self->key);
    mem_free(self);
}

FreezeCount freeze_count(const Index *index, FreezeScope scope) {
    FreezeCount count = {0};
    for (FileId file = 0; file < index->files.len; file++) {
        if (!is_wanted(index, scope, file)) continue;
        count.files++;
        count.changed += !index->files.items[file].frozen && index_stamp(index, file)->hash;
    }
    return count;
}

static void flush(Freeze *self) {
    if (self->hashed) XXH3_64bits_update(self->hashed, self->pending.data, self->pending.len);
    if (!self->failed) self->failed = !self->sink.write(self->sink.context, buf_str(&self->pending));
    buf_clear(&self->pending);
}

static void emit(Freeze *self, const void *bytes, size_t len) {
    buf_append(&self->pending, str_make(bytes, len));
    self->at += len;
    if (self->pending.len >= FLUSH) flush(self);
}

static void freeze_file(Freeze *self, FileId file) {
    const Facts *facts = index_facts(self->index, file);
    const uint32_t *globals = self->index->files.items[file].globals;
    for (uint32_t s = 1; s < facts->symbols.count; s++)
        self->symbols[globals[facts->symbols.items[s].name]]++;
    Facts head;
    facts_detach(facts, &head);
    head.body = (const char *)(uintptr_t)self->at;
    head.check = XXH3_64bits(facts->body, facts->body_bytes);
    ARRAY_PUSH(&self->heads, head);
    emit(self, facts->body, facts->body_bytes);
}

static void align(Freeze *self) {
    static const char zeros[8];
    emit(self, zeros, (size_t)(-self->at & 7));
}

static void begin_table(Freeze *self, int table) {
    align(self);
    self->footer.tables[table].at = self->at;
}

static void end_table(Freeze *self, int table) {
    self->footer.tables[table].count = (self->at - self->footer.tables[table].at) / item_sizes[table];
}

static void emit_table(Freeze *self, int table, const void *items, size_t count) {
    begin_table(self, table);
    emit(self, items, count * item_sizes[table]);
    end_table(self, table);
}

/* Two tables: the texts one behind the other, and before them their ends. */
static void emit_texts(Freeze *self, int ends, int texts, const Str *items, uint32_t count) {
    begin_table(self, ends);
    for (uint32_t i = 0, end = 0; i < count; i++) {
        end += (uint32_t)items[i].len;
        emit(self, &end, sizeof end);
    }
    end_table(self, ends);
    begin_table(self, texts);
    for (uint32_t i = 0; i < count; i++) emit(self, items[i].data, items[i].len);
    end_table(self, texts);
}

static bool emit_docs(Freeze *self) {
    const DocFilter *docs = &self->index->docs;
    Array(Slice) files = {0};
    begin_table(self, TABLE_DOC_HASHES);
    for (FileId file = 0, end = 0; file < docs->files.len; file++) {
        Slice slice = docs->files.items[file];
        if (self->files[file] == NONE) continue;
        emit(self, docs->hashes.items + slice.first, slice.count * sizeof *docs->hashes.items);
        ARRAY_PUSH(&files, (Slice){end, slice.count});
        end += slice.count;
    }
    end_table(self, TABLE_DOC_HASHES);
    emit_table(self, TABLE_DOC_FILES, files.items, files.len);
    ARRAY_FREE(&files);
    return true;
}

static bool emit_files(Freeze *self) {
    const Index *index = self->index;
    Array(Str) paths = {0};
    for (FileId file = 0; file < index->files.len; file++) {
        if (self->files[file] != NONE) ARRAY_PUSH(&paths, index_path(index, file));
    }
    emit_table(self, TABLE_HEADS, self->heads.items, self->heads.len);
    emit_texts(self, TABLE_PATH_ENDS, TABLE_PATHS, paths.items, paths.len);
    ARRAY_FREE(&paths);
    begin_table(self, TABLE_GLOBALS);
    for (FileId file = 0; file < index->files.len; file++) {
        if (self->files[file] == NONE) continue;
        const File *from = &index->files.items[file];
        for (uint32_t local = 0; local < from->facts->names.count; local++)
            emit(self, &self->numbers[from->globals[local]], sizeof *self->numbers);
    }
    end_table(self, TABLE_GLOBALS);
    return true;
}

static bool occurs(const Freeze *self, uint32_t name) {
    Postings postings = index_name_postings(self->index, name);
    for (uint32_t i = 0; i < postings.count; i++) {
        if (self->files[postings.items[i].file] != NONE) return true;
    }
    return name == 0;
}

static uint32_t emit_postings_of(Freeze *self, uint32_t name) {
    Postings postings = index_name_postings(self->index, name);
    uint32_t count = 0;
    for (uint32_t i = 0; i < postings.count; i++) {
        Posting posting = postings.items[i];
        posting.file = self->files[posting.file];
        if (posting.file == NONE) continue;
        emit(self, &posting, sizeof posting);
        count++;
    }
    return count;
}

static bool emit_postings(Freeze *self) {
    Array(uint32_t) ends = {0};
    begin_table(self, TABLE_POSTINGS);
    for (uint32_t name = 0, end = 0; name < self->index->name_info.len; name++) {
        if (self->numbers[name] == NONE) continue;
        end += emit_postings_of(self, name);
        ARRAY_PUSH(&ends, end);
    }
    end_table(self, TABLE_POSTINGS);
    emit_table(self, TABLE_POSTING_ENDS, ends.items, ends.len);
    ARRAY_FREE(&ends);
    return true;
}

static bool emit_counts(Freeze *self) {
    const Index *index = self->index;
    begin_table(self, TABLE_SYMBOLS);
    for (uint32_t name = 0; name < index->name_info.len; name++) {
        if (self->numbers[name] != NONE) emit(self, &self->symbols[name], sizeof *self->symbols);
    }
    end_table(self, TABLE_SYMBOLS);
    begin_table(self, TABLE_MASKS);
    for (uint32_t name = 0; name < index->name_info.len; name++) {
        uint64_t mask = index->masks.items[name] & ~MASK_DEFINED;
        if (self->symbols[name]) mask |= MASK_DEFINED;
        if (self->numbers[name] != NONE) emit(self, &mask, sizeof mask);
    }
    end_table(self, TABLE_MASKS);
    return true;
}

static bool begin_tables(Freeze *self) {
    flush(self);
    self->footer.start = self->at;
    self->hashed = mem_checked(XXH3_createState(), 0);
    XXH3_64bits_reset(self->hashed);
    emit_table(self, TABLE_KEY, self->key, strlen(self->key));
    return true;
}

/* The names of the snapshot, some at a time: they are many. */
static bool number_names(Freeze *self) {
    const Index *index = self->index;
    uint32_t count = index->name_info.len, end = self->numbered + NAMES_AT_ONCE;
    for (; self->numbered < count && self->numbered < end; self->numbered++) {
        uint32_t name = self->numbered;
        self->numbers[name] = occurs(self, name) ? intern_id(&self->names, index_name(index, name)) : NONE;
    }
    return self->numbered == count;
}

static bool emit_names(Freeze *self) {
    const Interner *names = &self->names;
    emit_texts(self, TABLE_NAME_ENDS, TABLE_NAMES, names->strs.items, names->strs.len);
    emit_table(self, TABLE_TAGS, names->tags.items, names->strs.len);
    emit_table(self, TABLE_SLOTS, names->slots.items, names->slots.len);
    return true;
}

static bool emit_footer(Freeze *self) {
    Footer *footer = &self->footer;
    align(self);
    footer->end = self->at;
    flush(self);
    footer->check = XXH3_64bits_digest(self->hashed);
    footer->footer_check = XXH3_64bits(footer, offsetof(Footer, footer_check));
    memcpy(footer->magic, magic, sizeof magic);
    emit(self, footer, sizeof *footer);
    flush(self);
    return true;
}

/* What comes behind the bodies, each in a step of its own; true: it is done. */
static bool (*const stages[])(Freeze *) = {begin_tables, number_names, emit_files,    emit_docs,
                                           emit_names,   emit_counts,  emit_postings, emit_footer};

enum { STAGES = sizeof stages / sizeof *stages };

FreezeState freeze_step(Freeze *self, size_t bytes) {
    const Index *index = self->index;
    if (index->changes != self->changes) return FREEZE_FAILED;
    if (self->next < index->files.len) {
        uint64_t end = self->at + bytes;
        for (; self->next < index->files.len && self->at < end; self->next++) {
            if (self->files[self->next] != NONE) freeze_file(self, self->next);
        }
    } else {
        self->stage += stages[self->stage](self);
    }
    if (index->damaged || self->failed) return FREEZE_FAILED;
    return self->stage < STAGES ? FREEZE_MORE : FREEZE_DONE;
}

/* --- attaching ---------------------------------------------------------------------------------- */

typedef struct {
    Str bytes;
    const Footer *footer;
} Snapshot;

static const void *table(const Snapshot *self, int table) {
    return self->bytes.data + self->footer->tables[table].at;
}

static uint32_t count(const Snapshot *self, int table) { return (uint32_t)self->footer->tables[table].count; }

/* Finds the footer and sees whether all it names lies inside. */
static bool read_footer(Str bytes, Snapshot *out) {
    if (bytes.len < sizeof(Footer) || bytes.len % 8) return false;
    const Footer *footer = (const void *)(bytes.data + bytes.len - sizeof *footer);
    *out = (Snapshot){bytes, footer};
    bool good = memcmp(footer->magic, magic, sizeof magic) == 0 &&
                XXH3_64bits(footer, offsetof(Footer, footer_check)) == footer->footer_check &&
                footer->end == bytes.len - sizeof *footer && footer->start <= footer->end;
    for (int t = 0; t < TABLE_COUNT && good; t++) {
        const Place *place = &footer->tables[t];
        good = place->at % 8 == 0 && place->at >= footer->start && place->at <= footer->end &&
               place->count <= UINT32_MAX && place->count <= (footer->end - place->at) / item_sizes[t];
    }
    return good;
}

static Str key_of(const Snapshot *self) { return str_make(table(self, TABLE_KEY), count(self, TABLE_KEY)); }

Str snapshot_key(Str bytes) {
    Snapshot self;
    return read_footer(bytes, &self) ? key_of(&self) : STR_NONE;
}

static bool ends_fit(const Snapshot *self, int ends, int items) {
    const uint32_t *at = table(self, ends);
    uint32_t last = 0;
    for (uint32_t i = 0; i < count(self, ends); last = at[i++]) {
        if (at[i] < last) return false;
    }
    return last == count(self, items);
}

static bool docs_fit(const Snapshot *self) {
    const Slice *files = table(self, TABLE_DOC_FILES);
    uint32_t hashes = count(self, TABLE_DOC_HASHES);
    for (uint32_t i = 0; i < count(self, TABLE_DOC_FILES); i++) {
        if (files[i].first > hashes || files[i].count > hashes - files[i].first) return false;
    }
    return true;
}

/* Whether the tables agree on how much there is. */
static bool tables_fit(const Snapshot *self) {
    uint32_t names = count(self, TABLE_TAGS), slots = count(self, TABLE_SLOTS);
    return names > 0 && slots > names && (slots & (slots - 1)) == 0 &&
           count(self, TABLE_NAME_ENDS) == names && count(self, TABLE_SYMBOLS) == names &&
           count(self, TABLE_MASKS) == names && count(self, TABLE_POSTING_ENDS) == names &&
           count(self, TABLE_PATH_ENDS) == count(self, TABLE_HEADS) &&
           count(self, TABLE_DOC_FILES) == count(self, TABLE_HEADS) && docs_fit(self) &&
           ends_fit(self, TABLE_NAME_ENDS, TABLE_NAMES) && ends_fit(self, TABLE_PATH_ENDS, TABLE_PATHS) &&
           ends_fit(self, TABLE_POSTING_ENDS, TABLE_POSTINGS);
}

static const Facts *head_of(const Snapshot *self, uint32_t file) {
    return (const Facts *)table(self, TABLE_HEADS) + file;
}

/* Whether all bodies lie inside, and all names have their numbers. */
static bool heads_fit(const Snapshot *self) {
    uint64_t names = 0, start = self->footer->start;
    for (uint32_t i = 0; i < count(self, TABLE_HEADS); i++) {
        const Facts *head = head_of(self, i);
        uint64_t at = (uintptr_t)head->body;
        if (at % 8 || at > start || head->body_bytes > start - at) return false;
        names += head->names.count;
    }
    return names == count(self, TABLE_GLOBALS);
}

static bool is_sound(const Snapshot *self, Str key) {
    uint64_t start = self->footer->start;
    return str_eq(key_of(self), key) &&
           XXH3_64bits(self->bytes.data + start, self->footer->end - start) == self->footer->check &&
           tables_fit(self) && heads_fit(self);
}

static Str path_of(const Snapshot *self, uint32_t file) {
    const uint32_t *ends = table(self, TABLE_PATH_ENDS);
    uint32_t start = file ? ends[file - 1] : 0;
    return str_make((const char *)table(self, TABLE_PATHS) + start, ends[file] - start);
}

static bool is_empty(const Index *index) { return index->files.len == 0 && index->name_info.len == 1; }

static void adopt_names(const Snapshot *self, Index *index) {
    uint32_t names = count(self, TABLE_TAGS);
    intern_release(&index->names);
    intern_adopt(&index->names, table(self, TABLE_NAMES), table(self, TABLE_NAME_ENDS),
                 table(self, TABLE_TAGS), names, table(self, TABLE_SLOTS), count(self, TABLE_SLOTS));
    index->lent = (Lent){.bodies = self->bytes.data,
                         .names = names,
                         .symbols = table(self, TABLE_SYMBOLS),
                         .posting_ends = table(self, TABLE_POSTING_ENDS),
                         .postings = table(self, TABLE_POSTINGS)};
    ARRAY_FREE(&index->name_info);
    index->name_info.items = mem_calloc(names, sizeof *index->name_info.items);
    index->name_info.len = index->name_info.cap = names;
    ARRAY_FREE(&index->masks);
    ARRAY_LEND(&index->masks, table(self, TABLE_MASKS), names);
}

static void adopt(const Snapshot *self, Index *index) {
    const uint32_t *globals = table(self, TABLE_GLOBALS);
    adopt_names(self, index);
    ARRAY_LEND(&index->docs.files, table(self, TABLE_DOC_FILES), count(self, TABLE_DOC_FILES));
    ARRAY_LEND(&index->docs.hashes, table(self, TABLE_DOC_HASHES), count(self, TABLE_DOC_HASHES));
    for (uint32_t i = 0; i < count(self, TABLE_HEADS); i++) {
        FileId id = index_add_path(index, path_of(self, i));
        File *file = &index->files.items[id];
        file->facts = (Facts *)(uintptr_t)head_of(self, i);
        file->globals = (uint32_t *)(uintptr_t)globals;
        file->revision = 1;
        file->frozen = file->lent = file->detached = true;
        globals += file->facts->names.count;
        index_note_documenting(index, id);
    }
    index->changes++;
}

/* Takes over what the index does not have. */
static void merge(const Snapshot *self, Index *index) {
    for (uint32_t i = 0; i < count(self, TABLE_HEADS); i++) {
        const Facts *head = head_of(self, i);
        Str path = path_of(self, i);
        if (index_find_file(index, path) != NONE) continue;
        Facts *facts = facts_new_attached(head, self->bytes.data + (uintptr_t)head->body);
        if (facts == NULL || !facts_check(facts)) {
            facts_free(facts);
            continue;
        }
        FileId id = index_update(index, path, facts);
        index->files.items[id].frozen = true;
    }
}

bool snapshot_attach(Str bytes, Str key, Index *index) {
    Snapshot self;
    if (!read_footer(bytes, &self) || !is_sound(&self, key)) return false;
    if (is_empty(index))
        adopt(&self, index);
    else
        merge(&self, index);
    return true;
}
