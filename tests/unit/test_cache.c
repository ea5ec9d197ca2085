/* Caches on disk: what is written, what is not believed, and what the disk has done meanwhile. */
#include "index/disk/cache.h"
#include "index/disk/file.h"
#include "index/disk/recheck.h"
#include "index/disk/scan.h"
#include "index/disk/walk.h"
#include "index/parse.h"
#include "base/mem.h"
#include "base/path.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

enum { PLENTY = 1 << 30 };

/* A folder with a root in it and a place for caches. */
typedef struct {
    char folder[32];
    StrBuf path; /* of the file spoken of last */
    Parser *parser;
} World;

static const char *at(World *self, const char *name) {
    buf_clear(&self->path);
    buf_printf(&self->path, "%s/%s", self->folder, name);
    return self->path.data;
}

static char *root_of(World *self) { return str_dup(str_of(at(self, "é🚀"))); }

static void put(World *self, const char *name, const char *text) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_write(at(self, name), str_of(text), &why));
    buf_release(&why);
}

static int start(void **state) {
    World *self = *state = mem_calloc(1, sizeof *self);
    snprintf(self->folder, sizeof self->folder, "/tmp/headword-unit-XXXXXX");
    if (!mkdtemp(self->folder)) return -1;
    buf_init(&self->path);
    self->parser = parser_new();
    setenv("XDG_CACHE_HOME", at(self, "caches"), 1);
    put(self, "é🚀/a.py", "def alpha(): '''🚀'''\n");
    put(self, "é🚀/b.py", "from a import alpha\nbeta = alpha()\n");
    put(self, "é🚀/c.py", "class Gamma: ...\n");
    return 0;
}

static int stop(void **state) {
    World *self = *state;
    char command[64];
    snprintf(command, sizeof command, "rm -r '%s'", self->folder);
    int status = system(command);
    buf_release(&self->path);
    parser_free(self->parser);
    mem_free(self);
    return status;
}

static void read_into(World *self, Index *index, const char *name) {
    const char *path = at(self, name);
    Facts *facts = scan_file(self->parser, path, 0, &(ScanSkips){0});
    assert_non_null(facts);
    index_update(index, str_of(path), facts);
}

static Index *read_all(World *self) {
    Index *index = index_new();
    read_into(self, index, "é🚀/a.py");
    read_into(self, index, "é🚀/b.py");
    read_into(self, index, "é🚀/c.py");
    return index;
}

static bool write_cache(World *self, const Index *index, uint64_t most_bytes, StrBuf *why) {
    char *root = root_of(self);
    bool done = cache_write(index, (FreezeScope){str_of(root), false}, most_bytes, why);
    mem_free(root);
    return done;
}

static void write_whole_cache(World *self) {
    StrBuf why;
    buf_init(&why);
    Index *index = read_all(self);
    if (!write_cache(self, index, PLENTY, &why)) fail_msg("%s", why.data);
    index_free(index);
    buf_release(&why);
}

typedef struct {
    Index *index;
    Cache cache;
    bool good;
    StrBuf why;
} Opened;

static Opened open_cache(World *self) {
    Opened opened = {.index = index_new()};
    char *root = root_of(self);
    buf_init(&opened.why);
    index_add_root(opened.index, str_of(root));
    opened.good = cache_open(&opened.cache, str_of(root), opened.index, &opened.why);
    mem_free(root);
    return opened;
}

static void close_cache(Opened *self) {
    index_free(self->index);
    cache_close(&self->cache);
    buf_release(&self->why);
}

static void assert_no_cache(World *self, const char *why) {
    Opened opened = open_cache(self);
    assert_false(opened.good);
    assert_string_equal(opened.why.data, why);
    assert_int_equal(index_file_end(opened.index), 0);
    close_cache(&opened);
}

static void assert_names(const Index *index, const char *names, const char *missing) {
    Str rest = str_of(names), name;
    while (rest.len && str_next_piece(&rest, ' ', &name))
        if (index_postings(index, name).count == 0) fail_msg("%.*s is missing", STR_ARG(name));
    rest = str_of(missing);
    while (rest.len && str_next_piece(&rest, ' ', &name))
        if (index_postings(index, name).count) fail_msg("%.*s is there", STR_ARG(name));
}

static char *cache_file(World *self) {
    CacheEntries entries = {0};
    cache_list(&entries);
    assert_int_equal(entries.len, 1);
    char *root = root_of(self), *path = str_dup(str_of(entries.items[0].path));
    assert_string_equal(entries.items[0].root, root);
    cache_entries_release(&entries);
    mem_free(root);
    return path;
}

/* --- what is written is read -------------------------------------------------------------------- */

