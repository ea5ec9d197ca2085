#include "fixture.h"

#include "index/snapshot.h"

#include <stdlib.h>

enum { PATHS = 12 };

/* --- random sources, and all that can be asked of an index of them --- */

static const char *const names[] = {"alpha", "beta", "gamma", "é", "🚀x", "delta", "ﬁ", "fi"};
enum { NAMES = sizeof names / sizeof *names };

static uint32_t next_random(uint32_t *state) { return *state = *state * 1664525u + 1013904223u, *state >> 8; }

static void random_source(uint32_t *seed, StrBuf *out) {
    buf_clear(out);
    for (uint32_t n = next_random(seed) % 6; n-- > 0;) {
        const char *name = names[next_random(seed) % NAMES];
        switch (next_random(seed) % 5) {
        case 0: buf_printf(out, "def %s(a): return a.%s\n", name, names[next_random(seed) % NAMES]); break;
        case 1: buf_printf(out, "class %s:\n    def %s(self): self.%s = 1\n", name, name, name); break;
        case 2: buf_printf(out, "%s = %s\n", name, names[next_random(seed) % NAMES]); break;
        case 3: buf_printf(out, "%s.__doc__ = 'é🚀'\n", name); break;
        default: buf_printf(out, "import %s\n", name); break;
        }
    }
}

static void collect(void *context, SymbolRef ref) {
    StrBuf *out = context;
    buf_printf(out, "  %u:%u\n", ref.file, ref.symbol);
}

/* Everything that can be asked of an index about the names, by path. */
static void describe(const Index *index, StrBuf *out) {
    for (FileId f = 0; f < index_file_end(index); f++) {
        const Facts *facts = index_facts(index, f);
        buf_printf(out, "%.*s %u\n", STR_ARG(index_path(index, f)), facts ? facts->symbols.count : 0);
    }
    for (size_t n = 0; n < NAMES; n++) {
        Postings postings = index_postings(index, str_of(names[n]));
        buf_printf(out, "%s:", names[n]);
        for (uint32_t i = 0; i < postings.count; i++) {
            Posting posting = postings.items[i];
            uint32_t id = index_name_id(index, posting.file, posting.name);
            buf_printf(out, " %u=%.*s %d %u %d", posting.file,
                       STR_ARG(facts_name(index_facts(index, posting.file), posting.name)), posting.kind,
                       index_name_symbols(index, id), index_name_mask(index, id) >= MASK_DEFINED);
        }
        buf_append_byte(out, '\n');
        index_each_symbol_named(index, str_of(names[n]), collect, out);
    }
    FileList documenting = index_documenting(index);
    for (uint32_t i = 0; i < documenting.count; i++) buf_printf(out, "documents: %u\n", documenting.items[i]);
    IndexStats stats = index_stats(index);
    buf_printf(out, "%u %u %u\n", stats.files, stats.symbols, stats.occurrences);
}

/* Sources by number, of which an index should know those that are there. */
typedef struct {
    uint32_t seed;
    Parser *parser;
    StrBuf sources[PATHS];
    bool there[PATHS];
} World;

static void world_init(World *self, uint32_t seed) {
    *self = (World){.seed = seed, .parser = parser_new()};
    for (int p = 0; p < PATHS; p++) buf_init(&self->sources[p]);
}

static void world_release(World *self) {
    for (int p = 0; p < PATHS; p++) buf_release(&self->sources[p]);
    parser_free(self->parser);
}

static Str path_of(uint32_t number) {
    static char path[32];
    snprintf(path, sizeof path, "/%s/%u.py", number % 3 ? "w" : "v", (unsigned)number);
    return str_of(path);
}

static void update(World *self, Index *index, uint32_t p) {
    Facts *facts = self->there[p] ? parser_facts(self->parser, path_of(p), buf_str(&self->sources[p])) : NULL;
    index_update(index, path_of(p), facts);
}

static void edit(World *self, Index *index, int times) {
    while (times-- > 0) {
        uint32_t p = next_random(&self->seed) % PATHS;
        self->there[p] = next_random(&self->seed) % 5 != 0;
        if (self->there[p]) random_source(&self->seed, &self->sources[p]);
        update(self, index, p);
    }
}

static uint32_t number_of(Str path) { return (uint32_t)atoi(path.data + 3); }

