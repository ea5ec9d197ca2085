/* `headword check`: what docstrings say that the code does not, and links of Markdown files to what is not
 * there. */
#include "cli/command.h"

#include "base/path.h"
#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "markdown/disk/asked_rules.h"
#include "markdown/disk/prose_check.h"

#include <jansson.h>
#include <stdio.h>

typedef struct {
    const Index *index;
    AskedRules rules;
    Str root;
    bool as_json;
    uint32_t count;
    bool failed;
} Report;

static const char *const severities[] = {"", "error", "warning", "information", "hint"};

/* A finding as it is printed. */
typedef struct {
    Str path, symbol, message;
    const Lines *lines;
    Range range;
    Rule rule;
} Line;

static void print_json(const Line *line) {
    Position start = lines_position(line->lines, line->range.start, ENCODING_UTF16);
    Position end = lines_position(line->lines, line->range.end, ENCODING_UTF16);
    const RuleRow *row = rule_row(line->rule);
    json_t *json = json_pack("{s:s%, s:i, s:i, s:i, s:i, s:s, s:s, s:s%, s:s%}", "file", line->path.data,
                             line->path.len, "line", (int)start.line, "character", (int)start.column,
                             "endLine", (int)end.line, "endCharacter", (int)end.column, "code", row->code,
                             "severity", severities[row->severity], "symbol", line->symbol.data,
                             line->symbol.len, "message", line->message.data, line->message.len);
    command_print_json(json);
}

static void print_text(const Line *line) {
    Position place = lines_position(line->lines, line->range.start, ENCODING_UTF32);
    command_print(stdout, "%.*s:%u:%u: %s: %.*s\n", STR_ARG(line->path), (unsigned)place.line + 1,
                  (unsigned)place.column + 1, rule_row(line->rule)->code, STR_ARG(line->message));
}

static void report(Report *self, const Line *line) {
    self->count++;
    if (self->as_json)
        print_json(line);
    else
        print_text(line);
}

/* Appends the text of a file. */
static bool read_text(Report *self, const char *path, StrBuf *out) {
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    bool ok = file_read(path, 0, &bytes, &why);
    if (ok)
        decode_text(str_of(path), buf_str(&bytes), out);
    else
        command_fail("%s: %s", path, why.data);
    self->failed |= !ok;
    buf_release(&bytes);
    buf_release(&why);
    return ok;
}

static void report_finding(Report *self, FileId file, const Finding *finding) {
    StrBuf name;
    buf_init(&name);
    index_dotted_name(self->index, (SymbolRef){file, finding->symbol}, &name);
    report(self, &(Line){index_relative_path(self->index, file), buf_str(&name), finding->message,
                         &index_facts(self->index, file)->lines, finding->range, finding->rule});
    buf_release(&name);
}

static void check_file(Report *self, FileId file) {
    StrBuf text;
    buf_init(&text);
    Findings findings;
    findings_init(&findings);
    char *path = str_dup(index_path(self->index, file));
    RuleSet rules = asked_rules_at(&self->rules, self->root, str_of(path));
    if (read_text(self, path, &text)) check_docs(self->index, file, buf_str(&text), rules, &findings);
    for (uint32_t i = 0; i < findings.items.len; i++) report_finding(self, file, &findings.items.items[i]);
    findings_release(&findings);
    mem_free(path);
    buf_release(&text);
}

static void check_markdown(Report *self, const char *path) {
    if (!(asked_rules_at(&self->rules, self->root, str_of(path)) & RULE_BIT(RULE_dangling_reference))) return;
    StrBuf text;
    Findings findings;
    buf_init(&text);
    findings_init(&findings);
    if (read_text(self, path, &text)) {
        Arena arena;
        arena_init(&arena);
        Lines lines = lines_build(&arena, buf_str(&text));
        prose_check(self->index, str_of(path), buf_str(&text), &findings);
        for (uint32_t i = 0; i < findings.items.len; i++) {
            const Finding *it = &findings.items.items[i];
            report(self, &(Line){path_below(str_of(path), self->root), STR(""), it->message, &lines,
                                 it->range, it->rule});
        }
        arena_release(&arena);
    }
    findings_release(&findings);
    buf_release(&text);
}

static void check_all(Report *self, const Repository *repository) {
    FileIds files = {0};
    repository_files(repository, &files);
    for (uint32_t i = 0; i < files.len; i++) check_file(self, files.items[i]);
    ARRAY_FREE(&files);
    Paths paths = {0};
    walk_files(repository->root, &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        if (str_ends_with(str_of(paths.items[i]), STR(".md"))) check_markdown(self, paths.items[i]);
    }
    paths_release(&paths);
}

/* --- the command ------------------------------------------------------------------------------------- */

/* The rules of the command line, else of the settings, else all. */
static bool read_rules(const Repository *repository, const char *given, AskedRules *out) {
    const char *set = repository->settings.diagnostics_docs;
    StrBuf why;
    buf_init(&why);
    bool ok = asked_rules_set(out, given ? str_of(given) : *set ? str_of(set) : STR("all"), &why);
    if (!ok) command_fail("check: %s", why.data);
    buf_release(&why);
    return ok;
}

static void print_rules(void) {
    for (Rule rule = 0; rule < RULES; rule++)
        printf("%-22s %s\n", rule_row(rule)->code, rule_row(rule)->finds);
}

int command_check(int argc, char **argv) {
    static const struct option options[] = {REPOSITORY_OPTIONS,
                                            {"rules", required_argument, NULL, 'r'},
                                            {"list", no_argument, NULL, 'l'},
                                            {"json", no_argument, NULL, 'j'},
                                            {0}};
    RepositoryOptions where = {0};
    const char *rules = NULL;
    bool list = false;
    Report self = {0};
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        switch (c) {
        case 'r': rules = optarg; break;
        case 'l': list = true; break;
        case 'j': self.as_json = true; break;
        default:
            if (!repository_option(&where, c)) return EXIT_TROUBLE;
        }
    }
    if (optind != argc) return command_usage("check");
    if (list) {
        print_rules();
        return EXIT_FINE;
    }
    Repository repository;
    if (!repository_open(&repository, &where)) return EXIT_TROUBLE;
    self.index = repository.index;
    self.root = str_of(repository.root);
    self.failed = !read_rules(&repository, rules, &self.rules);
    if (!self.failed) check_all(&self, &repository);
    repository_close(&repository);
    asked_rules_release(&self.rules);
    if (self.failed) return EXIT_TROUBLE;
    return self.count ? EXIT_FINDINGS : EXIT_FINE;
}
