/* survey_doc_edits FOLDER [-v]: updates every docstring of a repository, and inserts one wherever there is
 * none, each by itself; says where a word is lost, the file reads worse than before, or a second update finds
 * more to do. */
#include "../unit/words.h"

#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/parse.h"
#include "markdown/check.h"
#include "markdown/doc_edit.h"

#include <stdio.h>

typedef struct {
    bool verbose;
    Parser *parser;
    uint32_t inserted, updated, lost, broken, restless, disagreeing;
} Survey;

static void say(const Index *index, SymbolRef ref, const char *what) {
    const Facts *facts = index_facts(index, ref.file);
    uint32_t line = lines_line(&facts->lines, facts->symbols.items[ref.symbol].name_start) + 1;
    Str path = index_relative_path(index, ref.file);
    printf("%s: %.*s:%u\n", what, STR_ARG(path), (unsigned)line);
}

/* The docstring's disagreements with the signature. */
static uint32_t disagreements(const Index *index, SymbolRef ref, Str text) {
    Findings findings;
    findings_init(&findings);
    check_docs(index, ref.file, text, RULE_BIT(RULE_unknown_parameter) | RULE_BIT(RULE_missing_parameter),
               &findings);
    uint32_t count = 0;
    for (uint32_t i = 0; i < findings.items.len; i++) count += findings.items.items[i].symbol == ref.symbol;
    findings_release(&findings);
    return count;
}

/* Looks at the file as it is after an edit, in an index of its own. */
static void look_again(Survey *self, const Index *index, SymbolRef ref, Str text, bool insert) {
    Index *after = index_new();
    Str path = index_path(index, ref.file);
    FileId file = index_update(after, path, parser_facts(self->parser, path, text));
    const Facts *facts = index_facts(after, file), *before = index_facts(index, ref.file);
    DocEdit again;
    bool broken = facts->errors.count > before->errors.count || facts->tree_count != before->tree_count ||
                  !(facts->symbols.items[ref.symbol].flags & SYMBOL_HAS_DOC);
    self->broken += broken;
    if (broken) say(index, ref, "broken");
    if (!broken) {
        bool more =
            !insert && doc_edit_update(facts, ref.symbol, text, (DocHabit){STYLE_GOOGLE, false}, &again);
        bool less = disagreements(after, (SymbolRef){file, ref.symbol}, text) > 0;
        self->restless += more;
        self->disagreeing += less;
        if (more) say(index, ref, "restless");
        if (less && self->verbose) say(index, ref, "disagreeing");
        if (!insert) doc_edit_release(&again);
    }
    index_free(after);
}

static void edit(Survey *self, const Index *index, SymbolRef ref, Str text) {
    const Facts *facts = index_facts(index, ref.file);
    DocEdit made;
    bool insert = !(facts->symbols.items[ref.symbol].flags & SYMBOL_HAS_DOC);
    bool any = insert ? doc_edit_insert(facts, ref.symbol, text, (DocHabit){STYLE_NUMPY, true}, false, &made)
                      : doc_edit_update(facts, ref.symbol, text, (DocHabit){STYLE_GOOGLE, false}, &made);
    if (any) {
        StrBuf lost, whole;
        buf_init(&lost);
        buf_init(&whole);
        Str old = str_slice(text, made.range.start, made.range.end);
        if (words_lost(old, buf_str(&made.text), &lost)) {
            self->lost++;
            say(index, ref, lost.data);
        }
        buf_append(&whole, text);
        buf_replace(&whole, made.range.start, made.range.end, buf_str(&made.text));
        *(insert ? &self->inserted : &self->updated) += 1;
        look_again(self, index, ref, buf_str(&whole), insert);
        buf_release(&lost);
        buf_release(&whole);
    }
    doc_edit_release(&made);
}

static void survey_text(Survey *self, Str path, Str text) {
    Facts *facts = parser_facts(self->parser, path, text);
    if (!facts) return;
    Index *index = index_new();
    FileId file = index_update(index, path, facts);
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        if (facts->symbols.items[s].kind <= SYMBOL_METHOD) edit(self, index, (SymbolRef){file, s}, text);
    }
    index_free(index);
}

static void survey_path(Survey *self, const char *path) {
    StrBuf bytes, text, why;
    buf_init(&bytes);
    buf_init(&text);
    buf_init(&why);
    if (parser_reads(str_of(path)) && file_read(path, 0, &bytes, &why)) {
        decode_text(str_of(path), buf_str(&bytes), &text);
        survey_text(self, str_of(path), buf_str(&text));
    }
    buf_release(&bytes);
    buf_release(&text);
    buf_release(&why);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "Usage: %s FOLDER [-v]\n", argv[0]);
        return 2;
    }
    Survey survey = {.verbose = argc > 2, .parser = parser_new()};
    Paths paths = {0};
    walk_files(argv[1], &paths);
    for (uint32_t i = 0; i < paths.len; i++) survey_path(&survey, paths.items[i]);
    printf("inserted %u, updated %u; words lost in %u, broken %u, restless %u, disagreeing %u\n",
           (unsigned)survey.inserted, (unsigned)survey.updated, (unsigned)survey.lost,
           (unsigned)survey.broken, (unsigned)survey.restless, (unsigned)survey.disagreeing);
    paths_release(&paths);
    parser_free(survey.parser);
    return survey.lost || survey.broken || survey.restless;
}
