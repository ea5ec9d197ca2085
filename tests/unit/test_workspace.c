#include "base/utf8.h"
#include "index/facts_builder.h"
#include "lsp/settle.h"
#include "server.h"

#include <stdlib.h>
#include <string.h>

static const Facts *facts_of(const Server *self, const Document *document) {
    FileId file = index_find_file(self->workspace.index, document->path);
    assert_int_not_equal(file, NONE);
    return index_facts(self->workspace.index, file);
}

static void assert_same_ranges(const Facts *a, const Facts *b) {
    assert_int_equal(a->errors.count, b->errors.count);
    for (uint32_t i = 0; i < a->errors.count; i++)
        assert_memory_equal(&a->errors.items[i], &b->errors.items[i], sizeof *a->errors.items);
    assert_int_equal(a->symbols.count, b->symbols.count);
    for (uint32_t i = 0; i < a->symbols.count; i++) {
        assert_memory_equal(&a->symbols.items[i].range, &b->symbols.items[i].range, sizeof(Range));
        assert_true(str_eq(symbol_name(a, &a->symbols.items[i]), symbol_name(b, &b->symbols.items[i])));
    }
}

static void assert_like_fresh(Server *self, const Document *document) {
    Facts *fresh = parser_facts(self->workspace.parser, STR("/w/é.py"), buf_str(&document->text));
    assert_same_ranges(facts_of(self, document), fresh);
    facts_free(fresh);
}

/* The client pauses, and what is read then is there. */
static void pause_typing(Server *server) {
    settle_start(server);
    while (server->workspace.settling) uv_run(&server->loop, UV_RUN_ONCE);
}

/* Types a broken line letter by letter into the middle of a file, then takes it back. */
static void test_edits_end_like_a_whole_reading(void **state) {
    (void)state;
    static const char line[] = "    x = (\"é🚀\", [lambda: {\n";
    Server server;
    server_open(&server);
    Document *document =
        documents_open(&server.documents, STR("file:///w/%C3%A9.py"), STR("python"), 0,
                       STR("class A:\n    def f(self):\n        return 1\n\n    def g(self): ...\n"
                           "\ndef h(é='🚀'):\n    pass\n"));
    workspace_refresh(&server);
    assert_false(document->patched);
    bool patched = false;
    uint32_t column = 0;
    for (size_t i = 0; i < strlen(line);) {
        size_t size = utf8_lead_length((unsigned char)line[i]);
        LspRange at = {{3, column}, {3, column}};
        assert_true(document_change(document, &at, ENCODING_UTF32, str_make(line + i, size)));
        workspace_refresh(&server);
        patched |= document->patched;
        i += size;
        column++;
    }
    assert_true(patched);
    pause_typing(&server);
    assert_false(document->patched);
    assert_like_fresh(&server, document);
    LspRange typed = {{3, 0}, {4, 0}};
    document_change(document, &typed, ENCODING_UTF32, STR(""));
    pause_typing(&server);
    assert_like_fresh(&server, document);
    server_close(&server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits_end_like_a_whole_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
