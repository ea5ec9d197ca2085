/* One page, for an editor. */
#include "markdown/disk/publish.h"

#include "base/path.h"
#include "markdown/disk/merge.h"

/* Keeps the one page that was asked for. */
typedef struct {
    Str wanted;
    StrBuf *page;
} OnePage;

static void take_one(void *context, Str path, Str bytes) {
    OnePage *self = context;
    if (str_eq(path, self->wanted)) buf_append(self->page, bytes);
}

static PageState render_one(const Book *book, uint32_t number, const PublishOne *request, StrBuf *path,
                            StrBuf *page, StrBuf *why) {
    StrBuf name, fresh, existing;
    buf_init(&name);
    buf_init(&fresh);
    buf_init(&existing);
    book_page_path(book, number, request->kind, &name);
    buf_append(path, book->config.root);
    path_join(path, book->config.out);
    path_join(path, buf_str(&name));
    request->existing(request->context, buf_str(path), &existing);
    OnePage one = {buf_str(&name), &fresh};
    page_render_file(book, number, request->text, (PageSink){&one, take_one});
    bool edited;
    PageState state = merge_page(buf_str(&existing), buf_str(&fresh), false, page, why, &edited);
    buf_release(&name);
    buf_release(&fresh);
    buf_release(&existing);
    return state;
}

PageState publish_one(const Index *index, const PageConfig *config, const PublishOne *request, StrBuf *path,
                      StrBuf *page, StrBuf *why) {
    Book *book = book_new_for(index, config, request->file);
    uint32_t number = book_find(book, request->file);
    PageState state = PAGE_FAILED;
    if (number == NONE)
        buf_append(why,
                   STR("the file has no doc page: it lies outside of the root or inside the pages' folder"));
    else
        state = render_one(book, number, request, path, page, why);
    book_free(book);
    return state;
}
