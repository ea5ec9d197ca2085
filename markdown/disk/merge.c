#include "markdown/disk/merge.h"

#include "markdown/page_scan.h"
#include "markdown/stamp.h"

/* Why a page without a stamp is left alone. */
static void append_foreign(Str page, StrBuf *why) {
    Str line;
    bool ended;
    if (stamp_find_kept(page, &line, &ended) && !ended)
        buf_printf(why, "%.*s has no <!-- headword:end --> behind it, on a line of its own: left alone",
                   STR_ARG(str_trim(line)));
    else
        buf_append(why, STR("not written by Headword: left alone"));
}

PageState merge_page(Str existing, Str page, bool force, StrBuf *merged, StrBuf *why, bool *edited) {
    Stamp old, new;
    bool intact, new_intact;
    *edited = false;
    if (str_trim(existing).len == 0) {
        buf_append(merged, page);
        return PAGE_CREATED;
    }
    if (!stamp_read(existing, &old, &intact)) {
        buf_append(merged, page);
        append_foreign(existing, why);
        return PAGE_REFUSED;
    }
    stamp_keep_blocks(existing, page, merged);
    if (str_eq(existing, buf_str(merged))) return PAGE_FRESH;
    *edited = !intact;
    if (*edited && !force) {
        buf_append(why, STR("edited by hand: keep the text between <!-- headword:keep NAME --> and "
                            "<!-- headword:end -->, or use --force"));
        return PAGE_REFUSED;
    }
    stamp_read(page, &new, &new_intact);
    buf_append(why, *edited                    ? STR("edited by hand")
                    : old.source != new.source ? STR("its source changed")
                                               : STR("facts from other files changed"));
    size_t said = why->len;
    buf_append(why, STR(": "));
    page_scan_change(existing, buf_str(merged), why);
    if (why->len == said + 2) buf_truncate(why, said);
    return PAGE_UPDATED;
}
