#include "lsp/diagnostics.h"

#include "lsp/convert.h"
#include "lsp/idle.h"

enum {
    MOST = 100,        /* diagnostics per document */
    SEVERITY_ERROR = 1 /* LSP "DiagnosticSeverity" */
};

static json_t *diagnostic_new(LspRange range) {
    json_t *diagnostic = json_object();
    json_object_set_new(diagnostic, "range", json_from_range(range));
    json_object_set_new(diagnostic, "severity", json_integer(SEVERITY_ERROR));
    json_object_set_new(diagnostic, "code", json_string("syntax"));
    json_object_set_new(diagnostic, "source", json_string("headword"));
    json_object_set_new(diagnostic, "message", json_string("This cannot be parsed."));
    return diagnostic;
}

static json_t *list_new(const Server *self, const Document *document) {
    json_t *list = json_array();
    FileId file = index_find_file(self->workspace.index, document->path);
    if (file == NONE || !self->config.settings.diagnostics_syntax) return list;
    const Facts *facts = index_facts(self->workspace.index, file);
    uint32_t covered = 0; /* regions come by their start, and may lie in each other: the outer one is told */
    for (uint32_t i = 0; i < facts->errors.count && json_array_size(list) < MOST; i++) {
        Range region = facts->errors.items[i];
        if (i && region.end <= covered) continue;
        covered = region.end;
        json_array_append_new(list, diagnostic_new(convert_range(&facts->lines, region, self->encoding)));
    }
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
        document->reported = json_array_size(list) > 0;
        publish(self, document, list);
    }
}

void diagnostics_schedule(Server *self, Document *document) {
    document->to_report = self->client.shows_diagnostics && workspace_reads(document);
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
