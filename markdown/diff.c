#include "markdown/diff.h"

#include "base/array.h"

enum { CONTEXT = 3, MOST_EDITS = 1500 };

typedef Array(Str) TextLines;

static void split(Str text, TextLines *out) {
    Str line;
    while (str_next_line(&text, &line)) ARRAY_PUSH(out, line);
}

/* Two texts, and which of their lines the other one lacks. */
typedef struct {
    TextLines old, new;
    bool *gone, *come;
} Difference;

/* Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), between the lines that both texts begin
 * and end with: how far into `old` each diagonal was followed with each number of edits. */
typedef struct {
    const Str *old, *new;
    int32_t old_count, new_count;
    Array(int32_t) reached; /* with d edits: diagonals -d … d, from d * d on */
} Search;

static int32_t reached(const Search *self, int32_t edits, int32_t diagonal) {
    return self->reached.items[edits * edits + edits + diagonal];
}

/* Whether the furthest way to a diagonal ends with a line of `new`. */
static bool comes_down(const Search *self, int32_t edits, int32_t diagonal) {
    if (diagonal == -edits || diagonal == edits) return diagonal == -edits;
    return reached(self, edits - 1, diagonal - 1) < reached(self, edits - 1, diagonal + 1);
}

static int32_t follow(const Search *self, int32_t edits, int32_t diagonal) {
    int32_t x = 0;
    if (edits && comes_down(self, edits, diagonal))
        x = reached(self, edits - 1, diagonal + 1);
    else if (edits)
        x = reached(self, edits - 1, diagonal - 1) + 1;
    while (x < self->old_count && x - diagonal < self->new_count &&
           str_eq(self->old[x], self->new[x - diagonal]))
        x++;
    return x;
}

/* The least number of edits; -1 when it is too large. */
static int32_t count_edits(Search *self) {
    for (int32_t edits = 0; edits <= MOST_EDITS; edits++) {
        for (int32_t diagonal = -edits; diagonal <= edits; diagonal++) {
            /* of every second diagonal nothing is known, nor asked */
            bool used = ((diagonal + edits) & 1) == 0;
            int32_t x = used ? follow(self, edits, diagonal) : 0;
            ARRAY_PUSH(&self->reached, x);
            if (used && x >= self->old_count && x - diagonal >= self->new_count) return edits;
        }
    }
    return -1;
}

static void mark_edits(const Search *self, int32_t edits, bool *gone, bool *come) {
    int32_t x = self->old_count, y = self->new_count;
    for (; edits > 0; edits--) {
        bool down = comes_down(self, edits, x - y);
        int32_t diagonal = x - y + (down ? 1 : -1);
        x = reached(self, edits - 1, diagonal);
        y = x - diagonal;
        *(down ? &come[y] : &gone[x]) = true;
    }
}

static void compare(Difference *self) {
    uint32_t shared = self->old.len < self->new.len ? self->old.len : self->new.len, head = 0, tail = 0;
    while (head < shared && str_eq(self->old.items[head], self->new.items[head])) head++;
    while (tail < shared - head &&
           str_eq(self->old.items[self->old.len - 1 - tail], self->new.items[self->new.len - 1 - tail]))
        tail++;
    Search search = {.old = self->old.items + head,
                     .new = self->new.items + head,
                     .old_count = (int32_t)(self->old.len - head - tail),
                     .new_count = (int32_t)(self->new.len - head - tail)};
    int32_t edits = count_edits(&search);
    if (edits >= 0) {
        mark_edits(&search, edits, self->gone + head, self->come + head);
    } else { /* too different to look for what they share */
        for (int32_t i = 0; i < search.old_count; i++) self->gone[head + (uint32_t)i] = true;
        for (int32_t i = 0; i < search.new_count; i++) self->come[head + (uint32_t)i] = true;
    }
    ARRAY_FREE(&search.reached);
}

/* A line of the diff, and how many lines of each text stand before it. */
typedef struct {
    char kind; /* ' ', '-' or '+' */
    Str line;
    uint32_t old, new;
} DiffLine;
typedef Array(DiffLine) DiffLines;

static void list_lines(const Difference *self, DiffLines *out) {
    uint32_t i = 0, j = 0;
    while (i < self->old.len || j < self->new.len) {
        bool gone = i < self->old.len && self->gone[i], come = !gone && j < self->new.len && self->come[j];
        Str line = come ? self->new.items[j] : self->old.items[i];
        ARRAY_PUSH(out, ((DiffLine){gone ? '-' : come ? '+' : ' ', line, i, j}));
        i += !come;
        j += !gone;
    }
}

/* The first changed line at or behind `from`; their number when there is none. */
static uint32_t next_change(const DiffLines *lines, uint32_t from) {
    while (from < lines->len && lines->items[from].kind == ' ') from++;
    return from;
}

static void append_hunk(const DiffLines *lines, uint32_t first, uint32_t end, StrBuf *out) {
    const DiffLine *start = &lines->items[first], *last = &lines->items[end - 1];
    unsigned old = last->old + (last->kind != '+') - start->old,
             new = last->new + (last->kind != '-') - start->new;
    buf_printf(out, "@@ -%u,%u +%u,%u @@\n", (unsigned)start->old + (old > 0), old,
               (unsigned)start->new + (new > 0), new);
    for (uint32_t i = first; i < end; i++) {
        buf_append_byte(out, lines->items[i].kind);
        buf_append(out, lines->items[i].line);
        buf_append_byte(out, '\n');
    }
}

static void append_hunks(const DiffLines *lines, StrBuf *out) {
    for (uint32_t change = next_change(lines, 0); change < lines->len;) {
        uint32_t first = change < CONTEXT ? 0 : change - CONTEXT, end = change;
        while (change < lines->len && change <= end + 2 * CONTEXT) {
            end = change + 1;
            change = next_change(lines, end);
        }
        append_hunk(lines, first, end + CONTEXT < lines->len ? end + CONTEXT : lines->len, out);
    }
}

void diff_append(Str path, Str old, Str new, StrBuf *out) {
    if (str_eq(old, new)) return;
    Difference difference = {0};
    DiffLines lines = {0};
    split(old, &difference.old);
    split(new, &difference.new);
    difference.gone = mem_calloc(difference.old.len + 1, sizeof(bool));
    difference.come = mem_calloc(difference.new.len + 1, sizeof(bool));
    compare(&difference);
    list_lines(&difference, &lines);
    buf_printf(out, "--- a/%.*s\n+++ b/%.*s\n", STR_ARG(path), STR_ARG(path));
    append_hunks(&lines, out);
    ARRAY_FREE(&lines);
    ARRAY_FREE(&difference.old);
    ARRAY_FREE(&difference.new);
    mem_free(difference.gone);
    mem_free(difference.come);
}
