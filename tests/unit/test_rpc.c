#include "protocol/lsp_types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

/* The kind of a message, and of an RPC_INVALID one the code and the id of the answer. */
static void check_kind(const char *body, RpcKind kind, int code, bool has_id) {
    RpcMessage message;
    rpc_parse(str_of(body), &message);
    assert_int_equal(message.kind, kind);
    assert_int_equal(message.fault.code, code);
    assert_int_equal(message.id != NULL, has_id);
    rpc_message_release(&message);
}

static void test_kinds(void **state) {
    (void)state;
    check_kind("{\"id\":1,\"method\":\"m\"}", RPC_REQUEST, 0, true);
    check_kind("{\"id\":\"é🚀\",\"method\":\"m\",\"params\":null}", RPC_REQUEST, 0, true);
    check_kind("{\"method\":\"m\"}", RPC_NOTIFICATION, 0, false);
    check_kind("{\"id\":1,\"result\":null}", RPC_RESPONSE, 0, true);
    check_kind("{\"id\":null,\"error\":{\"code\":1,\"message\":\"x\"}}", RPC_RESPONSE, 0, false);
}

static void test_faults(void **state) {
    (void)state;
    check_kind("", RPC_INVALID, RPC_PARSE_ERROR, false);
    check_kind("{\"a\":", RPC_INVALID, RPC_PARSE_ERROR, false);
    check_kind("[]", RPC_INVALID, RPC_INVALID_REQUEST, false);
    check_kind("3", RPC_INVALID, RPC_INVALID_REQUEST, false);
    check_kind("{}", RPC_INVALID, RPC_INVALID_REQUEST, false);
    check_kind("{\"id\":7,\"method\":5}", RPC_INVALID, RPC_INVALID_REQUEST, true);
    check_kind("{\"id\":null,\"method\":\"m\"}", RPC_INVALID, RPC_INVALID_REQUEST, false);
}

static void check_text(const char *body, Str expected) {
    RpcMessage message;
    rpc_parse(str_of(body), &message);
    assert_int_equal(message.kind, RPC_NOTIFICATION);
    assert_true(str_eq(json_find_str(message.params, "text"), expected));
    rpc_message_release(&message);
}

static void test_strings(void **state) {
    (void)state;
    check_text("{\"method\":\"m\",\"params\":{\"text\":\"a\\u0000b\"}}", STR("a\0b"));
    check_text("{\"method\":\"m\",\"params\":{\"text\":\"\\ud83d\\ude80\"}}", STR("🚀"));
    check_text("{\"method\":\"m\",\"params\":{\"text\":\"\\ud83d\\\\ud83d é\"}}",
               STR("\xEF\xBF\xBD\\ud83d é"));
    check_text("{\"method\":\"m\",\"params\":{\"text\":\"\xff é\\ude80\"}}",
               STR("\xEF\xBF\xBD é\xEF\xBF\xBD"));
}

static void check_json(json_t *json, const char *expected) {
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    assert_string_equal(text, expected);
    free(text);
    json_decref(json);
}

static void test_envelopes(void **state) {
    (void)state;
    json_t *id = json_string("é");
    RpcError error = {0};
    rpc_error_set(&error, RPC_INVALID_PARAMS, "%s: missing", "a.b");
    rpc_error_set(&error, RPC_INTERNAL_ERROR, "a later one");
    check_json(rpc_result_new(id, json_null()), "{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"result\":null}");
    check_json(rpc_failure_new(id, &error),
               "{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"error\":{\"code\":-32602,\"message\":\"a.b: missing\"}}");
    check_json(rpc_failure_new(NULL, &error),
               "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32602,\"message\":\"a.b: missing\"}}");
    check_json(rpc_notification_new("m", NULL), "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}");
    check_json(rpc_request_new(3, "m", json_array()),
               "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[],\"id\":3}");
    rpc_error_release(&error);
    json_decref(id);
}

/* The error names the field, or there is none and the range was read. */
static void check_range(const char *body, const char *expected) {
    json_t *params = json_loads(body, 0, NULL);
    LspRange range = {0};
    RpcError error = {0};
    bool ok = params_range(params, "range", &range, &error);
    assert_int_equal(ok, expected == NULL);
    if (expected) {
        assert_int_equal(error.code, RPC_INVALID_PARAMS);
        assert_string_equal(error.message, expected);
    }
    rpc_error_release(&error);
    json_decref(params);
}

static void test_fields(void **state) {
    (void)state;
    check_range(
        "{\"range\":{\"start\":{\"line\":0,\"character\":1},\"end\":{\"line\":9999999999,\"character\":0}}}",
        NULL);
    check_range("{}", "range.start: an object expected");
    check_range("{\"range\":null}", "range.start: an object expected");
    check_range("{\"range\":{\"start\":{\"line\":0,\"character\":1}}}", "range.end: an object expected");
    check_range("{\"range\":{\"start\":{\"line\":-1,\"character\":1}}}",
                "range.start.line: a number from 0 on expected");
    check_range("{\"range\":{\"start\":{\"line\":1,\"character\":\"1\"}}}",
                "range.start.character: a number from 0 on expected");
}

static void test_lossy_string(void **state) {
    (void)state;
    check_json(json_from_str(STR("é\xff🚀")), "\"é\xEF\xBF\xBD🚀\"");
    check_json(json_from_str(STR_NONE), "\"\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),  cmocka_unit_test(test_faults),    cmocka_unit_test(test_strings),
        cmocka_unit_test(test_fields), cmocka_unit_test(test_envelopes), cmocka_unit_test(test_lossy_string),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
