#include "index/parse.h"

#include "base/mem.h"
#include "index/facts_builder.h"
#include "index/lang/lang.h"
#include "index/name.h"
#include "index/piece.h"
#include "index/pool.h"

#include <string.h>

/* What reading a whole text may take: with usual source, more than ten megabytes. */
enum {
    MOST_STEPS = 10000000,
    STEPS_OF_LOOK = 100 /* between two calls of tree-sitter's progress callback */
};

struct Parser {
    Pool *pool;      /* of trees */
    StrBuf newlines; /* a text whose lone carriage returns became line feeds */
    uint64_t most_steps;
};

Parser *parser_new(void) {
    Parser *self = mem_alloc(sizeof *self);
    self->pool = pool_new();
    buf_init(&self->newlines);
    self->most_steps = MOST_STEPS;
    return self;
}

void parser_limit(Parser *self, uint64_t steps) { self->most_steps = steps; }

void parser_free(Parser *self) {
    if (self == NULL) return;
    pool_free(self->pool);
    buf_release(&self->newlines);
    mem_free(self);
}

bool parser_reads(Str path) { return lang_of_path(path) != NULL; }

bool parser_may_hold(Str path, Str text, Str name, bool defined) {
    const Lang *lang = lang_of_path(path);
    StrBuf scratch;
    buf_init(&scratch);
    Str normal = name_normal(name, &scratch);
    bool found = false;
    for (size_t at = 0; lang && !found && (at = name_find(text, at, normal)) != STR_NPOS; at += normal.len)
        found = !defined || lang->may_define(text, at, at + normal.len);
    if (lang && !found) found = name_is_respelled(text, normal);
    buf_release(&scratch);
    return found;
}

Str parser_suffix(Str id) {
    const Lang *lang = lang_of_id(id);
    return lang ? str_of(lang->suffixes[0]) : STR_NONE;
}

void parser_suffixes(StrBuf *out) {
    size_t start = out->len;
    for (const Lang *const *lang = langs; *lang; lang++) {
        for (const char *const *suffix = (*lang)->suffixes; *suffix; suffix++) {
            if (out->len > start) buf_append_byte(out, ',');
            buf_append(out, str_from(str_of(*suffix), 1));
        }
    }
}

static bool lone_cr(Str text, size_t at) {
    return text.data[at] == '\r' && (at + 1 == text.len || text.data[at + 1] != '\n');
}

/* Grammars know "\n" and "\r\n" only. A lone "\r" is one byte too, so all offsets stay. */
static Str with_line_feeds(Parser *self, Str text) {
    size_t at = 0;
    for (;; at++) {
        size_t next = str_find_byte(str_from(text, at), '\r');
        if (next == STR_NPOS) return text;
        at += next;
        if (lone_cr(text, at)) break;
    }
    buf_clear(&self->newlines);
    buf_append(&self->newlines, text);
    for (; at < text.len; at++) {
        if (lone_cr(text, at)) self->newlines.data[at] = '\n';
    }
    return buf_str(&self->newlines);
}

/* Read in front of statements of a class's body, so that they stand in one. No real head is shorter. */
#define BODY_HEAD "class _:\n"
enum { HEAD_LEN = sizeof BODY_HEAD - 1 };

typedef struct {
    Str text;       /* from `start` on */
    uint32_t start; /* in the place of what is before, a head is read */
    uint64_t *left; /* looks that the parser may still take */
    bool *broken;   /* set where the text does not parse, which ends it; NULL: errors are recovered from */
} Work;

static bool is_over(TSParseState *state) {
    Work *work = state->payload;
    if (work->broken && state->has_error) return *work->broken = true;
    return *work->left == 0 || --*work->left == 0;
}

static const char *read_text(void *payload, uint32_t offset, TSPoint point, uint32_t *len) {
    (void)point;
    const Work *work = payload;
    if (offset < work->start) {
        *len = work->start - offset;
        return BODY_HEAD + HEAD_LEN - *len;
    }
    offset -= work->start;
    *len = offset < work->text.len ? (uint32_t)(work->text.len - offset) : 0;
    return *len ? work->text.data + offset : "";
}

/* The tree of what stands at work.start, which may be of a body, in the pool that was entered; NULL when that
 * takes more looks than are left. */