/* Whether the index says what a fresh one says that was given its files. */
static void assert_like_fresh(World *self, const Index *index) {
    Index *fresh = index_new();
    StrBuf a, b;
    buf_init(&a);
    buf_init(&b);
    for (FileId f = 0; f < index_file_end(index); f++) { /* the same ids */
        uint32_t p = number_of(index_path(index, f));
        index_update(fresh, path_of(p), parser_facts(self->parser, path_of(p), buf_str(&self->sources[p])));
        if (!index_facts(index, f)) index_update(fresh, path_of(p), NULL);
    }
    describe(index, &a);
    describe(fresh, &b);
    assert_string_equal(a.data, b.data);
    buf_release(&a);
    buf_release(&b);
    index_free(fresh);
}

/* --- freezing and attaching --------------------------------------------------------------------- */

static const Str key = STR("é🚀 1");

static bool take(void *context, Str bytes) {
    buf_append(context, bytes);
    return true;
}

static FreezeState freeze_all(Freeze *freeze) {
    FreezeState state;
    while ((state = freeze_step(freeze, 1)) == FREEZE_MORE) {
    }
    return state;
}

static void freeze_to(const Index *index, const char *root, StrBuf *out) {
    buf_clear(out);
    Freeze *freeze = freeze_new(index, (FreezeScope){str_of(root), true}, key, (SnapshotSink){out, take});
    assert_int_equal(freeze_all(freeze), FREEZE_DONE);
    freeze_free(freeze);
    assert_true(str_eq(snapshot_key(buf_str(out)), key));
}

static FreezeCount count_under(const Index *index, const char *root) {
    return freeze_count(index, (FreezeScope){str_of(root), true});
}

static Index *new_attached(Str bytes) {
    Index *index = index_new();
    index_add_root(index, STR("/w"));
    assert_true(snapshot_attach(bytes, key, index));
    return index;
}

/* Through generations of sessions, each of which begins with what the one before has left. */
static void an_attached_index_is_like_a_fresh_one(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 20; round++) {
        World world;
        StrBuf bytes[4];
        world_init(&world, round);
        for (int i = 0; i < 4; i++) buf_init(&bytes[i]);
        Index *index = index_new();
        for (int generation = 0; generation < 4; generation++) {
            edit(&world, index, 30);
            freeze_to(index, "/", &bytes[generation]);
            index_free(index);
            index = new_attached(buf_str(&bytes[generation]));
            assert_like_fresh(&world, index);
            edit(&world, index, 3);
            assert_like_fresh(&world, index);
            assert_true(index_check(index));
        }
        index_free(index);
        for (int i = 0; i < 4; i++) buf_release(&bytes[i]);
        world_release(&world);
    }
}

static void roots_are_frozen_apart_and_put_together(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 20; round++) {
        World world;
        StrBuf v, w;
        world_init(&world, round);
        buf_init(&v);
        buf_init(&w);
        Index *index = index_new();
        edit(&world, index, 60);
        freeze_to(index, "/v", &v);
        freeze_to(index, "/w", &w);
        index_free(index);
        index = new_attached(buf_str(&v));
        for (FileId f = 0; f < index_file_end(index); f++)
            assert_true(path_is_under(index_path(index, f), STR("/v")));
        assert_like_fresh(&world, index);
        assert_true(snapshot_attach(buf_str(&w), key, index));
        for (uint32_t p = 0; p < PATHS; p++)
            assert_int_equal(index_find_file(index, path_of(p)) != NONE, world.there[p]);
        assert_like_fresh(&world, index);
        assert_int_equal(count_under(index, "/v").changed, 0);
        assert_int_equal(count_under(index, "/w").changed, 0);
        edit(&world, index, 10);
        assert_like_fresh(&world, index);
        index_free(index);
        buf_release(&v);
        buf_release(&w);
        world_release(&world);
    }
}

static Index *small_index(void) {
    World world;
    world_init(&world, 7);
    Index *index = index_new();
    edit(&world, index, 40);
    world_release(&world);
    return index;
}

static void what_is_there_already_stays(void **state) {
    (void)state;
    StrBuf bytes;
    buf_init(&bytes);
    Fixture f = fixture("== é.py\ndef alpha(): '''🚀'''\n== b.py\nbeta = 1\n");
    freeze_to(f.index, "/w", &bytes);
    fixture_release(&f);
    f = fixture("== é.py\ndef gamma(): '''🚀'''\n");
    assert_true(snapshot_attach(buf_str(&bytes), key, f.index));
    assert_int_equal(index_postings(f.index, STR("alpha")).count, 0);
    assert_int_equal(index_postings(f.index, STR("gamma")).count, 1);
    assert_int_equal(index_postings(f.index, STR("beta")).count, 1);
    fixture_release(&f);
    buf_release(&bytes);
}

