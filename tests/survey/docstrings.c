/* survey_docstrings FOLDER [-v]: renders every docstring of a repository, attached ones too, and says what
 * became of it: words that are lost, cards in which GitHub's reader finds other blocks than were written,
 * time per card, and how far documented parameters agree with signatures. */
#include "../unit/words.h"
#include "agreement.h"
#include "structure.h"

#include "base/path.h"
#include "index/attached.h"
#include "index/fillings.h"
#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/parse.h"
#include "markdown/card.h"
#include "markdown/card_docs.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    bool verbose;
    uint32_t docstrings, attached, lost, lossy;
    uint32_t read, misread; /* cards; those in which other blocks are found than were written */
    Agreement agreement;
    Array(double) times; /* milliseconds of processor time per card */
} Survey;

static Index *read_folder(const char *root, Parser *parser) {
    Index *index = index_new();
    index_add_root(index, str_of(root));
    Paths paths = {0};
    walk_files(root, &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        StrBuf bytes, text, why;
        buf_init(&bytes);
        buf_init(&text);
        buf_init(&why);
        Str path = str_of(paths.items[i]);
        if (parser_reads(path) && file_read(paths.items[i], 0, &bytes, &why)) {
            decode_text(path, buf_str(&bytes), &text);
            index_update(index, path, parser_facts(parser, path, buf_str(&text)));
        }
        buf_release(&bytes);
        buf_release(&text);
        buf_release(&why);
    }
    paths_release(&paths);
    return index;
}

static void say_place(const Index *index, SymbolRef ref, const char *what) {
    const Facts *facts = index_facts(index, ref.file);
    uint32_t line = lines_line(&facts->lines, facts->symbols.items[ref.symbol].name_start) + 1;
    Str path = index_relative_path(index, ref.file);
    printf("%s: %.*s:%u", what, STR_ARG(path), (unsigned)line);
}

/* Whether the card, as it was written, is read as it was meant. */
static bool check_structure(Survey *self, Str card, StrBuf *written) {
    StrBuf read;
    buf_init(&read);
    structure_record(NULL);
    bool can = structure_read(card, &read), same = !can || str_eq(buf_str(&read), buf_str(written));
    self->read += can;
    self->misread += !same;
    if (!same && self->verbose)
        printf("--- written:\n%s--- read:\n%s--- in:\n%.*s\n", written->data, read.data, STR_ARG(card));
    buf_release(&read);
    return same;
}

static void check_words(Survey *self, const Index *index, SymbolRef ref, Str doc, WriterFormat format) {
    Linker links = format == WRITER_MARKDOWN ? linker_file(index) : linker_none();
    StrBuf card, lost;
    buf_init(&card);
    buf_init(&lost);
    Writer writer;
    writer_init(&writer, &card, format);
    card_write_docs(&writer, index, ref, &links);
    uint32_t count = words_lost(doc, buf_str(&card), &lost);
    self->lost += count;
    self->lossy += count > 0;
    if (count) {
        say_place(index, ref, format == WRITER_PLAIN ? "lost in plain text" : "lost");
        printf(":%s\n", lost.data);
    }
    buf_release(&card);
    buf_release(&lost);
}

static void time_card(Survey *self, const Index *index, SymbolRef ref) {
    struct timespec start, end;
    StrBuf card, written;
    buf_init(&card);
    buf_init(&written);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    card_hover(index, ref, WRITER_MARKDOWN, &card);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    double ms = (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
    ARRAY_PUSH(&self->times, ms);
    if (self->verbose && ms > 0.5) {
        say_place(index, ref, "slow");
        printf(": %.2f ms\n", ms);
    }
    buf_clear(&card);
    structure_record(&written);
    card_hover(index, ref, WRITER_MARKDOWN, &card);
    if (!check_structure(self, buf_str(&card), &written)) {
        say_place(index, ref, "misread");
        printf("\n");
    }
    buf_release(&card);
    buf_release(&written);
}

static void survey_file(Survey *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    if (!facts) return;
    for (uint32_t s = 0; s < facts->symbols.count; s++) {
        SymbolRef ref = {file, s};
        const Symbol *symbol = &facts->symbols.items[s];
        Str doc = facts_text(facts, symbol->doc);
        time_card(self, index, ref);
        if (doc.len == 0) continue;
        self->docstrings++;
        check_words(self, index, ref, doc, WRITER_MARKDOWN);
        check_words(self, index, ref, doc, WRITER_PLAIN);
        agreement_look(&self->agreement, index, ref, doc);
    }
}

/* Docstrings that stand elsewhere: the card of each by itself. */
static void survey_attached(Survey *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    for (uint32_t d = 0; facts && d < facts->docs.count; d++) {
        DocRef ref = {file, d};
        Linker links = linker_file(index);
        StrBuf card, written, lost, text;
        buf_init(&card);
        buf_init(&written);
        buf_init(&lost);
        buf_init(&text);
        fillings_append(index, ref, &text);
        Writer writer;
        writer_init(&writer, &card, WRITER_MARKDOWN);
        structure_record(&written);
        card_write_attached(&writer, index, ref, &links);
        bool same = check_structure(self, buf_str(&card), &written);
        uint32_t count = words_lost(buf_str(&text), buf_str(&card), &lost);
        self->attached++;
        self->lost += count;
        self->lossy += count > 0;
        if (count || !same) {
            Str path = index_relative_path(index, file);
            printf("attached: %.*s:%u: %s%s\n", STR_ARG(path), (unsigned)attached_line(index, ref),
                   count ? "lost" : "misread", lost.data ? lost.data : "");
        }
        buf_release(&card);
        buf_release(&written);
        buf_release(&lost);
        buf_release(&text);
    }
}

static int by_time(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(Survey *self) {
    qsort(self->times.items, self->times.len, sizeof *self->times.items, by_time);
    uint32_t n = self->times.len;
    printf("docstrings: %u, attached: %u, words lost: %u in %u\n", (unsigned)self->docstrings,
           (unsigned)self->attached, (unsigned)self->lost, (unsigned)self->lossy);
    printf("read with cmark-gfm: %u cards, with other blocks than were written: %u\n", (unsigned)self->read,
           (unsigned)self->misread);
    if (n)
        printf("cards: %u, ms: p50 %.3f, p99 %.3f, most %.3f\n", (unsigned)n, self->times.items[n / 2],
               self->times.items[n - 1 - n / 100], self->times.items[n - 1]);
    agreement_report(&self->agreement);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "Usage: %s FOLDER [-v]\n", argv[0]);
        return 2;
    }
    Survey survey = {.verbose = argc > 2, .agreement = {.verbose = argc > 2}};
    Parser *parser = parser_new();
    Index *index = read_folder(argv[1], parser);
    for (FileId file = 0; file < index_file_end(index); file++) {
        survey_file(&survey, index, file);
        survey_attached(&survey, index, file);
    }
    report(&survey);
    ARRAY_FREE(&survey.times);
    index_free(index);
    parser_free(parser);
    return survey.lost > 0 || survey.misread > 0;
}