static TSTree *run_parser(const Lang *lang, Work work, bool body) {
    uint32_t start = work.start;
    TSRange range = {.start_byte = body ? start - HEAD_LEN : start,
                     .end_byte = start + (uint32_t)work.text.len,
                     .end_point = {UINT32_MAX, UINT32_MAX}};
    TSParser *parser = ts_parser_new();
    ts_parser_set_language(parser, lang->grammar());
    ts_parser_set_included_ranges(parser, &range, 1);
    TSTree *tree =
        ts_parser_parse_with_options(parser, NULL, (TSInput){&work, read_text, TSInputEncodingUTF8, NULL},
                                     (TSParseOptions){&work, is_over});
    ts_parser_reset(parser); /* the grammar's scanner has memory of its own */
    return tree;
}

static TSTree *parse_text(const Lang *lang, Str text, uint32_t start, bool body, uint64_t *left) {
    return run_parser(lang, (Work){text, start, left, NULL}, body);
}

static TSTree *parse(const Lang *lang, Str source, Range lines, bool body, uint64_t *left) {
    return parse_text(lang, str_slice(source, lines.start, lines.end), lines.start, body, left);
}

static bool is_broken(const TSTree *tree) { return ts_node_has_error(ts_tree_root_node(tree)); }

/* The tree of lines that do not parse with what they lack, which takes up no room in it; NULL when nothing is
 * lacking. */
static TSTree *parse_mended(const Lang *lang, Str source, Range lines, bool body, uint64_t *left) {
    StrBuf text;
    Ranges added = {0};
    TSTree *tree = NULL;
    buf_init(&text);
    if (lang->mend(str_slice(source, lines.start, lines.end), &text, &added))
        tree = parse_text(lang, buf_str(&text), lines.start, body, left);
    for (uint32_t i = added.len; tree && i-- > 0;) {
        uint32_t start = lines.start + added.items[i].start, end = lines.start + added.items[i].end;
        ts_tree_edit(tree, &(TSInputEdit){.start_byte = start, .old_end_byte = end, .new_end_byte = start});
    }
    ARRAY_FREE(&added);
    buf_release(&text);
    return tree;
}

static void parse_part(const Lang *lang, Str source, Part *part, uint64_t *left) {
    bool body = part->head != NONE;
    TSTree *tree = parse(lang, source, part->lines, body, left), *mended = NULL;
    if (body && tree && piece_is_torn(ts_tree_root_node(tree), part->lines.start))
        tree = parse(lang, source, part->lines, body = false, left);
    if (tree && is_broken(tree)) mended = parse_mended(lang, source, part->lines, body, left);
    part->tree = mended ? mended : tree;
}

/* Parses each part; a class that cannot be gone on with, with all of its body. False when that takes more
 * looks than are `left`. */
static bool parse_parts(const Lang *lang, Str source, Parts *parts, uint64_t *left) {
    for (uint32_t i = 0, next; i < parts->len; i = next) {
        Part *part = &parts->items[i];
        next = i + 1;
        parse_part(lang, source, part, left);
        if (part->tree == NULL) return false;
        if (next == parts->len || parts->items[next].head != i || lang->opens(part)) continue;
        while (next < parts->len && parts->items[next].head != NONE && parts->items[next].head >= i) next++;
        part->lines.end = parts->items[next - 1].lines.end;
        parse_part(lang, source, part, left);
        if (part->tree == NULL) return false;
    }
    return true;
}

/* Reads the parts of a text that does not parse alone, so that what is broken stays where it is. NULL when
 * that makes no difference. */
static Facts *read_parts(const Lang *lang, Str source, Segments *segments, uint64_t *left) {
    Parts parts = {0};
    Segments own = SEGMENTS_NONE;
    Facts *facts = NULL;
    lang->parts(source, &parts);
    assert(parts.items);
    if (parts.len == 1) parts.items->tree = parse_mended(lang, source, parts.items->lines, false, left);
    if (parts.len == 1 ? parts.items->tree != NULL : parse_parts(lang, source, &parts, left))
        facts = lang->facts_of_parts(&parts, source, &own);
    if (facts && facts->errors.count == 0) {
        facts_free(facts);
        facts = NULL;
    }
    if (facts && segments)
        *segments = own;
    else
        segments_release(&own);
    ARRAY_FREE(&parts);
    return facts;
}