static void stamps_are_kept_and_changes_counted(void **state) {
    (void)state;
    StrBuf bytes;
    buf_init(&bytes);
    Fixture f = fixture("== é.py\ndef alpha(): '''🚀'''\n== b.py\nbeta = 1\n");
    FileId file = index_find_file(f.index, STR("/w/é.py"));
    index_restamp(f.index, file, (FileStamp){1, 2, 3, 4});
    assert_int_equal(count_under(f.index, "/w").changed, 1); /* b.py was read from no file */
    freeze_to(f.index, "/w", &bytes);
    fixture_release(&f);
    Index *index = new_attached(buf_str(&bytes));
    file = index_find_file(index, STR("/w/é.py"));
    assert_int_equal(index_stamp(index, file)->hash, 4);
    assert_int_equal(count_under(index, "/w").changed, 0);
    index_restamp(index, file, (FileStamp){5, 6, 7, 8});
    assert_int_equal(count_under(index, "/w").changed, 1);
    assert_int_equal(count_under(index, "/w").files, 2);
    index_free(index);
    buf_release(&bytes);
}

/* --- what cannot be trusted --------------------------------------------------------------------- */

/* Attaches it and asks all there is to ask; whether it was taken for sound. */
static bool is_trusted(Str bytes) {
    Index *index = index_new();
    StrBuf out;
    buf_init(&out);
    bool good = snapshot_attach(bytes, key, index);
    if (good)
        describe(index, &out);
    else
        assert_int_equal(index_file_end(index), 0);
    good = good && !index_is_damaged(index);
    for (FileId f = 0; f < index_file_end(index); f++) index_update(index, index_path(index, f), NULL);
    index_free(index);
    buf_release(&out);
    return good;
}

static void no_flipped_byte_is_trusted(void **state) {
    (void)state;
    StrBuf bytes;
    buf_init(&bytes);
    Index *index = small_index();
    freeze_to(index, "/", &bytes);
    index_free(index);
    assert_true(is_trusted(buf_str(&bytes)));
    for (size_t i = 0; i < bytes.len; i++) {
        bytes.data[i] ^= (char)(1 << i % 8);
        if (is_trusted(buf_str(&bytes))) fail_msg("byte %zu of %zu", i, bytes.len);
        bytes.data[i] ^= (char)(1 << i % 8);
    }
    buf_release(&bytes);
}

static void no_piece_is_trusted(void **state) {
    (void)state;
    StrBuf bytes;
    buf_init(&bytes);
    Index *index = small_index();
    freeze_to(index, "/", &bytes);
    index_free(index);
    for (size_t len = 0; len < bytes.len; len++) assert_false(is_trusted(str_slice(buf_str(&bytes), 0, len)));
    buf_append_repeated(&bytes, '\0', 8);
    assert_false(is_trusted(buf_str(&bytes)));
    buf_release(&bytes);
}

static void another_key_is_another_snapshot(void **state) {
    (void)state;
    StrBuf bytes;
    buf_init(&bytes);
    Index *index = small_index();
    freeze_to(index, "/", &bytes);
    index_free(index);
    index = index_new();
    assert_false(snapshot_attach(buf_str(&bytes), STR("é🚀 2"), index));
    assert_false(snapshot_attach(buf_str(&bytes), STR(""), index));
    index_free(index);
    buf_release(&bytes);
}

static bool refuse(void *context, Str bytes) {
    (void)context;
    (void)bytes;
    return false;
}

static void a_freeze_fails_when_the_sink_does_or_the_index_changes(void **state) {
    (void)state;
    StrBuf bytes;
    buf_init(&bytes);
    Index *index = small_index();
    Freeze *freeze = freeze_new(index, (FreezeScope){STR("/"), true}, key, (SnapshotSink){NULL, refuse});
    assert_int_equal(freeze_all(freeze), FREEZE_FAILED);
    freeze_free(freeze);
    freeze = freeze_new(index, (FreezeScope){STR("/"), true}, key, (SnapshotSink){&bytes, take});
    assert_int_equal(freeze_step(freeze, 1), FREEZE_MORE);
    index_update(index, STR("/w/new.py"), facts_new_plain(STR("")));
    assert_int_equal(freeze_all(freeze), FREEZE_FAILED);
    freeze_free(freeze);
    index_free(index);
    buf_release(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attached_index_is_like_a_fresh_one),
        cmocka_unit_test(roots_are_frozen_apart_and_put_together),
        cmocka_unit_test(what_is_there_already_stays),
        cmocka_unit_test(stamps_are_kept_and_changes_counted),
        cmocka_unit_test(no_flipped_byte_is_trusted),
        cmocka_unit_test(no_piece_is_trusted),
        cmocka_unit_test(another_key_is_another_snapshot),
        cmocka_unit_test(a_freeze_fails_when_the_sink_does_or_the_index_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
