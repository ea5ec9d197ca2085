/* `headword check`: what docstrings say that the code does not. */
#include "cli/command.h"

#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/ruff.h"
#include "markdown/check.h"

#include <jansson.h>
#include <stdio.h>

typedef struct {
    const Index *index;
    RuleSet rules;
    bool as_json;
    uint32_t count;
    bool failed;
} Report;

static const char *const severities[] = {"", "error", "warning", "information", "hint"};

static void print_json(const Report *self, FileId file, const Finding *finding) {
    const Lines *lines = &index_facts(self->index, file)->lines;
    Position start = lines_position(lines, finding->range.start, ENCODING_UTF16);
    Position end = lines_position(lines, finding->range.end, ENCODING_UTF16);
    Str path = index_relative_path(self->index, file);
    const RuleRow *row = rule_row(finding->rule);
    StrBuf name;
    buf_init(&name);
    index_dotted_name(self->index, (SymbolRef){file, finding->symbol}, &name);
    json_t *json =
        json_pack("{s:s%, s:i, s:i, s:i, s:i, s:s, s:s, s:s%, s:s%}", "file", path.data, path.len, "line",
                  (int)start.line, "character", (int)start.column, "endLine", (int)end.line, "endCharacter",
                  (int)end.column, "code", row->code, "severity", severities[row->severity], "symbol",
                  name.data, name.len, "message", finding->message.data, finding->message.len);
    json_dumpf(json, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(json);
    buf_release(&name);
}

static void print_finding(const Report *self, FileId file, const Finding *finding) {
    Position place =
        lines_position(&index_facts(self->index, file)->lines, finding->range.start, ENCODING_UTF32);
    Str path = index_relative_path(self->index, file);
    printf("%.*s:%u:%u: %s: %.*s\n", STR_ARG(path), (unsigned)place.line + 1, (unsigned)place.column + 1,
           rule_row(finding->rule)->code, STR_ARG(finding->message));
}

/* Appends the text that the file's facts were read from. */
static bool read_text(Report *self, Str path, StrBuf *out) {
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    char *name = str_dup(path);
    bool ok = file_read(name, 0, &bytes, &why);
    if (ok)
        decode_text(path, buf_str(&bytes), out);
    else
        command_fail("%s: %s", name, why.data);
    self->failed |= !ok;
    mem_free(name);
    buf_release(&bytes);
    buf_release(&why);
    return ok;
}

static void check_file(Report *self, FileId file) {
    StrBuf text;
    buf_init(&text);
    Findings findings;
    findings_init(&findings);
    if (read_text(self, index_path(self->index, file), &text))
        check_docs(self->index, file, buf_str(&text), self->rules, &findings);
    for (uint32_t i = 0; i < findings.items.len; i++) {
        if (self->as_json)
            print_json(self, file, &findings.items.items[i]);
        else
            print_finding(self, file, &findings.items.items[i]);
    }
    self->count += findings.items.len;
    findings_release(&findings);
    buf_release(&text);
}

/* The rules of the command line, else of the settings, else all. */
static bool read_rules(const Repository *repository, const char *given, RuleSet *out) {
    const char *set = repository->settings.diagnostics_docs;
    StrBuf linted, why;
    buf_init(&linted);
    buf_init(&why);
    ruff_append_selected(str_of(repository->root), &linted);
    Str wanted = given ? str_of(given) : *set ? str_of(set) : STR("all");
    bool ok = rules_read(wanted, buf_str(&linted), out, &why);
    if (!ok) command_fail("check: %s", why.data);
    buf_release(&linted);
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
    Report report = {0};
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        switch (c) {
        case 'r': rules = optarg; break;
        case 'l': list = true; break;
        case 'j': report.as_json = true; break;
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
    report.index = repository.index;
    report.failed = !read_rules(&repository, rules, &report.rules);
    for (FileId file = 0; !report.failed && file < index_file_end(report.index); file++) {
        if (index_facts(report.index, file) && index_is_own(report.index, file)) check_file(&report, file);
    }
    repository_close(&repository);
    if (report.failed) return EXIT_TROUBLE;
    return report.count ? EXIT_FINDINGS : EXIT_FINE;
}
