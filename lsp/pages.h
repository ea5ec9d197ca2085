/* Doc pages for an editor: which ones there are, their text, and the edits that bring them about. */
#ifndef HEADWORD_LSP_PAGES_H
#define HEADWORD_LSP_PAGES_H

#include "lsp/server.h"
#include "markdown/disk/publish.h"

/* What can be done about the pages of a file: a command, and a code action of that kind. */
typedef enum { PAGE_TASK_WRITE, PAGE_TASK_PREVIEW, PAGE_TASK_OPEN } PageTask;
typedef struct {
    const char *command, *kind, *title;
    const char *update; /* the title when the page is there and its source has changed */
    PageTask task;
    PageKind page;
} PageCommand;

enum { PAGE_COMMANDS = 4 };
extern const PageCommand page_commands[PAGE_COMMANDS];

/* The row with that command, or NULL. */
const PageCommand *pages_find_command(Str command);

/* Whether a path is that of a source, or of a text file, that gets pages. */
bool pages_is_source(const Server *self, Str path);

/* Appends the path of the source or text file that a path means: itself, or what the page is about; false
 * when it is neither. `page` (may be NULL) is set for a page only. */
bool pages_find_source(const Server *self, Str path, StrBuf *source, PageKind *page);

/* What a page's name ends with; and taking it off. */
Str pages_suffix(PageKind kind);
bool pages_take_suffix(Str path, Str *stem, PageKind *kind);

/* Where the page of a source file or folder lies that need not be there: `kind` NULL is the folder of pages.
 * Appended to `page`; false when the path lies outside of the roots or among the pages. */
bool pages_path(const Server *self, Str path, const PageKind *kind, StrBuf *page);

/* Whether the page (absolute path) of a source or folder would lie where the settings say, not behind a link
 * that leads out of the root. False with a one-line reason in `why`. */
bool pages_stay_inside(const Server *self, Str source, Str page, StrBuf *why);

/* What can be seen of a page without rendering it. */
typedef enum {
    PAGE_LOOK_MISSING,
    PAGE_LOOK_CHANGED, /* its source is another one than that it was made from */
    PAGE_LOOK_CURRENT, /* of other files, what it says may have changed all the same */
} PageLook;
PageLook pages_look(const Server *self, Str source, PageKind kind);

/* Appends the path of the doc page that is there for a source; false when there is none. */
bool pages_find_docs(const Server *self, Str source, StrBuf *path);

/* A page as it should be. */
typedef struct {
    StrBuf path; /* absolute */
    StrBuf text;
    StrBuf existing; /* the page as the editor or the disk has it */
    StrBuf why;      /* it is not fresh */
    StrBuf barred;   /* why it must not be written where it belongs; empty: it may */
    bool exists;
    PageState state;
} PageDraft;

/* Renders a page of the file that a path means, also one that was edited by hand; release it in any case. For
 * the page of a text, all texts of the root are read. False with an error when there can be none. */
bool pages_render(Server *self, Str path, PageKind kind, PageDraft *out, RpcError *error);
/* The same of a URI, for writing: false with an error too when the page was edited by hand, or is not ours.
 */
bool pages_draft(Server *self, Str uri, PageKind kind, PageDraft *out, RpcError *error);
void pages_draft_release(PageDraft *self);

/* How the doc page of a source is, with the reason why it is stale appended to `why`. Of a text only what can
 * be seen without reading all others. */
PageState pages_state(Server *self, Str source, StrBuf *why);

/* Whether the document is a page or another Markdown text. */
bool pages_is_markdown(const Document *document);

/* Whether the client can make files, or at least fill one that is not there yet, by an edit. */
bool pages_can_edit(const Client *client);

/* The page's URI. */
json_t *pages_uri_new(const Server *self, const PageDraft *draft);

/* LSP "WorkspaceEdit" that makes the page. */
json_t *pages_edit_new(const Server *self, const PageDraft *draft);

/* Whether that edit needs a folder that is not there and that the client cannot make; making it, once the
 * edit is wanted. */
bool pages_lacks_folder(const Server *self, const PageDraft *draft);
void pages_make_folder(const Server *self, const PageDraft *draft);

/* Writes the page to the disk. */
bool pages_write(const PageDraft *draft, RpcError *error);

/* LSP "ShowDocumentParams" of a URI. */
json_t *pages_show_new(Str uri);

/* Pages were written: what is shown of their state is outdated. */
void pages_note_written(Server *self);

#endif
