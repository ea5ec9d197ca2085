/* `headword pages`: writes or checks the doc pages of a repository. */
#include "cli/command.h"

#include "base/path.h"
#include "markdown/disk/publish.h"
#include "protocol/lsp_types.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

typedef struct {
    RepositoryOptions where;
    const char *out;
    bool as_json, progress;
    PublishRequest request;
} Options;

typedef struct {
    uint64_t started, told; /* nanoseconds */
    bool bar, lines, drawn; /* a line that is drawn again; one line after the other; something was told */
} Progress;

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
    (void)number;
    interrupted = 1;
}

/* The first Ctrl-C lets what is being written come to its end; a second one ends the process. */
static void catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static const uint64_t LINE_INTERVAL = 500000000; /* nanoseconds */

static bool show_progress(void *context, uint32_t done, uint32_t total) {
    Progress *self = context;
    uint64_t now = uv_hrtime();
    double seconds = (double)(now - self->started) / 1e9;
    bool due = self->lines ? now - self->told >= LINE_INTERVAL : self->bar && seconds >= 1;
    if (!due || total == 0) return !interrupted;
    self->drawn = true;
    self->told = now;
    double rate = done / seconds, left = done ? (total - done) / rate : 0;
    fprintf(stderr, "%sWriting pages: %u/%u (%u %%), %.0f/s, %.0f s left%s", self->bar ? "\r" : "", done,
            total, done * 100 / total, rate, left, self->bar ? "\033[K" : "\n");
    return !interrupted;
}

/* 0, or the exit status to end with. */
static int read_options(int argc, char **argv, Options *out) {
    static const struct option options[] = {REPOSITORY_OPTIONS,
                                            {"out", required_argument, NULL, 'o'},
                                            {"jobs", required_argument, NULL, 'j'},
                                            {"check", no_argument, NULL, 'c'},
                                            {"diff", no_argument, NULL, 'd'},
                                            {"force", no_argument, NULL, 'f'},
                                            {"json", no_argument, NULL, 'J'},
                                            {"progress", no_argument, NULL, 'p'},
                                            {0}};
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        char *end = "";
        switch (c) {
        case 'o': out->out = optarg; break;
        case 'j': out->request.jobs = (uint32_t)strtoul(optarg, &end, 10); break;
        case 'c': out->request.check = true; break;
        case 'd': out->request.check = out->request.diff = true; break;
        case 'f': out->request.force = true; break;
        case 'J': out->as_json = true; break;
        case 'p': out->progress = true; break;
        default:
            if (!repository_option(&out->where, c)) return EXIT_TROUBLE;
        }
        if (*end || (c == 'j' && out->request.jobs == 0))
            return command_fail("--jobs wants a number above 0, not %s", optarg);
    }
    return 0;
}

/* The way from the root to a path that is given relative to the working folder, or to the root when there is
 * nothing of that name in the working folder. */
static void path_below_root(const char *root, const char *path, StrBuf *out) {
    StrBuf full;
    buf_init(&full);
    char *real = realpath(path, NULL);
    if (real) {
        buf_append(&full, str_of(real));
    } else {
        buf_append(&full, str_of(root));
        path_join(&full, str_of(path));
    }
    StrBuf normal;
    buf_init(&normal);
    path_normalize(&normal, buf_str(&full));
    buf_append(out, path_below(buf_str(&normal), str_of(root)));
    free(real);
    buf_release(&full);
    buf_release(&normal);
}

/* The out folder as PageConfig wants it: relative to the root if it lies below, else absolute. */
static void normalize_out(const char *root, const char *out, StrBuf *into) {
    StrBuf full, normal;
    buf_init(&full);
    buf_init(&normal);
    buf_append(&full, str_of(root));
    path_join(&full, str_of(out));
    path_normalize(&normal, buf_str(&full));
    buf_append(into, path_below(buf_str(&normal), str_of(root)));
    buf_release(&full);
    buf_release(&normal);
}

static void print_json(const PageReport *item, const char *word) {
    json_t *row = json_pack("{s:s, s:o, s:s}", "state", word, "path", json_from_str(str_of(item->path)),
                            "reason", item->reason);
    if (item->diff) json_object_set_new(row, "diff", json_from_str(str_of(item->diff)));
    command_print_json(row);
}

