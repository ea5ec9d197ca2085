#include "markdown/doc_grid.h"

#include "base/utf8.h"

enum { MOST_COLUMNS = 32 };

/* A table being read: `rows` cells in reading order, `columns` to a row. */
typedef struct {
    Array(StrBuf) cells;
    uint32_t columns;
    uint32_t starts[MOST_COLUMNS], ends[MOST_COLUMNS]; /* of the columns, in screen columns */
    uint32_t wide; /* screen columns of a wide character: as docutils counts, or as many editors do */
    bool has_head;
} Grid;

static void grid_release(Grid *self) {
    for (uint32_t i = 0; i < self->cells.len; i++) buf_release(&self->cells.items[i]);
    ARRAY_FREE(&self->cells);
}

static void add_row(Grid *self) {
    for (uint32_t c = 0; c < self->columns; c++) {
        ARRAY_PUSH(&self->cells, ((StrBuf){0}));
        buf_init(ARRAY_LAST(&self->cells));
    }
}

/* More text for a cell of the last row. */
static void add_text(Grid *self, uint32_t column, Str text) {
    StrBuf *cell = &self->cells.items[self->cells.len - self->columns + column];
    text = str_trim(text);
    if (cell->len && text.len) buf_append_byte(cell, ' ');
    buf_append(cell, text);
}

static bool is_wide(uint32_t cp) {
    return (cp >= 0x1100 && cp < 0x1160) || (cp >= 0x2E80 && cp < 0xA4D0) || (cp >= 0xAC00 && cp < 0xD7A4) ||
           (cp >= 0xF900 && cp < 0xFB00) || (cp >= 0xFF00 && cp < 0xFF61) || (cp >= 0x1F300 && cp < 0x20000);
}

/* The offset at which a screen column begins. */
static size_t offset_of(const Grid *self, Str line, uint32_t column) {
    size_t i = 0, size;
    for (uint32_t at = 0; i < line.len && at < column; i += size)
        at += is_wide(utf8_decode(line.data + i, line.len - i, &size)) ? self->wide : 1;
    return i;
}

static bool is_made_of(Str line, const char *chars) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\0' || !strchr(chars, line.data[i])) return false;
    }
    return line.len > 0;
}

static bool is_simple_border(Str line) {
    return is_made_of(line, "= ") && str_find_byte(line, ' ') != STR_NPOS;
}

/* Columns from the runs of "=" of a simple border, or from the marks "+" of a grid's. */
static bool read_columns(Grid *self, Str border, char mark) {
    for (size_t i = 0; i < border.len;) {
        bool inside = mark ? border.data[i] != mark : border.data[i] != ' ';
        size_t end = i;
        while (end < border.len && (mark ? border.data[end] != mark : border.data[end] != ' ') == inside)
            end++;
        if (inside && self->columns == MOST_COLUMNS) return false;
        if (inside) {
            self->starts[self->columns] = (uint32_t)i;
            self->ends[self->columns++] = (uint32_t)end;
        }
        i = end;
    }
    return self->columns > 0;
}

static Str column_text(const Grid *self, Str line, uint32_t column, bool open_end) {
    bool last = open_end && column + 1 == self->columns;
    size_t start = offset_of(self, line, self->starts[column]);
    return str_slice(line, start, last ? line.len : offset_of(self, line, self->ends[column]));
}

/* Whether nothing stands between the columns. */
static bool gaps_are_blank(const Grid *self, Str line) {
    for (uint32_t c = 0; c + 1 < self->columns; c++) {
        size_t from = offset_of(self, line, self->ends[c]), to = offset_of(self, line, self->starts[c + 1]);
        if (str_trim(str_slice(line, from, to)).len) return false;
    }
    return true;
}

/* The text of a line from the table's left edge on. */
static Str line_from(const DocLine *line, uint32_t indent, StrBuf *buffer) {
    buf_clear(buffer);
    if (line->text.len && line->indent > indent) buf_append_repeated(buffer, ' ', line->indent - indent);
    buf_append(buffer, line->text);
    return buf_str(buffer);
}

static bool read_simple_row(Grid *self, Str line) {
    if (!gaps_are_blank(self, line)) return false;
    bool goes_on = self->cells.len && str_trim(column_text(self, line, 0, true)).len == 0;
    if (!goes_on) add_row(self);
    for (uint32_t c = 0; c < self->columns; c++) add_text(self, c, column_text(self, line, c, true));
    return true;
}

/* ====  ====
 * head  head
 * ====  ====
 * cell  cell
 * ====  ==== */
static bool read_simple(Grid *self, const DocLines *lines, uint32_t first, uint32_t end) {
    uint32_t indent = doc_line(lines, first)->indent, borders = 0;
    if (!read_columns(self, doc_line(lines, first)->text, 0)) return false;
    StrBuf buffer;
    buf_init(&buffer);
    bool fine = true;
    for (uint32_t i = first; i < end && fine; i++) {
        Str line = line_from(doc_line(lines, i), indent, &buffer);
        if (is_simple_border(line) || (is_made_of(line, "=") && line.len > 2)) {
            fine = str_eq(line, doc_line(lines, first)->text);
            borders++;
            self->has_head |= borders == 2 && i + 1 < end && self->cells.len == self->columns;
        } else if (line.len) {
            fine = !is_made_of(line, "- ") && read_simple_row(self, line);
        }
    }
    buf_release(&buffer);
    return fine && borders > 1 && (borders == 2 || self->has_head);
}

