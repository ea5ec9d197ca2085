#include "markdown/disk/owner.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "markdown/site.h"
#include "markdown/stamp.h"

#include <stdlib.h>

bool owner_read(const char *folder, StrBuf *project) {
    StrBuf path, bytes, why;
    buf_init(&path);
    buf_init(&bytes);
    buf_init(&why);
    buf_append(&path, str_of(folder));
    path_join(&path, STR("index.json"));
    Stamp stamp;
    bool intact,
        known = file_read(path.data, 0, &bytes, &why) && stamp_read(buf_str(&bytes), &stamp, &intact);
    if (known) buf_append(project, site_json_project(buf_str(&bytes)));
    buf_release(&path);
    buf_release(&bytes);
    buf_release(&why);
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
    StrBuf there, own;
    buf_init(&there);
    buf_init(&own);
    char *c_out = str_dup(out);
    Owner owner = OWNER_UNKNOWN;
    site_json_append_project(book, &own);
    if (owner_read(c_out, &there)) owner = str_eq(buf_str(&there), buf_str(&own)) ? OWNER_SELF : OWNER_OTHER;
    if (owner == OWNER_OTHER)
        buf_printf(why, "%.*s: holds the doc pages of %s, not of %s; choose another folder, or remove it",
                   STR_ARG(out), there.data, own.data);
    mem_free(c_out);
    buf_release(&there);
    buf_release(&own);
    return owner;
}
