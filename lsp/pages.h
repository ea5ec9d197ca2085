/* Doc pages for an editor: which ones there are, their text, and the edits that bring them about. */
#ifndef HEADWORD_LSP_PAGES_H
#define HEADWORD_LSP_PAGES_H

#include "lsp/server.h"
#include "markdown/disk/publish.h"

/* A page that can be generated for a file: a command, and a code action of that kind. */
typedef struct {
    const char *command, *kind, *title;
    PageKind page;
} PageCommand;

enum { PAGE_COMMANDS = 2 };
extern const PageCommand page_commands[PAGE_COMMANDS];

/* The row with that command, or NULL. */
const PageCommand *pages_find_command(Str command);

/* Whether pages can be made for the document of a URI: it is a file of ours below a root. */
bool pages_exist_for(const Server *self, Str uri);

/* Appends the path of the doc page that is there for a file of ours; false when there is none. */
bool pages_find_docs(const Server *self, FileId file, StrBuf *path);

/* A page as it should be. */
typedef struct {
    StrBuf path; /* absolute */
    StrBuf text;
    StrBuf existing; /* the page as the editor or the disk has it */
    bool exists;
    bool fresh; /* nothing needs to change */
} PageDraft;

/* Renders the page; release it in any case. False with an error when there can be none (the page was edited
 * by hand, the file is not ours, …). */
bool pages_draft(Server *self, Str uri, const PageCommand *command, PageDraft *out, RpcError *error);
void pages_draft_release(PageDraft *self);

/* Whether the client can make files, or at least fill one that is not there yet, by an edit. */
bool pages_can_edit(const Client *client);

/* The page's URI. */
json_t *pages_uri_new(const Server *self, const PageDraft *draft);

/* LSP "WorkspaceEdit" that makes the page. Makes the page's folder where the client cannot. */
json_t *pages_edit_new(const Server *self, const PageDraft *draft);

/* Writes the page to the disk. */
bool pages_write(const PageDraft *draft, RpcError *error);

#endif
