/* The folders the client works in, the index of what they hold, and what keeps the two in step.
 *
 * The index knows, for each path, the open document's text if there is one, else the file's. A scan in the
 * background reads a root once, unless a cache has it; from then on open documents, saves and watched-file
 * events bring the changes, and sweeps find what nobody told of. */
#ifndef HEADWORD_LSP_WORKSPACE_H
#define HEADWORD_LSP_WORKSPACE_H

#include "index/disk/cache.h"
#include "index/disk/libraries.h"
#include "index/disk/scan.h"
#include "index/disk/sweep.h"
#include "index/disk/walk.h"
#include "index/index.h"
#include "index/parse.h"
#include "lsp/documents.h"
#include "lsp/progress.h"

typedef struct Server Server;

typedef struct {
    Str path;      /* owned */
    bool nested;   /* lies in another folder, which is indexed as a whole */
    bool tried;    /* its cache was looked for */
    bool scanned;  /* a scan was started since it became a root */
    bool complete; /* all its files were read */
} Folder;

typedef struct {
    Index *index;
    Parser *parser;
    Libraries *libraries;
    bool changed;          /* files that libraries_load has not seen */
    bool outgrown;         /* what the client shows may be outdated once libraries are read */
    Array(Folder) folders; /* as the client gave them, each once */
    bool given;            /* the client named folders; else opened files' projects become roots */
    bool ready;            /* the client is initialised: scans may start */
    Scan *scan;            /* the one that runs, or NULL */
    Want *nearby;          /* from it: what open documents import; NULL before its walk is over */
    Str scan_root;         /* what it reads; owned */
    Sweep *sweep;
    uint64_t sweep_started, sweep_rests; /* ms of the loop's clock; none is due before the latter */
    bool sweep_wanted;                   /* something changed: there is no rest */
    bool sweep_outdated;                 /* the one that runs began before everything was read anew */
    bool git_is_slow;                    /* it cannot be asked between messages */
    Array(Cache) caches;                 /* that the index lies in */
    CacheWriter *writer;                 /* at work, or NULL */
    bool no_cache;                       /* none is read or written any more */
    Paths late;                          /* files that changed while a scan or a sweep ran */
    uint32_t settling;                   /* documents that are being read anew */
    Progress progress;
} Workspace;

/* Looks where libraries lie; where that has changed, or what is installed there, they are read anew. Cheap
 * when nothing did. */
void workspace_find_libraries(Server *server);

/* Looks for a moment at what own code imports from libraries; goes on by itself when there is more. */
void workspace_load_libraries(Server *server);

void workspace_init(Workspace *self);
void workspace_release(Workspace *self);

/* The folder whose settings count: the first, or "". */
Str workspace_main_root(const Workspace *self);

/* The indexed root that holds a path, else the nearest project around it: true; else the path's folder:
 * false. Appended to `out`. */
bool workspace_root_of(const Workspace *self, Str path, StrBuf *out);

/* A folder that is there already, or inside of another, is not read twice. */
void workspace_add_folder(Server *server, Str path);
void workspace_remove_folder(Server *server, Str path);

/* The client is initialised: begins to read the roots in the background. */
void workspace_begin(Server *server);

/* Reads all roots anew (a setting of the index changed). */
void workspace_rescan(Server *server);

/* Whether there is a root that a later scan will read. */
bool workspace_has_unread_root(const Workspace *self);

/* Ends the running scan, if any. */
void workspace_stop(Workspace *self);

/* Whether worker threads read files. */
bool workspace_is_busy(const Workspace *self);

/* Makes the facts of all documents that changed. Before anything reads the index. */
void workspace_refresh(Server *server);

/* Makes facts (taken over) read by the document's syntax those of its path. */
void workspace_take_facts(Server *server, Document *document, Facts *facts);

/* A path by which the document is read: its own, or one of its language when its own tells none. Appended to
 * `out`. */
void workspace_reading_path(const Document *document, StrBuf *out);

/* Whether a front end reads the document: by its path, else by its language. */
bool workspace_reads(const Document *document);

/* A document was opened that was not open yet: it now hides its file. */
void workspace_cover(Server *server, Document *document);
/* A document is about to be closed: its file, if there is one, counts again. */
void workspace_uncover(Server *server, const Document *document);

/* Files or folders were made, changed or deleted. New files count if the walk would find them too. Of many
 * changes, and of folders, a sweep finds out what they mean: they show a little later. */
void workspace_file_changed(Server *server, Str path);
void workspace_files_changed(Server *server, const Paths *paths);

/* Begins to look for changes that nobody told of, unless that was done just now. */
void workspace_sweep(Server *server);

#endif
