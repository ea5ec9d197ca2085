#include "index/lang/python_static.h"

#include "index/tokens.h"

typedef enum { TEST_OPEN, TEST_TRUE, TEST_FALSE } Test;

/* What comes behind `sys.version_info`: `>= (3, 9)`, `[0] < 3`. */
static Test read_version(Str rest) {
    if (str_starts_with(rest, STR("["))) rest = str_trim(str_from(rest, str_find_byte(rest, ']') + 1));
    if (str_find(rest, STR(" and ")) != STR_NPOS || str_find(rest, STR(" or ")) != STR_NPOS) return TEST_OPEN;
    if (str_starts_with(rest, STR(">"))) return TEST_TRUE;
    return str_starts_with(rest, STR("<")) ? TEST_FALSE : TEST_OPEN;
}

static Test read_test(Str text) {
    size_t end = 0;
    while (end < text.len && (token_in_name(text.data[end]) || text.data[end] == '.')) end++;
    Str dotted = str_slice(text, 0, end), rest = str_trim(str_from(text, end));
    Str name = str_from(dotted, str_rfind_byte(dotted, '.') + 1);
    if (str_eq(name, STR("TYPE_CHECKING"))) return rest.len ? TEST_OPEN : TEST_TRUE;
    return str_eq(name, STR("version_info")) ? read_version(rest) : TEST_OPEN;
}

static Test test_of(Str source, const Frame *frame) {
    TSNode condition = syntax_child(frame->node, FIELD_CONDITION);
    if (ts_node_is_null(condition)) return TEST_OPEN;
    Str text = str_slice(source, ts_node_start_byte(condition), ts_node_end_byte(condition));
    if (!str_starts_with(text, STR("not "))) return read_test(text);
    Test test = read_test(str_trim(str_from(text, 4)));
    return test == TEST_OPEN ? TEST_OPEN : test == TEST_TRUE ? TEST_FALSE : TEST_TRUE;
}

bool static_is_fallback(Str source, const Frame *statement, const Frame *clause) {
    if (clause->kind == KIND_EXCEPT_CLAUSE) return true;
    if (statement->kind != KIND_IF_STATEMENT) return false;
    if (clause->kind != KIND_ELSE_CLAUSE && test_of(source, clause) == TEST_FALSE) return true;
    return clause != statement && test_of(source, statement) == TEST_TRUE;
}