static void a_cache_brings_the_index_back(void **state) {
    World *self = *state;
    assert_no_cache(self, "");
    write_whole_cache(self);
    Opened first = open_cache(self), second = open_cache(self); /* as two processes would */
    assert_true(first.good);
    assert_names(first.index, "alpha beta Gamma", "delta");
    char *root = root_of(self);
    assert_false(cache_is_due(first.index, (FreezeScope){str_of(root), false}));
    mem_free(root);
    write_whole_cache(self); /* who has the old one mapped keeps it */
    cache_rest(&first.cache);
    assert_true(index_check(first.index) && index_check(second.index));
    assert_names(second.index, "alpha beta Gamma", "delta");
    close_cache(&first);
    close_cache(&second);
}

static void two_writers_do_not_meet(void **state) {
    World *self = *state;
    StrBuf why;
    buf_init(&why);
    Index *index = read_all(self);
    char *root = root_of(self);
    FreezeScope scope = {str_of(root), false};
    CacheWriter *a = cache_writer_new(index, scope, PLENTY, &why);
    CacheWriter *b = cache_writer_new(index, scope, PLENTY, &why);
    assert_int_equal(cache_writer_step(a, 1, &why), FREEZE_MORE);
    while (cache_writer_step(b, PLENTY, &why) == FREEZE_MORE) {
    }
    while (cache_writer_step(a, PLENTY, &why) == FREEZE_MORE) {
    }
    assert_string_equal(why.data, "");
    cache_writer_free(a);
    cache_writer_free(b);
    a = cache_writer_new(index, scope, PLENTY, &why);
    cache_writer_step(a, 1, &why);
    cache_writer_free(a); /* in the middle */
    mem_free(cache_file(self));
    Opened opened = open_cache(self);
    assert_names(opened.index, "alpha beta Gamma", "");
    close_cache(&opened);
    index_free(index);
    mem_free(root);
    buf_release(&why);
}

/* --- what is not believed ----------------------------------------------------------------------- */

static void read_bytes(const char *path, StrBuf *out) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_read(path, 0, out, &why));
    buf_release(&why);
}

static void write_bytes(const char *path, Str bytes) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_write(path, bytes, &why));
    buf_release(&why);
}

/* A cache under the name of another root's. */
static void assert_cache_is_not_of(World *self, const char *name, const char *cache) {
    StrBuf why;
    buf_init(&why);
    Index *index = index_new();
    Str other = str_of(at(self, name));
    assert_true(cache_write(index, (FreezeScope){other, false}, PLENTY, &why));
    CacheEntries entries = {0};
    cache_list(&entries);
    assert_int_equal(entries.len, 2);
    bool first = strcmp(entries.items[0].path, cache) != 0;
    assert_int_equal(rename(cache, entries.items[first ? 0 : 1].path), 0);
    Cache none;
    assert_false(cache_open(&none, other, index, &why));
    assert_int_equal(index_file_end(index), 0);
    cache_entries_release(&entries);
    index_free(index);
    buf_release(&why);
}

static void what_is_no_whole_cache_of_ours_is_ignored(void **state) {
    static const char useless[] = "another version's, or damaged";
    World *self = *state;
    StrBuf bytes;
    buf_init(&bytes);
    write_whole_cache(self);
    char *path = cache_file(self);
    read_bytes(path, &bytes);
    Str whole = buf_str(&bytes);
    write_bytes(path, STR(""));
    assert_no_cache(self, "empty");
    write_bytes(path, STR("é🚀: a text that somebody else put here, and long enough to be looked at"));
    assert_no_cache(self, useless);
    for (size_t len = 1; len < whole.len; len += len / 8 + 1) {
        write_bytes(path, str_slice(whole, 0, len));
        assert_no_cache(self, useless);
    }
    write_bytes(path, whole);
    put(self, "other/a.py", "");
    assert_cache_is_not_of(self, "other", path);
    mem_free(path);
    buf_release(&bytes);
}

