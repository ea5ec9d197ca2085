#include "markdown/code_span.h"

#include "markdown/doc_lines.h"

static size_t run_length(Str line, size_t at) {
    size_t i = at;
    while (i < line.len && line.data[i] == '`') i++;
    return i - at;
}

/* Where the next run of exactly `length` backticks begins, or STR_NPOS. */
static size_t find_run(Str line, size_t from, size_t length) {
    for (size_t i = from; i < line.len;) {
        size_t run = run_length(line, i);
        if (run == length) return i;
        i += run ? run : 1;
    }
    return STR_NPOS;
}

/* The next span of a line from `*at` on, which is moved behind it: its backticks, and what they hold. */
static bool next_in_line(Str line, size_t *at, Range *whole, Range *out) {
    for (size_t i = *at; i < line.len;) {
        size_t run = run_length(line, i), close = run ? find_run(line, i + run, run) : STR_NPOS;
        if (run == 0 || close == STR_NPOS) {
            i += run ? run : 1;
            continue;
        }
        size_t start = i + run, end = close;
        *at = close + run;
        *whole = (Range){(uint32_t)i, (uint32_t)*at};
        while (start < end && line.data[start] == ' ') start++;
        while (end > start && line.data[end - 1] == ' ') end--;
        *out = (Range){(uint32_t)start, (uint32_t)end};
        return true;
    }
    return false;
}

bool code_span_next(CodeSpans *self, Range *whole, Range *out) {
    for (;;) {
        if (self->line.data && next_in_line(self->line, &self->column, whole, out)) {
            uint32_t start = (uint32_t)(self->line.data - self->text.data);
            *whole = (Range){start + whole->start, start + whole->end};
            *out = (Range){start + out->start, start + out->end};
            return true;
        }
        self->column = 0;
        do {
            if (!str_next_line(&self->rest, &self->line)) return false;
        } while (fence_takes(&self->fence, self->line));
    }
}

bool code_span_at(Str text, uint32_t offset, Range *out) {
    CodeSpans spans = {.text = text, .rest = text};
    Range whole;
    while (code_span_next(&spans, &whole, out) && whole.start <= offset) {
        if (offset < whole.end) return out->end > out->start;
    }
    return false;
}

Str code_span_name(Str code) {
    while (code.len && strchr("@~.", code.data[0])) code = str_from(code, 1);
    size_t open = str_find_byte(code, '(');
    if (open != STR_NPOS && code.data[code.len - 1] == ')') code = str_slice(code, 0, open);
    return doc_is_dotted_name(code) ? code : STR_NONE;
}
