#include "lsp/queue.h"
#include "protocol/lsp_types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void push(Queue *queue, const char *body) {
    RpcMessage message;
    rpc_parse(str_of(body), &message);
    queue_push(queue, message);
}

/* The next message is of that method, and was cancelled or not. */
static void pop(Queue *queue, const char *method, bool cancelled) {
    QueuedMessage item;
    assert_true(queue_pop(queue, &item));
    assert_true(str_eq(item.message.method, str_of(method)));
    assert_int_equal(item.cancelled, cancelled);
    rpc_message_release(&item.message);
}

#define CHANGE(uri, version, text)                                                                           \
    "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"" uri                    \
    "\",\"version\":" version "},\"contentChanges\":[{\"text\":\"" text "\"}]}}"

static void test_joins_changes(void **state) {
    (void)state;
    Queue queue = {0};
    push(&queue, CHANGE("file:///a", "1", "é"));
    push(&queue, CHANGE("file:///a", "2", "🚀"));
    push(&queue, CHANGE("file:///b", "1", "x"));
    push(&queue, CHANGE("file:///a", "3", "y"));
    push(&queue, "{\"id\":1,\"method\":\"hover\"}");
    push(&queue, CHANGE("file:///a", "4", "z"));
    QueuedMessage item;
    assert_true(queue_pop(&queue, &item));
    assert_int_equal(json_array_size(json_find(item.message.params, "contentChanges")), 2);
    assert_int_equal(json_integer_value(json_find(item.message.params, "textDocument.version")), 2);
    rpc_message_release(&item.message);
    pop(&queue, "textDocument/didChange", false);
    pop(&queue, "textDocument/didChange", false);
    pop(&queue, "hover", false);
    pop(&queue, "textDocument/didChange", false);
    assert_false(queue_pop(&queue, &item));
    queue_release(&queue);
}

static void test_cancels(void **state) {
    (void)state;
    Queue queue = {0};
    push(&queue, "{\"id\":1,\"method\":\"a\"}");
    push(&queue, "{\"id\":\"1\",\"method\":\"b\"}");
    push(&queue, "{\"id\":1,\"method\":\"c\"}"); /* the same id again */
    push(&queue, "{\"method\":\"$/cancelRequest\",\"params\":{\"id\":1}}");
    push(&queue, "{\"method\":\"$/cancelRequest\",\"params\":{\"id\":99}}");
    push(&queue, "{\"method\":\"$/cancelRequest\"}");
    pop(&queue, "a", false);
    pop(&queue, "b", false);
    pop(&queue, "c", true);
    pop(&queue, "$/cancelRequest", false); /* those that it is not the queue's to deal with */
    pop(&queue, "$/cancelRequest", false);
    push(&queue, "{\"id\":2,\"method\":\"d\"}");
    pop(&queue, "d", false);
    push(&queue, "{\"id\":3,\"method\":\"left\"}");
    queue_release(&queue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joins_changes),
        cmocka_unit_test(test_cancels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
