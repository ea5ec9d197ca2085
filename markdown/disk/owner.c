#include "markdown/disk/owner.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "markdown/site.h"
#include "markdown/stamp.h"

#include <stdlib.h>

/* Appends the index.json of the pages in a folder; false when there is none of Headword's. */
static bool read_index(Str folder, StrBuf *bytes) {
    StrBuf path, why;
    buf_init(&path);
    buf_init(&why);
    buf_append(&path, folder);
    path_join(&path, STR("index.json"));
    Stamp stamp;
    bool intact, known = file_read(path.data, 0, bytes, &why) && stamp_read(buf_str(bytes), &stamp, &intact);
    buf_release(&path);
    buf_release(&why);
    return known;
}

bool owner_read(const char *folder, StrBuf *project) {
    StrBuf bytes;
    buf_init(&bytes);
    bool known = read_index(str_of(folder), &bytes);
    if (known) buf_append(project, site_json_project(buf_str(&bytes)));
    buf_release(&bytes);
    return known;
}

/* Whether the folder holds the root, or is it; links resolved, as far as there is anything. */
static bool holds_root(Str out, Str root) {
    char *c_out = str_dup(out), *c_root = str_dup(root);
    char *real_out = realpath(c_out, NULL), *real_root = realpath(c_root, NULL);
    bool holds = path_is_under(root, out) ||
                 (real_out && real_root && path_is_under(str_of(real_root), str_of(real_out)));
    free(real_out);
    free(real_root);
    mem_free(c_out);
    mem_free(c_root);
    return holds;
}

Owner owner_of(const Book *book, Str out, StrBuf *why) {
    if (holds_root(out, book->config.root)) {
        buf_printf(why, "%.*s: doc pages need a folder of their own, not one that holds the repository",
                   STR_ARG(out));
        return OWNER_OTHER;
    }
    if (path_is_under(out, book->config.root)) return OWNER_SELF;
    StrBuf index, own;
    buf_init(&index);
    buf_init(&own);
    site_json_append_project(book, &own);
    Owner owner = read_index(out, &index) ? OWNER_SELF : OWNER_UNKNOWN;
    Str there = site_json_project(buf_str(&index));
    if (owner == OWNER_SELF && !str_eq(there, buf_str(&own))) {
        buf_printf(why, "%.*s: holds the doc pages of %.*s, not of %s; choose another folder, or remove it",
                   STR_ARG(out), STR_ARG(there), own.data);
        owner = OWNER_OTHER;
    } else if (owner == OWNER_SELF && !site_json_shares_sources(buf_str(&index), book)) {
        buf_printf(
            why,
            "%.*s: holds the doc pages of another repository that is called %s too (it lists no source "
            "file of this one); choose another folder, or remove it",
            STR_ARG(out), own.data);
        owner = OWNER_OTHER;
    }
    buf_release(&index);
    buf_release(&own);
    return owner;
}
