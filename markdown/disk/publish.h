/* Keeps the doc pages on disk in step with the index.
 *
 * A page that Headword wrote ends with a stamp: the hashes of its source and of its own body. By that stamp
 * pages written by others are left alone, pages edited by hand are refused (text between `<!-- headword:keep
 * NAME -->` and
 * `<!-- headword:end -->` is carried over instead), and orphans are known to be ours. Pages are written whole
 * or not at all; equal pages are not touched. */
#ifndef HEADWORD_MARKDOWN_DISK_PUBLISH_H
#define HEADWORD_MARKDOWN_DISK_PUBLISH_H

#include "base/array.h"
#include "markdown/page.h"

/* What happened to a page, or with `check` what would have happened. */
typedef enum {
    PAGE_FRESH,   /* equal bytes: not touched */
    PAGE_CREATED, /* was missing */
    PAGE_UPDATED, /* was stale */
    PAGE_REMOVED, /* was an orphan */
    PAGE_REFUSED, /* edited by hand, or not ours */
    PAGE_FAILED,  /* could not be read or written */
} PageState;
enum { PAGE_STATES = PAGE_FAILED + 1 };

typedef struct {
    PageState state;
    char *path;    /* relative to the root (mem_free); absolute when the out folder is outside */
    char *reason;  /* one line; "" when the state says it all (mem_free) */
    char *diff;    /* of an updated page when that was asked for, else NULL (mem_free) */
    uint64_t hash; /* of a fresh, created or updated page's bytes */
} PageReport;
typedef Array(PageReport) PageReports;

typedef struct {
    PageConfig config;
    uint32_t jobs;    /* threads; 0: one per processor */
    bool check;       /* write nothing */
    bool diff;        /* tell how pages differ from what is there */
    bool remembers;   /* what a run left is recorded in the cache folder, and believed when nothing changed */
    bool force;       /* replace pages edited by hand, keeping PAGE.orig */
    bool incomplete;  /* the index lacks files that could not be read: no page counts as an orphan */
    const Str *paths; /* files or folders relative to the root; NULL: all, and orphans are removed */
    uint32_t path_count;
    void *context;
    /* Called on the caller's thread now and then, of the files and folders whose pages are rendered; may be
     * NULL. False cancels. */
    bool (*progress)(void *context, uint32_t done, uint32_t total);
} PublishRequest;

typedef struct {
    uint32_t counts[PAGE_STATES];
    uint64_t bytes;      /* of all pages rendered */
    PageReports reports; /* every page that is not fresh, by path */
    bool cancelled;
} PublishResult;

/* Renders and writes. False with a one-line reason in `why` when nothing could be begun (out folder is a link
 * out of the root, unknown path, …). The index must not change meanwhile. */
bool publish_pages(const Index *index, const PublishRequest *request, PublishResult *result, StrBuf *why);
void publish_result_release(PublishResult *self);

/* Whether what is written at `path` (absolute, below the out folder) lies there: pages that are to go below
 * the root must not leave it through a link, nor get among git's files. publish_pages asks by itself. False
 * with a one-line reason in `why`. */
bool publish_stays_inside(const PageConfig *config, Str path, StrBuf *why);

/* One page, for an editor, and how to find what is there already. */
typedef struct {
    FileId file;
    PageKind kind;
    const PageText *text; /* an open buffer's, or what is on disk */
    void *context;
    /* Appends the bytes of the page at `path` (absolute) as the editor or the disk has it; nothing when there
     * is none. */
    void (*existing)(void *context, Str path, StrBuf *bytes);
} PublishOne;

/* Renders one page and carries over what a person kept in the existing one. Appends the page's path,
 * absolute, to `path` and its bytes to `page`. PAGE_REFUSED with the reason in `why`: the page was edited by
 * hand or is not ours, and `page` holds what would have been written; PAGE_FAILED: the file has no page.
 * Touches no file.
 */
PageState publish_one(const Index *index, const PageConfig *config, const PublishOne *request, StrBuf *path,
                      StrBuf *page, StrBuf *why);

#endif
