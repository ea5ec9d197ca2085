#include "lsp/settle.h"

#include "lsp/idle.h"

typedef struct {
    uv_work_t work;
    Server *server;
    Str document;      /* path; owned */
    uint64_t revision; /* of the text */
    StrBuf path, text; /* what to read */
    Syntax *syntax;
    Facts *facts;
} Job;

static void run_job(uv_work_t *work) {
    Job *self = work->data;
    Parser *parser = parser_new();
    bool exact;
    self->facts =
        syntax_facts(self->syntax, parser, buf_str(&self->path), buf_str(&self->text), NULL, &exact);
    parser_free(parser);
}

static void job_free(Job *self) {
    mem_free((char *)self->document.data);
    buf_release(&self->path);
    buf_release(&self->text);
    syntax_free(self->syntax);
    facts_free(self->facts);
    mem_free(self);
}

static void after_job(uv_work_t *work, int status) {
    (void)status; /* jobs are never cancelled */
    Job *self = work->data;
    Server *server = self->server;
    server->workspace.settling--;
    Document *document = documents_find_path(&server->documents, self->document);
    if (document && document->revision == self->revision) {
        Syntax *old = document->syntax;
        document->syntax = self->syntax;
        self->syntax = old;
        workspace_take_facts(server, document, self->facts);
        document->patched = false;
        self->facts = NULL;
    }
    job_free(self);
    if (!server->stopping) idle_report(server);
}

static void start_job(Server *server, Document *document) {
    Job *job = mem_calloc(1, sizeof *job);
    job->work.data = job;
    job->server = server;
    job->document = str_make(str_dup(document->path), document->path.len);
    job->revision = document->settled = document->revision;
    buf_init(&job->path);
    buf_init(&job->text);
    workspace_reading_path(document, &job->path);
    buf_append(&job->text, buf_str(&document->text));
    job->syntax = syntax_new();
    server->workspace.settling++;
    uv_queue_work(&server->loop, &job->work, run_job, after_job);
}

void settle_start(Server *server) {
    workspace_refresh(server);
    for (uint32_t i = 0; i < server->documents.items.len; i++) {
        Document *document = &server->documents.items.items[i];
        if (document->patched && document->settled != document->revision) start_job(server, document);
    }
}