static void print_reports(const Options *options, const PublishResult *result, const char *const *words) {
    bool check = options->request.check;
    for (uint32_t i = 0; i < result->reports.len; i++) {
        const PageReport *item = &result->reports.items[i];
        bool trouble = item->state == PAGE_REFUSED || item->state == PAGE_FAILED;
        if (options->as_json) print_json(item, words[item->state]);
        if (check && !options->as_json)
            command_print(stdout, "%s: %s%s%s\n", words[item->state], item->path, *item->reason ? ": " : "",
                          item->reason);
        if (item->diff && !options->as_json) command_print(stdout, "%s", item->diff);
        if (!check && trouble)
            command_print(stderr, "headword: %s: %s: %s\n", words[item->state], item->path, item->reason);
    }
}

static int print_result(const Options *options, const PublishResult *result) {
    static const char *const done[] = {"fresh", "created", "updated", "removed", "refused", "failed"};
    static const char *const would[] = {"fresh", "missing", "stale", "orphaned", "refused", "failed"};
    const PublishRequest *request = &options->request;
    const char *const *words = request->check ? would : done;
    print_reports(options, result, words);
    FILE *out = request->check || options->as_json ? stderr : stdout;
    for (int state = 0; state < PAGE_STATES; state++) {
        bool always = state == PAGE_FRESH || state == PAGE_CREATED || state == PAGE_UPDATED;
        if (!always && !result->counts[state]) continue;
        fprintf(out, "%s%u %s", state ? ", " : "", result->counts[state], words[state]);
    }
    StrBuf folder;
    buf_init(&folder);
    buf_append(&folder, request->config.root);
    path_join(&folder, request->config.out);
    command_print(out, " in %s\n", folder.data);
    buf_release(&folder);
    if (result->cancelled)
        fputs("headword: interrupted: every page is a whole one, and the next run writes the rest\n", stderr);
    if (result->counts[PAGE_FAILED] || result->cancelled) return EXIT_TROUBLE;
    uint32_t stale =
        result->counts[PAGE_CREATED] + result->counts[PAGE_UPDATED] + result->counts[PAGE_REMOVED];
    return result->counts[PAGE_REFUSED] || (request->check && stale) ? EXIT_FINDINGS : EXIT_FINE;
}

static int publish(Options *options, const Index *index) {
    PublishRequest *request = &options->request;
    Progress progress = {.started = uv_hrtime(), .bar = isatty(STDERR_FILENO)};
    progress.lines = !progress.bar && options->progress;
    request->context = &progress;
    request->progress = show_progress;
    catch_signals();
    PublishResult result;
    StrBuf why;
    buf_init(&why);
    int status = EXIT_TROUBLE;
    if (publish_pages(index, request, &result, &why)) {
        if (progress.bar && progress.drawn) fputs("\r\033[K", stderr);
        status = print_result(options, &result);
    } else {
        command_fail("%s", why.data);
    }
    publish_result_release(&result);
    buf_release(&why);
    return status;
}

int command_pages(int argc, char **argv) {
    Options options = {0};
    int wrong = read_options(argc, argv, &options);
    if (wrong) return wrong;
    options.where.texts = true;
    options.where.pages_out = options.out;
    Repository repository;
    if (!repository_open(&repository, &options.where)) return EXIT_TROUBLE;
    PublishRequest *request = &options.request;
    StrBuf out;
    buf_init(&out);
    normalize_out(repository.root, options.out ? options.out : repository.settings.pages_out, &out);
    request->config = (PageConfig){.root = str_of(repository.root),
                                   .out = buf_str(&out),
                                   .project = str_of(repository.settings.pages_project),
                                   .paths = &repository.paths,
                                   .source_url = str_of(repository.settings.pages_source_url)};
    request->incomplete = repository.incomplete;
    uint32_t count = (uint32_t)(argc - optind);
    StrBuf *paths = mem_calloc(count + 1, sizeof *paths);
    Str *names = mem_calloc(count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        buf_init(&paths[i]);
        path_below_root(repository.root, argv[optind + (int)i], &paths[i]);
        names[i] = buf_str(&paths[i]);
    }
    request->remembers = repository.caches;
    if (count) request->paths = names;
    request->path_count = count;
    int status = EXIT_TROUBLE;
    if (page_source_parse(str_of(repository.settings.pages_source), &request->config.source)) {
        status = publish(&options, repository.index);
    } else {
        command_fail("pages.source is full, excerpt or link, not %s", repository.settings.pages_source);
    }
    for (uint32_t i = 0; i < count; i++) buf_release(&paths[i]);
    mem_free(paths);
    mem_free(names);
    buf_release(&out);
    repository_close(&repository);
    return status;
}
