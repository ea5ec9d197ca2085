/* `headword cache`: what there is in the cache folder. */
#include "cli/command.h"

#include "base/path.h"
#include "markdown/disk/record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void print_json(const CacheEntry *entry) {
    json_t *row = json_pack("{s:s, s:s*, s:I, s:I}", "file", entry->path, "root", entry->root, "bytes",
                            (json_int_t)entry->bytes, "used", (json_int_t)entry->used);
    command_print_json(row);
}

static void print_row(const CacheEntry *entry) {
    char day[32] = "?";
    struct tm local;
    time_t used = (time_t)entry->used;
    if (localtime_r(&used, &local)) strftime(day, sizeof day, "%Y-%m-%d %H:%M", &local);
    command_print(stdout, "%8.1f MB  %s  %s\n", (double)entry->bytes / 1e6, day,
                  entry->root ? entry->root : "(of another version, damaged, or being written)");
}

static void print_total(const CacheEntries *entries) {
    StrBuf folder;
    buf_init(&folder);
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < entries->len; i++) bytes += entries->items[i].bytes;
    bool known = cache_folder(&folder);
    command_print(stdout, "%8.1f MB  in %u caches below %s\n", (double)bytes / 1e6, (unsigned)entries->len,
                  known ? folder.data : "no folder of the user's alone");
    buf_release(&folder);
}

/* The exit status. */
static int clear(const CacheEntry *entry) {
    StrBuf why;
    buf_init(&why);
    int status = cache_remove(entry, &why) ? EXIT_FINE : command_fail("cannot be removed: %s", why.data);
    buf_release(&why);
    return status;
}

/* Keeps the cache of the root alone. */
static void select_root(CacheEntries *entries, const char *root) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < entries->len; i++) {
        CacheEntry entry = entries->items[i];
        if (entry.root && strcmp(entry.root, root) == 0) {
            entries->items[kept++] = entry;
            continue;
        }
        mem_free(entry.path);
        mem_free(entry.root);
    }
    entries->len = kept;
}

int command_cache(int argc, char **argv) {
    static const struct option options[] = {{"root", required_argument, NULL, 'r'},
                                            {"clear", no_argument, NULL, 'c'},
                                            {"json", no_argument, NULL, 'j'},
                                            {0}};
    bool clears = false, as_json = false;
    char *root = NULL;
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        switch (c) {
        case 'r':
            free(root);
            root = realpath(optarg, NULL);
            if (root == NULL) root = strdup(optarg); /* it may be gone */
            break;
        case 'c': clears = true; break;
        case 'j': as_json = true; break;
        default: free(root); return EXIT_TROUBLE;
        }
    }
    if (optind != argc) return free(root), command_usage("cache");
    CacheEntries entries = {0};
    int status = EXIT_FINE;
    cache_list(&entries);
    if (root) select_root(&entries, root);
    for (uint32_t i = 0; i < entries.len; i++) {
        if (clears && clear(&entries.items[i]) != EXIT_FINE) status = EXIT_TROUBLE;
        if (!clears && as_json) print_json(&entries.items[i]);
        if (!clears && !as_json) print_row(&entries.items[i]);
    }
    if (clears) record_forget(root ? str_of(root) : STR_NONE);
    if (!clears && !as_json) print_total(&entries);
    cache_entries_release(&entries);
    free(root);
    return status;
}
