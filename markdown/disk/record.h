/* What a run left on the disk, kept in the user's cache folder: when nothing that a page is made from has
 * changed since, and the page neither, it has not to be rendered to know that it is fresh. */
#ifndef HEADWORD_MARKDOWN_DISK_RECORD_H
#define HEADWORD_MARKDOWN_DISK_RECORD_H

#include "base/array.h"
#include "index/index.h"
#include "markdown/book.h"

typedef struct {
    char *path;      /* relative to the out folder */
    uint64_t digest; /* of what the page was made from (markdown/disk/digest.h); 0: not known */
    FileStamp stamp; /* its hash is that of the bytes that belong there */
} RecordedPage;

typedef struct {
    uint64_t key; /* of what the pages were made from; 0: there is no record */
    Array(RecordedPage) pages;
    bool renewed; /* some stamps are better than those in the file */
} Record;

void record_release(Record *self);

/* Reads the record of these pages; its key is 0 when there is none that can be read. */
void record_read(const PageConfig *config, Record *out);
/* Whether each page is what was recorded. `out` is the absolute out folder. */
bool record_holds(Record *self, Str out);
/* The pages made from what bears that digest, in `pages`, which record_read sorts by it. None when one of
 * them is not what was recorded. */
Slice record_find(Record *self, uint64_t digest, Str out);
/* Notes a page that is as it should be; `hash` is that of its bytes. */
void record_add(Record *self, Str path, uint64_t hash, uint64_t digest);
/* Takes the pages' times and sizes and writes the record. That it may fail costs time only. */
void record_write(const PageConfig *config, Str out, Record *self);

/* Removes the records of a root; STR_NONE: of all. */
void record_forget(Str root);

#endif
