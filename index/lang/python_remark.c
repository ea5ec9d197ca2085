#include "index/lang/python_remark.h"

#include "index/lang/python_string.h"

void remark_string(Reader *self, const Frame *frame) {
    const Frame *statement = frame - 1;
    bool alone = statement->kind == KIND_EXPRESSION_STATEMENT && ts_node_child_count(statement->node) == 1;
    if (!alone || statement[-1].named_count < 2) return; /* the statement itself is counted */
    StrBuf text, clean;
    buf_init(&text);
    buf_init(&clean);
    if (define_append_string(self, frame->node, &text)) {
        python_clean_doc(buf_str(&text), &clean);
        Text doc = builder_text(&self->builder, buf_str(&clean));
        ARRAY_PUSH(&self->builder.remarks, ((Remark){syntax_range(frame->node), doc, 0}));
    }
    buf_release(&text);
    buf_release(&clean);
}

void remark_comment(Reader *self, Range range) {
    Str comment = str_trim_end(str_slice(self->builder.source, range.start, range.end));
    if (!str_starts_with(comment, STR("#:"))) return;
    comment = str_from(comment, str_starts_with(comment, STR("#: ")) ? 3 : 2);
    ARRAY_PUSH(&self->builder.remarks, ((Remark){range, builder_text(&self->builder, comment), 1}));
}
