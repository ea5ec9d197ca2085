/* The page on disk and a new one -> the page to be written. What a person kept is in it, writing the same
 * page again changes nothing, and no page that was edited is replaced. The pieces are what was edited into
 * the old page, the place of that line (two bytes) ahead, and the bodies of both pages. */
#include "input.h"
#include "page.h"

#include "markdown/disk/merge.h"

/* Every kept line of the old page stands in the new one. */
static void check_kept(Str old, Str merged) {
    bool keeping = false;
    Str line;
    while (str_next_line(&old, &line)) {
        if (str_starts_with(line, STR("<!-- headword:keep "))) keeping = true;
        if (keeping) MUST(str_find(merged, line) != STR_NPOS);
        if (str_starts_with(line, STR("<!-- headword:end -->"))) keeping = false;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str rest = str_make((const char *)data, size);
    Str edit = input_piece(&rest), before = input_piece(&rest), now = input_piece(&rest);
    if (!is_plain(before) || !is_plain(now)) return 0;
    StrBuf old, new, merged, again, why;
    buf_init(&old);
    buf_init(&new);
    buf_init(&merged);
    buf_init(&again);
    buf_init(&why);
    finish_page(before, &old);
    finish_page(now, &new);
    size_t at = input_number(&edit, 2) % (old.len + 1);
    while (at > 0 && old.data[at - 1] != '\n') at--;
    buf_replace(&old, at, at, edit);
    bool edited;
    PageState state = merge_page(buf_str(&old), buf_str(&new), false, &merged, &why, &edited);
    MUST(state == PAGE_FRESH || state == PAGE_UPDATED || state == PAGE_REFUSED);
    MUST(edited == (state == PAGE_REFUSED) || state == PAGE_REFUSED);
    if (state == PAGE_UPDATED) {
        if (!str_starts_with(edit, STR("```"))) check_kept(edit, buf_str(&merged));
        state = merge_page(buf_str(&merged), buf_str(&new), false, &again, &why, &edited);
        MUST(state == PAGE_FRESH && str_eq(buf_str(&again), buf_str(&merged)));
    }
    buf_release(&old);
    buf_release(&new);
    buf_release(&merged);
    buf_release(&again);
    buf_release(&why);
    return 0;
}