static Facts *read_all(Parser *self, const Lang *lang, Str source, Segments *segments, bool *broken) {
    uint64_t left = self->most_steps / STEPS_OF_LOOK;
    pool_enter(self->pool);
    *broken = false;
    TSTree *tree = run_parser(lang, (Work){source, 0, &left, broken}, false);
    if (tree) *broken = is_broken(tree);
    Facts *facts = *broken ? read_parts(lang, source, segments, &left) : NULL;
    if (*broken && facts == NULL && tree == NULL) {
        left = self->most_steps / STEPS_OF_LOOK;
        tree = parse_text(lang, source, 0, false, &left);
        *broken = tree && is_broken(tree);
    }
    if (tree && facts == NULL) facts = lang->facts(tree, source, NULL, segments);
    pool_leave(self->pool);
    return facts;
}

Facts *parser_facts(Parser *self, Str path, Str text) {
    const Lang *lang = lang_of_path(path);
    bool broken;
    return lang ? read_all(self, lang, with_line_feeds(self, text), NULL, &broken) : facts_new_plain(text);
}

/* --- shapes ------------------------------------------------------------------------------------ */

enum { SHAPE_LOOKS = 10000 }; /* of the parser, at most */

struct Shape {
    Pool *pool; /* the parser's */
    const Lang *lang;
    TSTree *tree;
    StrBuf source;
};

Shape *shape_new(Parser *parser, Str path, Str text) {
    const Lang *lang = lang_of_path(path);
    if (lang == NULL) return NULL;
    uint64_t left = SHAPE_LOOKS;
    Str source = with_line_feeds(parser, text);
    pool_enter(parser->pool);
    TSTree *tree = parse(lang, source, (Range){0, (uint32_t)source.len}, false, &left);
    if (tree == NULL) {
        pool_leave(parser->pool);
        return NULL;
    }
    Shape *self = mem_alloc(sizeof *self);
    *self = (Shape){.pool = parser->pool, .lang = lang, .tree = tree};
    buf_init(&self->source);
    buf_append(&self->source, source);
    return self;
}

void shape_free(Shape *self) {
    if (self == NULL) return;
    pool_leave(self->pool);
    buf_release(&self->source);
    mem_free(self);
}

void shape_folds(const Shape *self, Folds *out) {
    self->lang->folds(self->tree, buf_str(&self->source), out);
    folds_sort(out);
}

void shape_enclosing(const Shape *self, uint32_t offset, Ranges *out) {
    self->lang->enclosing(self->tree, buf_str(&self->source), offset, out);
}

/* --- a text that is being edited --------------------------------------------------------------- */

/* What an answer waits for after an edit. */
enum {
    PIECE_LARGEST = 24 << 10, /* bytes of a piece */
    PIECE_WORK = 64           /* looks of the parser, at all pieces together */
};

struct Syntax {
    StrBuf source; /* that `facts` stand for */
    Segments segments;
    const Facts *facts; /* NULL before the first call; to be compared only */
    bool broken;        /* what was last read whole does not parse, even if `facts` show no error */
};

Syntax *syntax_new(void) {
    Syntax *self = mem_calloc(1, sizeof *self);
    buf_init(&self->source);
    self->segments = SEGMENTS_NONE;
    return self;
}

void syntax_free(Syntax *self) {
    if (self == NULL) return;
    buf_release(&self->source);
    segments_release(&self->segments);
    mem_free(self);
}

static bool continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static size_t shared_start(Str a, Str b, size_t most) {
    enum { BLOCK = 256 };
    size_t start = 0;
    while (start + BLOCK <= most && memcmp(a.data + start, b.data + start, BLOCK) == 0) start += BLOCK;
    while (start < most && a.data[start] == b.data[start]) start++;
    return start;
}

static size_t shared_end(Str a, Str b, size_t most) {
    enum { BLOCK = 256 };
    const char *a_end = a.data + a.len, *b_end = b.data + b.len;
    size_t end = 0;
    while (end + BLOCK <= most && memcmp(a_end - end - BLOCK, b_end - end - BLOCK, BLOCK) == 0) end += BLOCK;
    while (end < most && a_end[-1 - (ptrdiff_t)end] == b_end[-1 - (ptrdiff_t)end]) end++;
    return end;
}

