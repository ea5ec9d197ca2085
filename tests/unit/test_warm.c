/* Caches that are written while the client rests. */
#include "server.h"

#include "index/disk/file.h"
#include "lsp/warm.h"

#include <stdio.h>
#include <stdlib.h>

static char folder[] = "/tmp/headword-unit-XXXXXX";

static const char *at(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_write(at(name), str_of(text), &why));
    buf_release(&why);
}

static int make_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    setenv("XDG_CACHE_HOME", at("caches"), 1);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static int put_files(void **state) {
    (void)state;
    cache_forget(str_of(at("é🚀")));
    put("é🚀/a.py", "def alpha(): '''🚀'''\n");
    put("é🚀/b.py", "from a import alpha\nbeta = alpha()\n");
    return 0;
}

/* Reads the root; the client has rested since before the beginning of time. */
static void begin(Server *server) {
    workspace_add_folder(server, str_of(at("é🚀")));
    workspace_begin(server);
    uv_run(&server->loop, UV_RUN_DEFAULT);
    assert_false(workspace_is_busy(&server->workspace));
}

static void change(Server *server, const char *name, const char *text) {
    put(name, text);
    workspace_file_changed(server, str_of(at(name)));
    workspace_load_libraries(server);
    warm_save(server); /* or once the libraries are there */
}

static bool is_frozen(const Server *server, const char *name) {
    const Index *index = server->workspace.index;
    FileId file = index_find_file(index, str_of(at(name)));
    return file != NONE && index_is_frozen(index, file);
}

static uint32_t count(const Server *server, const char *name) {
    return index_postings(server->workspace.index, str_of(name)).count;
}

static void the_index_moves_into_the_cache(void **state) {
    (void)state;
    Server server;
    server_open(&server);
    begin(&server);
    assert_int_equal(server.workspace.caches.len, 1);
    assert_true(is_frozen(&server, "é🚀/a.py") && is_frozen(&server, "é🚀/b.py"));
    assert_int_equal(count(&server, "alpha"), 2);
    warm_rest(&server);
    assert_true(index_check(server.workspace.index));
    change(&server, "é🚀/a.py", "def omega(): '''🚀'''\n");
    assert_false(is_frozen(&server, "é🚀/a.py"));
    uv_run(&server.loop, UV_RUN_DEFAULT);
    assert_true(is_frozen(&server, "é🚀/a.py"));
    assert_int_equal(count(&server, "alpha"), 1);
    assert_int_equal(count(&server, "omega"), 1);
    server_close(&server);
}

static void documents_stay_what_they_are(void **state) {
    (void)state;
    Server server;
    server_open(&server);
    StrBuf uri;
    buf_init(&uri);
    buf_printf(&uri, "file://%s", at("%C3%A9%F0%9F%9A%80/a.py"));
    documents_open(&server.documents, buf_str(&uri), STR("python"), 0, STR("unsaved = '🚀'\n"));
    documents_open(&server.documents, STR("untitled:1"), STR("python"), 0, STR("scratch = '🚀'\n"));
    workspace_refresh(&server);
    begin(&server);
    assert_int_equal(server.workspace.caches.len, 1);
    assert_true(is_frozen(&server, "é🚀/b.py") && !is_frozen(&server, "é🚀/a.py"));
    assert_int_equal(count(&server, "unsaved"), 1);
    assert_int_equal(count(&server, "scratch"), 1);
    assert_int_equal(count(&server, "alpha"), 1); /* in b.py */
    Document *document = documents_find(&server.documents, buf_str(&uri));
    assert_true(document->on_disk);
    workspace_uncover(&server, document);
    documents_close(&server.documents, document);
    assert_int_equal(count(&server, "alpha"), 2);
    buf_release(&uri);
    server_close(&server);
}

static void writing_ends_when_something_changes(void **state) {
    (void)state;
    Server server;
    server_open(&server);
    begin(&server);
    change(&server, "é🚀/b.py", "delta = '🚀'\n");
    while (!server.workspace.writer) uv_run(&server.loop, UV_RUN_ONCE);
    change(&server, "é🚀/b.py", "epsilon = '🚀'\n");
    warm_write(&server);
    assert_null(server.workspace.writer);
    assert_false(is_frozen(&server, "é🚀/b.py"));
    warm_save(&server); /* the next time the client rests */
    uv_run(&server.loop, UV_RUN_DEFAULT);
    assert_true(is_frozen(&server, "é🚀/b.py"));
    assert_int_equal(count(&server, "epsilon"), 1);
    server_close(&server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_index_moves_into_the_cache, put_files),
        cmocka_unit_test_setup(documents_stay_what_they_are, put_files),
        cmocka_unit_test_setup(writing_ends_when_something_changes, put_files),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
