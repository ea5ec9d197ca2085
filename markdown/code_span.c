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

/* The span in a line that holds the column; its backticks count. */
static bool find_in_line(Str line, size_t column, Range *out) {
    for (size_t i = 0; i < line.len && i <= column;) {
        size_t run = run_length(line, i), close = run ? find_run(line, i + run, run) : STR_NPOS;
        if (run == 0 || close == STR_NPOS) {
            i += run ? run : 1;
            continue;
        }
        size_t start = i + run, end = close;
        i = close + run;
        if (column >= i) continue;
        while (start < end && line.data[start] == ' ') start++;
        while (end > start && line.data[end - 1] == ' ') end--;
        *out = (Range){(uint32_t)start, (uint32_t)end};
        return end > start;
    }
    return false;
}

bool code_span_at(Str text, uint32_t offset, Range *out) {
    Str rest = text, line;
    bool fenced = false;
    while (str_next_line(&rest, &line)) {
        uint32_t start = (uint32_t)(line.data - text.data);
        bool fence = doc_is_fence(str_trim(line));
        if (offset <= start + line.len) {
            if (fenced || fence || offset < start || !find_in_line(line, offset - start, out)) return false;
            *out = (Range){start + out->start, start + out->end};
            return true;
        }
        fenced ^= fence;
    }
    return false;
}

Str code_span_name(Str code) {
    while (code.len && strchr("@~.", code.data[0])) code = str_from(code, 1);
    size_t open = str_find_byte(code, '(');
    if (open != STR_NPOS && code.data[code.len - 1] == ')') code = str_slice(code, 0, open);
    return doc_is_dotted_name(code) ? code : STR_NONE;
}
