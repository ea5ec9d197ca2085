/* LSP "textDocument/codeLens" and "codeLens/resolve": how often classes and functions are referred to, and
 * how the doc page is. What is said is found out when a lens is shown. The command of references has no name:
 * what a click does is up to the client. */
#include "index/references.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/pages.h"
#include "lsp/place.h"
#include "lsp/results.h"
#include "lsp/symbols.h"

json_t *code_lens_capability(const Server *self) {
    (void)self;
    return json_object();
}

static void write_lens(LspRange range, Str uri, bool page, StrBuf *out) {
    json_text_raw(out, "{\"range\":");
    json_text_range(out, range);
    json_text_raw(out, ",\"data\":{\"uri\":");
    json_text_str(out, uri);
    if (page) json_text_raw(out, ",\"page\":true");
    json_text_raw(out, "}}");
}

static bool gets_pages(const Server *self, Str uri) {
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    bool gets = pages_is_source(self, buf_str(&path));
    buf_release(&path);
    return gets;
}

void code_lens(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    if (!place_read_file(self, params, &place, error)) return;
    Results results = results_begin(self, params, result);
    Str uri = json_find_str(params, "textDocument.uri");
    if (self->config.settings.code_lens_pages && gets_pages(self, uri))
        write_lens((LspRange){0}, uri, true, results_next(&results));
    bool wanted = place.facts && self->config.settings.code_lens_references;
    for (uint32_t i = 1; wanted && i < place.facts->tree_count; i++) {
        const Symbol *symbol = &place.facts->symbols.items[i];
        bool counts =
            symbol->kind == SYMBOL_CLASS || symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        if (!counts || symbol_name(place.facts, symbol).len == 0) continue;
        write_lens(place_range(self, place.file, symbols_name_range(place.facts, symbol)), uri, false,
                   results_next(&results));
    }
    results_end(&results);
}

static uint32_t count_references(const Server *self, const Place *place) {
    References found = {0};
    uint32_t count = 0;
    references_find(self->workspace.index, place->asked, place->occurrence, NONE, &found);
    for (uint32_t i = 0; i < found.len; i++) count += !found.items[i].declaration;
    ARRAY_FREE(&found);
    return count;
}

/* LSP "Command" that says how the doc page is, and changes that or opens it. */
static json_t *page_command_new(Server *self, Str uri) {
    static const char *const says[PAGE_STATES] = {
        [PAGE_FRESH] = "Doc page is up to date",        [PAGE_CREATED] = "No doc page",
        [PAGE_UPDATED] = "Doc page is stale",           [PAGE_REMOVED] = "",
        [PAGE_REFUSED] = "Doc page was edited by hand", [PAGE_FAILED] = "Doc page cannot be written"};
    StrBuf path, why;
    buf_init(&path);
    buf_init(&why);
    convert_path(&path, uri);
    PageState state = pages_state(self, buf_str(&path), &why);
    bool opens = state == PAGE_FRESH || state == PAGE_REFUSED;
    json_t *command =
        json_pack("{s:s,s:s,s:[o]}", "title", says[state], "command",
                  opens ? "headword.openPage" : "headword.generatePage", "arguments", json_from_str(uri));
    buf_release(&path);
    buf_release(&why);
    return command;
}

json_t *code_lens_resolve(Server *self, const json_t *params, RpcError *error) {
    Place place;
    LspRange range;
    Str uri;
    if (!params_str(params, "data.uri", &uri, error)) return NULL;
    if (!params_range(params, "range", &range, error)) return NULL;
    if (json_find_flag(params, "data.page")) {
        json_t *lens = json_copy((json_t *)params);
        json_object_set_new(lens, "command", page_command_new(self, uri));
        return lens;
    }
    place_find(self, uri, range.start, &place);
    uint32_t count = place.occurrence == NONE ? 0 : count_references(self, &place);
    json_t *lens = json_copy((json_t *)params), *command = json_object();
    json_object_set_new(command, "title",
                        json_sprintf(count == 1 ? "%u reference" : "%u references", (unsigned)count));
    json_object_set_new(command, "command", json_string(""));
    json_object_set_new(lens, "command", command);
    return lens;
}
