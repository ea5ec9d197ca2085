#include "index/lang/python_caught.h"

#include "index/tokens.h"

static bool has_word(Str text, Str word) {
    for (size_t start = 0, end; start < text.len; start = end + 1) {
        for (end = start; end < text.len && token_in_name(text.data[end]);) end++;
        if (str_eq(str_slice(text, start, end), word)) return true;
    }
    return false;
}

/* Whether a clause takes the exception and ends it. */
static bool takes(Str source, TSNode clause, Str exception) {
    uint32_t count = ts_node_named_child_count(clause), start = ts_node_start_byte(clause);
    TSNode suite = count ? ts_node_named_child(clause, count - 1) : (TSNode){0};
    if (count == 0 || syntax_kind(suite) != KIND_BLOCK) return false;
    Str body = str_slice(source, ts_node_start_byte(suite), ts_node_end_byte(suite));
    Str head = str_slice(source, start + strlen("except"), ts_node_start_byte(suite));
    Str named = str_trim(str_slice(head, 0, str_find_byte(head, ':')));
    if (has_word(body, STR("raise"))) return false;
    return named.len == 0 || has_word(named, exception) || has_word(named, STR("Exception")) ||
           has_word(named, STR("BaseException"));
}

static bool has_taker(Str source, TSNode statement, Str exception) {
    uint32_t count = ts_node_named_child_count(statement);
    for (uint32_t i = 0; i < count; i++) {
        TSNode clause = ts_node_named_child(statement, i);
        if (syntax_kind(clause) == KIND_EXCEPT_CLAUSE && takes(source, clause, exception)) return true;
    }
    return false;
}

bool caught_inside(Str source, const Frames *frames, Str exception) {
    for (uint32_t i = frames->len; i-- > 1 && frames->items[i].kind != KIND_FUNCTION_DEFINITION;) {
        const Frame *frame = &frames->items[i];
        bool tried = frame[-1].kind == KIND_TRY_STATEMENT && frame->field == FIELD_BODY;
        if (tried && has_taker(source, frame[-1].node, exception)) return true;
    }
    return false;
}