static void what_others_may_write_is_ignored(void **state) {
    static const char not_ours[] = "not a file that the user alone can write";
    World *self = *state;
    write_whole_cache(self);
    char *path = cache_file(self);
    assert_int_equal(chmod(path, 0620), 0);
    assert_no_cache(self, not_ours);
    chmod(path, 0600);
    char *aside = str_dup(str_of(at(self, "aside")));
    rename(path, aside);
    assert_int_equal(symlink(aside, path), 0);
    assert_no_cache(self, "open: Too many levels of symbolic links");
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_no_cache(self, not_ours);
    rmdir(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_no_cache(self, not_ours);
    unlink(path);
    rename(aside, path);
    if (geteuid() != 0) { /* whom nothing is forbidden */
        chmod(path, 0);
        assert_no_cache(self, "open: Permission denied");
    }
    mem_free(aside);
    mem_free(path);
}

static void a_damaged_body_is_noticed(void **state) {
    World *self = *state;
    StrBuf bytes;
    buf_init(&bytes);
    write_whole_cache(self);
    char *path = cache_file(self);
    read_bytes(path, &bytes);
    bytes.data[40] ^= 1; /* bodies come first */
    write_bytes(path, buf_str(&bytes));
    Opened opened = open_cache(self);
    assert_true(opened.good);
    assert_false(index_check(opened.index));
    close_cache(&opened);
    mem_free(path);
    buf_release(&bytes);
}

/* --- where nothing can be written --------------------------------------------------------------- */

static void assert_not_written(World *self, uint64_t most_bytes, const char *why_ends) {
    StrBuf why;
    buf_init(&why);
    Index *index = read_all(self);
    assert_false(write_cache(self, index, most_bytes, &why));
    if (!str_ends_with(buf_str(&why), str_of(why_ends))) fail_msg("%s", why.data);
    index_free(index);
    buf_release(&why);
    CacheEntries entries = {0};
    cache_list(&entries);
    assert_int_equal(entries.len, 0);
    cache_entries_release(&entries);
}

static void what_cannot_be_written_leaves_nothing(void **state) {
    World *self = *state;
    assert_not_written(self, 1000, "larger than the setting cache.maxBytes allows");
    struct rlimit old, small;
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){1000, old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small); /* as if the disk were full */
    assert_not_written(self, PLENTY, "File too large");
    setrlimit(RLIMIT_FSIZE, &old);
    put(self, "file", "");
    setenv("XDG_CACHE_HOME", at(self, "file"), 1);
    assert_not_written(self, PLENTY, "Not a directory");
    assert_no_cache(self, "");
    char *home = str_dup(str_of(getenv("HOME") ? getenv("HOME") : ""));
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    assert_not_written(self, PLENTY, "there is no folder of the user's alone for it");
    if (*home) setenv("HOME", home, 1);
    mem_free(home);
}

static void put_entry(World *self, const char *name, time_t used) {
    char path[64];
    snprintf(path, sizeof path, "caches/headword/%s", name);
    put(self, path, "0123456789");
    struct timespec times[2] = {{used, 0}, {used, 0}};
    assert_int_equal(utimensat(AT_FDCWD, at(self, path), times, 0), 0);
}

static void what_was_used_longest_ago_gives_way(void **state) {
    World *self = *state;
    StrBuf why;
    buf_init(&why);
    write_whole_cache(self);
    char *path = cache_file(self);
    StrBuf bytes;
    buf_init(&bytes);
    read_bytes(path, &bytes);
    put_entry(self, "1111111111111111.index", 1000);
    put_entry(self, "2222222222222222.index", 3000);
    put_entry(self, "3333333333333333.index", 2000);
    put_entry(self, "4444444444444444.index.77-0.part", 1000); /* somebody died */
    put_entry(self, "notes.index", 1);
    Index *index = read_all(self);
    assert_true(write_cache(self, index, bytes.len + 25, &why));
    index_free(index);
    CacheEntries entries = {0};
    cache_list(&entries);
    assert_int_equal(entries.len, 3);
    assert_string_equal(entries.items[0].path, path);
    assert_null(entries.items[1].root);
    assert_true(str_ends_with(str_of(entries.items[1].path), STR("2222222222222222.index")));
    assert_true(str_ends_with(str_of(entries.items[2].path), STR("3333333333333333.index")));
    assert_true(file_exists(at(self, "caches/headword/notes.index")));
    for (uint32_t i = 0; i < entries.len; i++) assert_true(cache_remove(&entries.items[i], &why));
    cache_entries_release(&entries);
    cache_list(&entries);
    assert_int_equal(entries.len, 0);
    mem_free(path);
    buf_release(&bytes);
    buf_release(&why);
}

/* --- what the disk has done meanwhile ----------------------------------------------------------- */

static Opened recheck(World *self) {
    Opened opened = open_cache(self);
    assert_true(opened.good);
    assert_true(recheck_files(opened.index, 1000));
    assert_true(index_check(opened.index));
    return opened;
}

static bool is_frozen(World *self, const Opened *opened, const char *name) {
    return index_is_frozen(opened->index, index_find_file(opened->index, str_of(at(self, name))));
}

static void set_times(World *self, const char *name, time_t seconds) {
    struct timespec times[2] = {{seconds, 0}, {seconds, 0}};
    assert_int_equal(utimensat(AT_FDCWD, at(self, name), times, 0), 0);
}

