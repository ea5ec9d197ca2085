#include "lsp/refresh.h"

#include "lsp/diagnostics.h"
#include "lsp/page_saves.h"

void refresh_views(Server *self) {
    const struct {
        bool taken;
        const char *method;
    } views[] = {
        {self->client.refreshes_lenses, "workspace/codeLens/refresh"},
        {self->client.refreshes_tokens, "workspace/semanticTokens/refresh"},
    };
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        if (views[i].taken) client_request(self, views[i].method, NULL, NULL, NULL);
    }
    if (asked_rules_any(&self->config.rules) || self->config.settings.diagnostics_pages)
        diagnostics_renew(self);
    page_saves_write(self);
}