/* What lies between the longest common start and the longest common end of two texts, in whole characters. */
static Edit difference(Str before, Str after) {
    size_t shared = before.len < after.len ? before.len : after.len;
    size_t start = shared_start(before, after, shared);
    while (start > 0 && ((start < before.len && continues(before.data[start])) ||
                         (start < after.len && continues(after.data[start]))))
        start--;
    size_t end = shared_end(before, after, shared - start);
    while (end > 0 && continues(before.data[before.len - end])) end--;
    return (Edit){(uint32_t)start, (uint32_t)(before.len - end), (uint32_t)(after.len - end)};
}

/* The parsed piece around the edit: the narrowest that can be read alone, else one that fits and takes
 * nothing in that follows, which a broken statement might swallow. NULL when there is none that is small
 * enough. */
static TSTree *parse_piece(const Syntax *self, const Lang *lang, Str source, const Edit *edit, Piece *chosen,
                           bool *whole) {
    TSTree *best = NULL;
    uint64_t left = PIECE_WORK;
    *whole = false;
    for (uint32_t width = 0; width < PIECE_WIDTHS && !*whole && left; width++) {
        Piece piece;
        if (width == PIECE_CLASS && best) break;
        if (!piece_find(&piece, &self->segments, edit, buf_str(&self->source), source, width) ||
            piece.now.end - piece.now.start > PIECE_LARGEST)
            continue;
        TSTree *tree = parse(lang, source, piece.now, piece.parent != NONE, &left);
        bool fits = tree && piece_fits(&piece, &self->segments, source, tree);
        *whole = fits && piece_is_whole(&piece, &self->segments, buf_str(&self->source), source, tree);
        if (*whole || (fits && best == NULL && !piece.goes_behind)) {
            best = tree;
            *chosen = piece;
        }
    }
    return best;
}

/* Reads what the edit changed; NULL when that cannot be told from a small piece. */
static Facts *read_piece(Syntax *self, Parser *parser, const Lang *lang, Str source, const Edit *edit,
                         const Facts *last, bool *whole) {
    Piece piece = {0};
    pool_enter(parser->pool);
    TSTree *tree = parse_piece(self, lang, source, edit, &piece, whole);
    Reuse reuse = {last, &self->segments, *edit, piece.first, piece.last, piece.parent, piece.now.start};
    Segments segments = SEGMENTS_NONE;
    Facts *facts = tree ? lang->facts(tree, source, &reuse, &segments) : NULL;
    pool_leave(parser->pool);
    Segments unused = facts ? self->segments : segments;
    if (facts) self->segments = segments;
    segments_release(&unused);
    return facts;
}

static Facts *read_whole(Syntax *self, Parser *parser, const Lang *lang, Str source, bool *exact) {
    segments_release(&self->segments);
    self->segments = SEGMENTS_NONE;
    *exact = true;
    return read_all(parser, lang, source, &self->segments, &self->broken);
}

static bool same(const Edit *edit) { return edit->start == edit->old_end && edit->start == edit->new_end; }

/* Reads what the edit changed; at worst the last facts are moved. NULL when all of the text is to be read:
 * when that is little, or what was changed is much. */
static Facts *read_edit(Syntax *self, Parser *parser, const Lang *lang, Str source, const Edit *edit,
                        const Facts *last, bool *exact) {
    if (same(edit)) return segments_move(&self->segments, last, edit, source);
    Facts *facts = read_piece(self, parser, lang, source, edit, last, exact);
    *exact = *exact && facts && !self->broken;
    bool is_typed =
        edit->old_end - edit->start <= PIECE_LARGEST && edit->new_end - edit->start <= PIECE_LARGEST;
    if (facts || source.len <= PIECE_LARGEST || !is_typed) return facts;
    return segments_move(&self->segments, last, edit, source);
}

Facts *syntax_facts(Syntax *self, Parser *parser, Str path, Str text, const Facts *last, bool *exact) {
    const Lang *lang = lang_of_path(path);
    *exact = true;
    if (lang == NULL) return facts_new_plain(text);
    Str source = with_line_feeds(parser, text);
    Facts *facts = NULL;
    if (last && last == self->facts) {
        Edit edit = difference(buf_str(&self->source), source);
        facts = read_edit(self, parser, lang, source, &edit, last, exact);
    }
    if (facts == NULL) facts = read_whole(self, parser, lang, source, exact);
    if (facts == NULL) return facts_new_plain(text);
    buf_clear(&self->source);
    buf_append(&self->source, source);
    self->facts = facts;
    return facts;
}