static void what_was_edited_is_read_again(void **state) {
    World *self = *state;
    set_times(self, "é🚀/a.py", 1000);
    write_whole_cache(self);
    put(self, "é🚀/a.py", "def omega(): '''🚀'''\n"); /* the same size and the same time */
    set_times(self, "é🚀/a.py", 1000);
    set_times(self, "é🚀/b.py", 4000000000); /* touched, in the future */
    Opened opened = recheck(self);
    assert_names(opened.index, "omega beta Gamma", "");
    assert_int_equal(index_postings(opened.index, STR("alpha")).count, 1); /* in b.py */
    assert_false(is_frozen(self, &opened, "é🚀/a.py"));
    assert_true(is_frozen(self, &opened, "é🚀/b.py")); /* its bytes were the same */
    close_cache(&opened);
}

static void what_is_gone_is_dropped(void **state) {
    World *self = *state;
    static char large[2000];
    memset(large, '#', sizeof large - 1);
    put(self, "é🚀/d.py", "delta = 1\n");
    Index *index = read_all(self);
    read_into(self, index, "é🚀/d.py");
    StrBuf why;
    buf_init(&why);
    assert_true(write_cache(self, index, PLENTY, &why));
    buf_release(&why);
    index_free(index);
    unlink(at(self, "é🚀/a.py"));
    unlink(at(self, "é🚀/b.py"));
    mkdir(at(self, "é🚀/b.py"), 0700);
    char *link = str_dup(str_of(at(self, "é🚀/c.py")));
    unlink(link);
    assert_int_equal(symlink(at(self, "é🚀/d.py"), link), 0);
    put(self, "é🚀/d.py", large);
    Opened opened = recheck(self);
    assert_names(opened.index, "", "alpha beta Gamma delta");
    close_cache(&opened);
    mem_free(link);
}

/* The files of the repository are older than a moment, so their stamps count. */
static void another_limit_counts_at_once(void **state) {
    World *self = *state;
    Paths paths = {0};
    StrBuf why;
    buf_init(&why);
    Str root = STR(TEST_DATA_DIR "/sample/orchard");
    walk_files(root.data, &paths);
    Index *index = index_new();
    for (uint32_t i = 0; i < paths.len; i++)
        index_update(index, str_of(paths.items[i]),
                     scan_file(self->parser, paths.items[i], 0, &(ScanSkips){0}));
    assert_true(cache_write(index, (FreezeScope){root, false}, PLENTY, &why));
    index_free(index);
    for (uint64_t limit = 1 << 20; limit; limit = limit > 1 ? 1 : 0) {
        index = index_new();
        index_add_root(index, root);
        Cache cache;
        assert_true(cache_open(&cache, root, index, &why));
        assert_true(recheck_files(index, limit));
        for (FileId f = 0; f < index_file_end(index); f++)
            assert_int_equal(index_is_frozen(index, f), limit > 1 || index_stamp(index, f));
        assert_int_equal(index_stats(index).files > 0, limit > 1);
        index_free(index);
        cache_close(&cache);
    }
    paths_release(&paths);
    buf_release(&why);
}

/* A buffer's facts are not the file's. */
static void what_was_never_on_the_disk_is_read(void **state) {
    World *self = *state;
    Index *index = read_all(self);
    index_update(index, str_of(at(self, "é🚀/a.py")),
                 parser_facts(self->parser, STR("a.py"), STR("unsaved = '🚀'\n")));
    index_update(index, str_of(at(self, "é🚀/new.py")),
                 parser_facts(self->parser, STR("a.py"), STR("new = '🚀'\n")));
    StrBuf why;
    buf_init(&why);
    assert_true(write_cache(self, index, PLENTY, &why));
    buf_release(&why);
    index_free(index);
    Opened opened = recheck(self);
    assert_names(opened.index, "alpha beta Gamma", "unsaved new");
    assert_false(is_frozen(self, &opened, "é🚀/a.py"));
    close_cache(&opened);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(a_cache_brings_the_index_back),
        TEST(two_writers_do_not_meet),
        TEST(what_is_no_whole_cache_of_ours_is_ignored),
        TEST(what_others_may_write_is_ignored),
        TEST(a_damaged_body_is_noticed),
        TEST(what_cannot_be_written_leaves_nothing),
        TEST(what_was_used_longest_ago_gives_way),
        TEST(what_was_edited_is_read_again),
        TEST(what_is_gone_is_dropped),
        TEST(another_limit_counts_at_once),
        TEST(what_was_never_on_the_disk_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
