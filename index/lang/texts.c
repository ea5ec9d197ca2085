/* Which text files there are, and who reads them. */
#include "index/texts.h"

#include "base/path.h"
#include "index/lang/text_reader.h"

#define READ(name) read_##name
#define PLAIN NULL

typedef struct {
    TextKind kind;
    ReadText *read; /* NULL: nobody */
    const char *patterns;
} Row;

static const Row rows[] = {
#define KIND(name, type, fence, reader, patterns) {{name, type, fence}, reader, patterns},
#include "index/lang/kinds.def"
#undef KIND
};
enum { ROWS = sizeof rows / sizeof *rows };
static_assert(ROWS <= 64, "a bit for each row");

static bool equals_folded(Str a, Str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.data[i], y = b.data[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (x != y) return false;
    }
    return true;
}

static bool fits(Str name, Str pattern) {
    if (str_ends_with(pattern, STR("*")))
        return str_starts_with(name, str_slice(pattern, 0, pattern.len - 1));
    if (!str_starts_with(pattern, STR("."))) return str_eq(name, pattern);
    return equals_folded(path_suffix(name), pattern) || equals_folded(name, pattern);
}

static const Row *row_of(Str path) {
    Str name = path_name(path), pattern;
    for (int row = 0; row < ROWS; row++) {
        Str patterns = str_of(rows[row].patterns);
        while (str_next_piece(&patterns, ' ', &pattern)) {
            if (fits(name, pattern)) return &rows[row];
        }
    }
    return &rows[ROWS - 1];
}

const TextKind *text_kind(Str path) { return &row_of(path)->kind; }

bool text_is_read(Str path) { return row_of(path)->read != NULL; }

Facts *text_facts(Str path, Str text) {
    TextReader reader = {.path = path, .text = text};
    builder_init(&reader.builder, text);
    intern_init(&reader.keys);
    reader.builder.symbols.items[0].kind = SYMBOL_DOCUMENT;
    ReadText *read = row_of(path)->read;
    if (read) read(&reader);
    intern_release(&reader.keys);
    return builder_finish(&reader.builder);
}

/* What tools write and people do not read. */
static bool is_generated(Str path) {
    static const char *const ends[] = {"/package-lock.json",
                                       "/npm-shrinkwrap.json",
                                       "/pnpm-lock.yaml",
                                       "/go.sum",
                                       ".lock",
                                       ".min.js",
                                       ".min.css",
                                       ".js.map",
                                       ".css.map"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (str_ends_with(path, str_of(ends[i]))) return true;
    }
    return false;
}

/* Pages end with a stamp; other files of ours begin with one (markdown/stamp.h). */
static bool is_own_page(Str bytes) {
    enum { STAMP_PLACE = 300 };
    Str end = str_from(bytes, bytes.len > STAMP_PLACE ? bytes.len - STAMP_PLACE : 0);
    return str_find(end, STR("<!-- headword format=")) != STR_NPOS ||
           str_find(str_slice(bytes, 0, STAMP_PLACE), STR("headword format=")) != STR_NPOS;
}

TextFitness text_fitness(Str path, Str bytes) {
    enum { LOOKED_AT = 8000 }; /* as in git's xdiff-interface.c */
    if (str_find_byte(str_slice(bytes, 0, LOOKED_AT), '\0') != STR_NPOS) return TEXT_BINARY;
    return is_generated(path) || is_own_page(bytes) ? TEXT_GENERATED : TEXT_FIT;
}

static TextKinds kinds_named(Str name) {
    TextKinds found = str_eq(name, STR("all")) ? ~(TextKinds)0 : 0;
    for (int row = 0; row < ROWS; row++) {
        if (str_eq(name, str_of(rows[row].kind.name))) found |= (TextKinds)1 << row;
    }
    return found;
}

bool text_kinds_parse(Str list, TextKinds *out, StrBuf *why) {
    *out = 0;
    while (list.len) {
        size_t len = 0;
        while (len < list.len && list.data[len] != ',' && list.data[len] != ' ') len++;
        Str name = str_slice(list, 0, len);
        TextKinds kinds = kinds_named(name);
        if (name.len && !kinds && !str_eq(name, STR("none"))) {
            buf_printf(why, "no kind of file is called %.*s: use all, none, or some of", STR_ARG(name));
            for (int row = 0; row < ROWS; row++) {
                bool repeated = row && strcmp(rows[row].kind.name, rows[row - 1].kind.name) == 0;
                if (!repeated) buf_printf(why, " %s", rows[row].kind.name);
            }
            return false;
        }
        *out |= kinds;
        list = str_from(list, len + 1);
    }
    return true;
}

bool text_kinds_hold(TextKinds kinds, Str path) { return kinds >> (row_of(path) - rows) & 1; }