static bool marks_fit(const Grid *self, Str line, const char *mark, const char *between) {
    if (line.len == 0 || !strchr(mark, line.data[0])) return false;
    for (uint32_t c = 0; c < self->columns; c++) {
        size_t edge = offset_of(self, line, self->ends[c]);
        bool last = c + 1 == self->columns;
        if (edge >= line.len || !strchr(mark, line.data[edge]) || (last && edge + 1 < line.len)) return false;
        if (between && !is_made_of(column_text(self, line, c, false), between)) return false;
    }
    return true;
}

/* +----+----+
 * | a  | b  |
 * +----+----+ */
static bool read_grid(Grid *self, const DocLines *lines, uint32_t first, uint32_t end) {
    if (!read_columns(self, doc_line(lines, first)->text, '+')) return false;
    bool new_row = true;
    for (uint32_t i = first; i < end; i++) {
        Str line = doc_line(lines, i)->text;
        if (line.len && line.data[0] == '+') {
            if (!marks_fit(self, line, "+", "-=")) return false;
            self->has_head |= self->cells.len == self->columns && str_find_byte(line, '=') != STR_NPOS;
            new_row = true;
            continue;
        }
        if (!marks_fit(self, line, "|", NULL)) return false;
        if (new_row) add_row(self);
        new_row = false;
        for (uint32_t c = 0; c < self->columns; c++) add_text(self, c, column_text(self, line, c, false));
    }
    return self->cells.len > 0;
}

/* Cuts the next cell off a row of a Markdown table; bars in code and behind backslashes belong to it. */
static bool next_cell(Str *rest, Str *cell) {
    if (rest->len == 0) return false;
    size_t i = 0;
    for (bool code = false; i < rest->len && (code || rest->data[i] != '|'); i++) {
        if (rest->data[i] == '`') code = !code && str_find_byte(str_from(*rest, i + 1), '`') != STR_NPOS;
        if (rest->data[i] == '\\') i++;
    }
    *cell = str_trim(str_slice(*rest, 0, i));
    *rest = str_from(*rest, i + 1);
    return true;
}

static bool read_bars_row(Grid *self, Str line) {
    Str cell, rest = str_slice(line, 1, line.len - 1);
    uint32_t count = 0;
    if (self->columns == 0) {
        while (next_cell(&rest, &cell)) self->columns++;
        rest = str_slice(line, 1, line.len - 1);
    }
    add_row(self);
    while (next_cell(&rest, &cell)) {
        if (count == self->columns) return false;
        add_text(self, count++, cell);
    }
    return true;
}

/* | a | b |
 * |---|---|
 * | 1 | 2 | */
static bool read_bars(Grid *self, const DocLines *lines, uint32_t first, uint32_t end) {
    if (first + 1 >= end || !is_made_of(doc_line(lines, first + 1)->text, "|-: ")) return false;
    self->has_head = true;
    for (uint32_t i = first; i < end; i++) {
        Str line = doc_line(lines, i)->text;
        bool bars = line.len > 1 && line.data[0] == '|' && line.data[line.len - 1] == '|';
        if (!bars || (i != first + 1 && !read_bars_row(self, line))) return false;
    }
    return self->columns > 0 && self->columns <= MOST_COLUMNS;
}

static void write_row(Writer *out, const Grid *grid, uint32_t first, const NameFinder *names) {
    writer_open(out, BLOCK_ROW);
    for (uint32_t c = 0; c < grid->columns; c++) {
        writer_open(out, BLOCK_CELL);
        if (first < grid->cells.len) markup_write_names(out, buf_str(&grid->cells.items[first + c]), names);
        writer_close(out);
    }
    writer_close(out);
}

/* The first row of a GFM table is its head: it stays empty when there is none. */
static void write_rows(Writer *out, const Grid *grid, const NameFinder *names) {
    writer_open_table(out, NULL, grid->columns);
    if (!grid->has_head) write_row(out, grid, UINT32_MAX, names);
    for (uint32_t i = 0; i < grid->cells.len; i += grid->columns) write_row(out, grid, i, names);
    writer_close(out);
}

uint32_t doc_grid_end(const DocLines *lines, uint32_t i, uint32_t end) {
    Str border = doc_line(lines, i)->text;
    uint32_t stop = i;
    if (is_simple_border(border)) { /* rows may be blank lines apart; the last border has one behind it */
        uint32_t indent = doc_line(lines, i)->indent;
        for (uint32_t k = i + 1; k < end; k++) {
            if (!doc_is_blank(lines, k) && doc_line(lines, k)->indent < indent) break;
            bool ends = k + 1 == end || doc_is_blank(lines, k + 1);
            if (ends && is_simple_border(doc_line(lines, k)->text)) return k + 1;
        }
    }
    while (stop < end && !doc_is_blank(lines, stop)) stop++;
    return stop;
}

static bool read_table(Grid *self, const DocLines *lines, uint32_t first, uint32_t end) {
    switch (doc_line(lines, first)->text.data[0]) {
    case '=': return read_simple(self, lines, first, end);
    case '+': return read_grid(self, lines, first, end);
    default: return read_bars(self, lines, first, end);
    }
}

bool doc_grid_write(Writer *out, const DocLines *lines, uint32_t first, uint32_t end,
                    const NameFinder *names) {
    if (out->format != WRITER_MARKDOWN) return false; /* it is aligned as it is */
    bool fine = false;
    for (uint32_t wide = 2; wide > 0 && !fine; wide--) {
        Grid grid = {.wide = wide};
        fine = read_table(&grid, lines, first, end) && grid.cells.len;
        if (fine) write_rows(out, &grid, names);
        grid_release(&grid);
    }
    return fine;
}
