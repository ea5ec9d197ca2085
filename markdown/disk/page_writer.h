/* Puts pages in their places on the disk, many at a time: a page counts as written when the files of its
 * batch are safe. Used by one thread. */
#ifndef HEADWORD_MARKDOWN_DISK_PAGE_WRITER_H
#define HEADWORD_MARKDOWN_DISK_PAGE_WRITER_H

#include "index/disk/file.h"
#include "markdown/disk/publish.h"

/* A page that waits for its batch, and what to correct when that fails. */
typedef struct {
    PreparedFile file;
    FileStamp replaces; /* what stood there when the page was merged with it */
    PageReports *reports;
    uint32_t report;
} PendingPage;

typedef struct {
    const PublishRequest *request;
    Str out; /* absolute folder; outlives the writer */
    Array(PendingPage) pending;
    size_t bytes;   /* pending */
    char *folder;   /* of the last page, relative to `out`; NULL: none in this batch */
    bool is_linked; /* that folder is a link, or lies behind one */
} PageWriter;

/* Decides what becomes of the page `path` (relative to the out folder) and pushes a report, which holds once
 * the writer is finished. `reports` must stay where it is until then. */
void page_writer_put(PageWriter *self, PageReports *reports, Str path, Str page);
void page_writer_finish(PageWriter *self);

#endif
