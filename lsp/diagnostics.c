#include "lsp/diagnostics.h"

#include "base/path.h"
#include "lsp/convert.h"
#include "lsp/idle.h"
#include "lsp/pages.h"
#include "markdown/disk/prose_check.h"

enum { MOST = 100 /* diagnostics of one kind per document */ };

/* LSP "Diagnostic". */
static json_t *diagnostic_new(LspRange range, Severity severity, const char *code, Str message) {
    json_t *diagnostic = json_object();
    json_object_set_new(diagnostic, "range", json_from_range(range));
    json_object_set_new(diagnostic, "severity", json_integer(severity));
    json_object_set_new(diagnostic, "code", json_string(code));
    json_object_set_new(diagnostic, "source", json_string("headword"));
    json_object_set_new(diagnostic, "message", json_from_str(message));
    return diagnostic;
}

static void add_syntax(const Server *self, const Facts *facts, json_t *list) {
    uint32_t covered = 0; /* regions come by their start, and may lie in each other: the outer one is told */
    for (uint32_t i = 0; i < facts->errors.count && json_array_size(list) < MOST; i++) {
        Range region = facts->errors.items[i];
        if (i && region.end <= covered) continue;
        covered = region.end;
        LspRange range = convert_range(&facts->lines, region, self->encoding);
        json_array_append_new(list,
                              diagnostic_new(range, SEVERITY_ERROR, "syntax", STR("This cannot be parsed.")));
    }
}

/* LSP "CodeDescription": the section of the rule. */
static void add_link(const Server *self, const char *code, json_t *diagnostic) {
    Str rules = buf_str(&self->config.rules_uri);
    if (!self->client.diagnostic_links || rules.len == 0) return;
    StrBuf href;
    buf_init(&href);
    buf_printf(&href, "%.*s#%s", STR_ARG(rules), code);
    json_t *link = json_object();
    json_object_set_new(link, "href", json_from_str(buf_str(&href)));
    json_object_set_new(diagnostic, "codeDescription", link);
    buf_release(&href);
}

/* The root that holds a path; empty when none does. */
static Str root_of(const Index *index, Str path) {
    for (uint32_t i = 0; i < index_root_count(index); i++) {
        if (path_is_under(path, index_root(index, i))) return index_root(index, i);
    }
    return STR_NONE;
}

/* The rules for a document; without those of what other files hold while they are not read.
 */
static RuleSet rules_now(Server *self, const Document *document) {
    const Workspace *workspace = &self->workspace;
    bool whole = !workspace_is_busy(workspace) && !workspace_has_unread_root(workspace);
    Str root = root_of(workspace->index, document->path);
    RuleSet rules = asked_rules_at(&self->config.rules, root, document->path);
    return whole ? rules : rules & ~RULE_BIT(RULE_dangling_reference);
}

static void add_findings(const Server *self, const Lines *lines, const Findings *findings, json_t *list) {
    for (uint32_t i = 0; i < findings->items.len && i < MOST; i++) {
        const Finding *finding = &findings->items.items[i];
        const RuleRow *row = rule_row(finding->rule);
        LspRange range = convert_range(lines, finding->range, self->encoding);
        json_t *diagnostic = diagnostic_new(range, row->severity, row->code, finding->message);
        add_link(self, row->code, diagnostic);
        json_array_append_new(list, diagnostic);
    }
}

static void add_docs(Server *self, const Document *document, FileId file, json_t *list) {
    const Index *index = self->workspace.index;
    RuleSet rules = rules_now(self, document);
    if (rules == 0 || index_is_library(index, file)) return;
    Findings findings;
    findings_init(&findings);
    check_docs(index, file, buf_str(&document->text), rules, &findings);
    add_findings(self, &index_facts(index, file)->lines, &findings, list);
    findings_release(&findings);
}

/* Of a Markdown document. */
static void add_prose(Server *self, const Document *document, json_t *list) {
    bool wanted = rules_now(self, document) & RULE_BIT(RULE_dangling_reference);
    if (!wanted || root_of(self->workspace.index, document->path).len == 0) return;
    Arena arena;
    Findings findings;
    arena_init(&arena);
    findings_init(&findings);
    Lines lines = lines_build(&arena, buf_str(&document->text));
    prose_check(self->workspace.index, document->path, buf_str(&document->text), &findings);
    add_findings(self, &lines, &findings, list);
    findings_release(&findings);
    arena_release(&arena);
}

/* At the top of a file whose page is there, but not as it would be written. */
static void add_page(Server *self, const Document *document, json_t *list) {
    StrBuf why, message;
    buf_init(&why);
    buf_init(&message);
    if (pages_state(self, document->path, &why) == PAGE_UPDATED) {
        buf_printf(&message, "The doc page is stale: %s.", why.data);
        LspRange top = {0};
        json_array_append_new(list,
                              diagnostic_new(top, SEVERITY_INFORMATION, "stale-page", buf_str(&message)));
    }
    buf_release(&why);
    buf_release(&message);
}

static json_t *list_new(Server *self, const Document *document) {
    json_t *list = json_array();
    FileId file = index_find_file(self->workspace.index, document->path);
    bool is_read = file != NONE && workspace_reads(document);
    if (pages_is_markdown(document)) add_prose(self, document, list);
    if (is_read && self->config.settings.diagnostics_syntax)
        add_syntax(self, index_facts(self->workspace.index, file), list);
    if (is_read) add_docs(self, document, file, list);
    if (self->config.settings.diagnostics_pages && pages_is_source(self, document->path))
        add_page(self, document, list);
    return list;
}

static void publish(Server *self, const Document *document, json_t *list) {
    json_t *params = json_object();
    json_object_set_new(params, "uri", json_from_str(document->uri));
    if (self->client.diagnostic_versions) {
        json_object_set_new(params, "version", json_integer(document->version));
    }
    json_object_set_new(params, "diagnostics", list);
    client_notify(self, "textDocument/publishDiagnostics", params);
}

void diagnostics_report(Server *self) {
    for (uint32_t i = 0; i < self->documents.items.len; i++) {
        Document *document = &self->documents.items.items[i];
        if (!document->to_report || document->patched) continue; /* soon it is read as a whole */
        document->to_report = false;
        json_t *list = list_new(self, document);
        bool any = json_array_size(list) > 0, told = workspace_reads(document) || document->reported || any;
        document->reported = any;
        if (told)
            publish(self, document, list);
        else
            json_decref(list);
    }
}

void diagnostics_schedule(Server *self, Document *document) {
    bool has_page = self->config.settings.diagnostics_pages && pages_is_source(self, document->path);
    document->to_report = self->client.shows_diagnostics &&
                          (workspace_reads(document) || pages_is_markdown(document) || has_page);
    idle_await(self);
}

void diagnostics_renew(Server *self) {
    for (uint32_t i = 0; i < self->documents.items.len; i++) {
        diagnostics_schedule(self, &self->documents.items.items[i]);
    }
}

void diagnostics_clear(Server *self, const Document *document) {
    if (document->reported) publish(self, document, json_array());
}
