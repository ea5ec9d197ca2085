/* A docstring -> sections -> blocks. Sections follow each other, items lie inside them, no word is lost, and
 * what is written is well-formed. */
#include "input.h"

#include "markdown/docstring.h"

#include "../unit/words.h"

enum { LONGEST = 4096 };

static void check_model(Str doc) {
    DocModel model;
    docmodel_read(&model, doc);
    for (uint32_t i = 0; i < model.sections.len; i++) {
        const DocSection *section = &model.sections.items[i];
        MUST(section->first <= section->end && section->end <= model.lines.len);
        MUST(section->first_item + section->item_count <= model.items.len);
    }
    for (uint32_t i = 0; i < model.items.len; i++) {
        const DocItem *item = &model.items.items[i];
        MUST(item->line < model.lines.len && item->first <= item->end && item->end <= model.lines.len);
    }
    docmodel_release(&model);
}

/* How many letters of each kind: lists are numbered anew, and dashes put in. */
static void count_bytes(Str text, int32_t *counts, int32_t by) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') counts[c] += by;
    }
}

/* Whether `out` lacks a byte of the words of `doc`: how words are parted may differ where markup is broken.
 */
static bool lacks_bytes(Str doc, Str out) {
    int32_t counts[256] = {0};
    bool lacks = false;
    StrBuf said;
    buf_init(&said);
    words_blank_markup(doc, &said);
    count_bytes(buf_str(&said), counts, 1);
    count_bytes(out, counts, -1);
    for (int i = 0; i < 256; i++) lacks |= counts[i] > 0;
    buf_release(&said);
    return lacks;
}

static void check_written(Str doc, WriterFormat format) {
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, format);
    docstring_write(&writer, doc);
    MUST(writer.depth == 0);
    MUST(utf8_valid_prefix(out.data, out.len) == out.len);
    if (lacks_bytes(doc, buf_str(&out))) {
        fprintf(stderr, "of:\n%.*s\nwritten:\n%s\n", STR_ARG(doc), out.data);
        MUST(!"all is written");
    }
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > LONGEST) return 0;
    StrBuf doc, summary;
    buf_init(&doc);
    buf_init(&summary);
    input_text(str_make((const char *)data, size), &doc);
    for (size_t i = 0; i < doc.len; i++) /* shown as another character */
        if (doc.data[i] == '\0') doc.data[i] = ' ';
    check_model(buf_str(&doc));
    docstring_summary(buf_str(&doc), &summary);
    check_written(buf_str(&doc), WRITER_MARKDOWN);
    check_written(buf_str(&doc), WRITER_PLAIN);
    buf_release(&doc);
    buf_release(&summary);
    return 0;
}
