/* What a file system and tree-sitter alone take for the files that Headword would index.
 *
 *     bench_baseline list ROOT         prints their paths, each ended by a NUL
 *     bench_baseline cached ROOT       prints those of the files that ROOT's cache holds, and of libraries
 *     bench_baseline stat <LIST        asks for the size and times of each
 *     bench_baseline hash N <LIST      reads and hashes each, on N threads
 *     bench_baseline parse N <LIST     reads and parses each, on N threads
 *     bench_baseline pool N <LIST      the same with the allocator that Headword gives tree-sitter
 *
 * The last four print one JSON object: files, their bytes, and the milliseconds from the first file to the
 * last, without the start of the process. */
#include "base/array.h"
#include "index/disk/cache.h"
#include "index/disk/file.h"
#include "index/disk/settings.h"
#include "index/disk/stamp.h"
#include "index/disk/walk.h"
#include "index/parse.h"
#include "index/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_python(void);

enum { MOST_THREADS = 1024 };

typedef struct {
    char *const *paths;
    uint32_t count;
    _Atomic uint32_t next; /* the first path that nobody has taken */
    _Atomic uint64_t bytes;
    bool pooled;
} Work;

static double milliseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void print_path(Str path) {
    fwrite(path.data, 1, path.len, stdout);
    putchar('\0');
}

static int list(const char *root) {
    Paths paths = {0};
    walk_files(root, &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        if (parser_reads(str_of(paths.items[i]))) print_path(str_of(paths.items[i]));
    }
    paths_release(&paths);
    return 0;
}

static int list_cached(const char *root) {
    Index *index = index_new();
    Cache cache;
    StrBuf why;
    buf_init(&why);
    bool good = cache_open(&cache, str_of(root), index, &why);
    for (FileId file = 0; good && file < index_file_end(index); file++) print_path(index_path(index, file));
    index_free(index);
    if (good) cache_close(&cache);
    buf_release(&why);
    return good ? 0 : 1;
}

static void read_list(Paths *paths) {
    char *line = NULL;
    size_t size = 0;
    while (getdelim(&line, &size, '\0', stdin) > 0) ARRAY_PUSH(paths, str_dup(str_of(line)));
    free(line);
}

static void *stat_files(void *context) {
    Work *work = context;
    struct stat info;
    for (uint32_t i = 0; i < work->count; i++) {
        if (stat(work->paths[i], &info) == 0) work->bytes += (uint64_t)info.st_size;
    }
    return NULL;
}

static void *hash_files(void *context) {
    Work *work = context;
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    for (uint32_t i; (i = work->next++) < work->count;) {
        buf_clear(&bytes);
        if (file_read(work->paths[i], 0, &bytes, &why) && stamp_hash(buf_str(&bytes)))
            work->bytes += bytes.len;
    }
    buf_release(&bytes);
    buf_release(&why);
    return NULL;
}

static TSParser *new_parser(void) {
    TSParser *parser = ts_parser_new();
    ts_parser_set_language(parser, tree_sitter_python());
    return parser;
}

static void parse_in_pool(Pool *pool, Str text) {
    pool_enter(pool);
    ts_parser_parse_string(new_parser(), NULL, text.data, (uint32_t)text.len);
    pool_leave(pool);
}

static void *parse_files(void *context) {
    Work *work = context;
    Settings settings;
    settings_init(&settings);
    Pool *pool = work->pooled ? pool_new() : NULL;
    TSParser *parser = pool ? NULL : new_parser();
    StrBuf text, why;
    buf_init(&text);
    buf_init(&why);
    for (uint32_t i; (i = work->next++) < work->count;) {
        buf_clear(&text);
        if (!file_read(work->paths[i], settings.index_max_file_bytes, &text, &why)) continue;
        if (pool)
            parse_in_pool(pool, buf_str(&text));
        else
            ts_tree_delete(ts_parser_parse_string(parser, NULL, text.data, (uint32_t)text.len));
        work->bytes += text.len;
    }
    buf_release(&text);
    buf_release(&why);
    ts_parser_delete(parser);
    pool_free(pool);
    settings_release(&settings);
    return NULL;
}

/* Runs the task on that many threads, this one among them, and says how long it took. */
static int measure(void *(*task)(void *), uint32_t threads, bool pooled) {
    Paths paths = {0};
    read_list(&paths);
    Work work = {.paths = paths.items, .count = paths.len, .pooled = pooled};
    pthread_t others[MOST_THREADS];
    double start = milliseconds(CLOCK_MONOTONIC), spent = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    for (uint32_t i = 1; i < threads; i++) {
        if (pthread_create(&others[i], NULL, task, &work) != 0) abort();
    }
    task(&work);
    for (uint32_t i = 1; i < threads; i++) pthread_join(others[i], NULL);
    printf("{\"files\": %u, \"bytes\": %llu, \"wall\": %.3f, \"cpu\": %.3f}\n", paths.len,
           (unsigned long long)work.bytes, milliseconds(CLOCK_MONOTONIC) - start,
           milliseconds(CLOCK_PROCESS_CPUTIME_ID) - spent);
    paths_release(&paths);
    return 0;
}

int main(int argc, char **argv) {
    const char *task = argc > 1 ? argv[1] : "";
    long number = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    uint32_t threads = number < 1 ? 1 : number > MOST_THREADS ? MOST_THREADS : (uint32_t)number;
    if (strcmp(task, "list") == 0 && argc == 3) return list(argv[2]);
    if (strcmp(task, "cached") == 0 && argc == 3) return list_cached(argv[2]);
    bool pooled = strcmp(task, "pool") == 0;
    if (strcmp(task, "stat") == 0 && argc == 2) return measure(stat_files, 1, false);
    if (strcmp(task, "hash") == 0 && argc == 3) return measure(hash_files, threads, false);
    if ((strcmp(task, "parse") == 0 || pooled) && argc == 3) return measure(parse_files, threads, pooled);
    fputs("usage: bench_baseline list ROOT | cached ROOT | stat | hash THREADS | parse THREADS | pool "
          "THREADS\n",
          stderr);
    return 2;
}
