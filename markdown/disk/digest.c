#include "markdown/disk/digest.h"

#include "base/intern.h"
#include "index/surface.h"
#include "markdown/run_command.h"
#include "markdown/source_key.h"

#include <xxhash.h>

static uint64_t hash_with(Str bytes, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data ? bytes.data : "", bytes.len, seed);
}

static uint64_t mix(uint64_t a, uint64_t b) { return hash_with(str_make((const char *)&a, sizeof a), b); }

/* Without the README, which few pages show. */
static uint64_t config_digest(const PageConfig *config) {
    const TestRunner *runner = config->runner;
    const Str strings[] = {STR(HEADWORD_SOURCE_KEY),
                           config->root,
                           config->out,
                           config->project,
                           config->source_url,
                           str_of(runner ? runner->command : NULL),
                           str_of(runner ? runner->config : NULL)};
    uint64_t key = config->source + 1;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) key = hash_with(strings[i], key);
    for (uint32_t i = 0; config->paths && i < intern_count(config->paths); i++)
        key += hash_with(intern_str(config->paths, i), 1);
    return key;
}

static uint64_t readme_digest(const PageConfig *config) {
    return hash_with(config->readme, hash_with(config->readme_path, 2));
}

/* Files are added up: their numbers differ from run to run. */
uint64_t digest_of_all(const Index *index, const PageConfig *config) {
    uint64_t key = mix(config_digest(config), readme_digest(config));
    for (FileId file = 0; file < index_file_end(index); file++) {
        const FileStamp *stamp = index_stamp(index, file);
        if (!stamp || !index_is_own(index, file)) continue;
        if (stamp->hash == 0) return 0;
        key += hash_with(index_path(index, file), stamp->hash);
    }
    return key;
}

/* What changes on the pages of a file when others use it otherwise, by number in the book. */
static void add_users(const Book *book, uint64_t *own) {
    const Relations *relations = &book->relations;
    for (uint32_t i = 0; i < relations->uses.len; i++) {
        const UseEdge *use = &relations->uses.items[i];
        uint32_t edge[] = {use->target.symbol, use->from, use->user, use->called};
        uint64_t *target = &own[book_find(book, use->target.file)];
        *target = hash_with(str_make((const char *)edge, sizeof edge), *target);
    }
    for (uint32_t i = 0; i < relations->tests.len; i++)
        own[relations->tests.items[i].to] =
            mix(own[relations->tests.items[i].to], relations->tests.items[i].from);
}

/* Of all sources; of all files, for what is said on a source's page does not depend on the other texts. */
static void surfaces(const Book *book, uint64_t *of_sources, uint64_t *of_all) {
    *of_sources = *of_all = config_digest(&book->config);
    for (uint32_t i = 0; i < book->files.len; i++) {
        const BookFile *file = &book->files.items[i];
        uint64_t surface = hash_with(file->path, facts_surface(book_facts(book, i)));
        *of_all = mix(*of_all, surface);
        if (!file->is_text) *of_sources = mix(*of_sources, surface);
    }
}

static uint64_t sum(const uint64_t *own, uint32_t first, uint32_t end, uint64_t seed) {
    for (uint32_t i = first; i < end; i++) seed = mix(seed, own[i]);
    return seed;
}

uint64_t *digest_tasks(const Book *book) {
    uint32_t files = book->files.len;
    uint64_t of_sources, of_all, *digests = mem_calloc(files + book->folders.len + 1, sizeof *digests);
    surfaces(book, &of_sources, &of_all);
    for (uint32_t i = 0; i < files; i++) {
        const FileStamp *stamp = index_stamp(book->index, book->files.items[i].file);
        digests[i] = hash_with(book->files.items[i].path, stamp ? stamp->hash : 0);
    }
    add_users(book, digests);
    for (uint32_t i = 0; i < book->folders.len; i++) {
        const BookFolder *folder = &book->folders.items[i];
        uint64_t own = hash_with(folder->path, mix(of_all, readme_digest(&book->config)));
        own = sum(digests, folder->first_file, folder->subtree_file_end, own);
        digests[files + i] = sum(digests, folder->first_text, folder->subtree_text_end, own);
    }
    for (uint32_t i = 0; i < files; i++)
        digests[i] = mix(digests[i], book->files.items[i].is_text ? of_all : of_sources);
    return digests;
}
