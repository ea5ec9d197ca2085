/* objects.inv: a Sphinx inventory, version 2, of all anchors, so that other documentation can link to them.
 *
 * The format is that of sphinx.util.inventory: four lines of head, then a zlib stream (RFC 1950) of lines
 * "name domain:role priority uri dispname". The stream's blocks are stored (RFC 1951, 3.2.4): compressed
 * bytes differ between versions of compressors, stored ones are the same everywhere. */
#include "markdown/site.h"

#include "base/intern.h"
#include "markdown/card.h"
#include "markdown/escape.h"
#include "markdown/stamp.h"

enum { BLOCK_MOST = 65535, ADLER_BASE = 65521, ADLER_STEPS = 5552 };

/* Adler-32 of RFC 1950; so many bytes cannot overflow 32 bits between two remainders. */
static uint32_t adler32(Str bytes) {
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < bytes.len;) {
        size_t end = i + ADLER_STEPS < bytes.len ? i + ADLER_STEPS : bytes.len;
        for (; i < end; i++) {
            a += (unsigned char)bytes.data[i];
            b += a;
        }
        a %= ADLER_BASE;
        b %= ADLER_BASE;
    }
    return b << 16 | a;
}

static void append_zlib(StrBuf *out, Str bytes) {
    uint32_t check = adler32(bytes);
    buf_append(out, STR("\x78\x01"));
    do {
        Str block = str_slice(bytes, 0, BLOCK_MOST);
        bytes = str_from(bytes, block.len);
        uint32_t len = (uint32_t)block.len;
        unsigned char head[] = {bytes.len == 0, (unsigned char)len, (unsigned char)(len >> 8), 0, 0};
        head[3] = head[1] ^ 0xff;
        head[4] = head[2] ^ 0xff;
        buf_append(out, str_make((char *)head, sizeof head));
        buf_append(out, block);
    } while (bytes.len);
    for (int shift = 24; shift >= 0; shift -= 8) buf_append_byte(out, (char)(check >> shift & 0xff));
}

static const char *role_of(const Facts *facts, uint32_t number) {
    const Symbol *symbol = &facts->symbols.items[number];
    switch ((SymbolKind)symbol->kind) {
    case SYMBOL_MODULE: return "py:module";
    case SYMBOL_CLASS: return "py:class";
    case SYMBOL_FUNCTION: return "py:function";
    case SYMBOL_METHOD:
        return strcmp(card_kind(facts, number), "property") == 0 ? "py:property" : "py:method";
    case SYMBOL_VARIABLE:
        return facts->symbols.items[symbol->parent].kind == SYMBOL_CLASS ? "py:attribute" : "py:data";
    case SYMBOL_ATTRIBUTE: return "py:attribute";
    }
    return symbol->kind == SYMBOL_DOCUMENT ? "std:doc" : "std:label";
}

/* One line; a "$" in a location stands for the name. */
static void append_symbol(const Book *book, SymbolRef ref, Str name, Str page, StrBuf *out) {
    StrBuf anchor, url;
    buf_init(&anchor);
    buf_init(&url);
    book_anchor(book, ref, &anchor);
    url_append_path(buf_str(&anchor), &url);
    buf_append(out, name);
    buf_printf(out, " %s 1 ", role_of(index_facts(book->index, ref.file), ref.symbol));
    url_append_path(page, out);
    buf_append_byte(out, '#');
    buf_append(out, str_eq(buf_str(&url), name) ? STR("$") : buf_str(&url));
    buf_append(out, STR(" -\n"));
    buf_release(&anchor);
    buf_release(&url);
}

/* A name that several symbols bear is the first one's. */
static void append_file(const Book *book, uint32_t number, Interner *seen, StrBuf *out) {
    const Facts *facts = book_facts(book, number);
    StrBuf name, page;
    buf_init(&name);
    buf_init(&page);
    book_page_path(book, number, PAGE_DOCS, &page);
    for (uint32_t s = 0; s < facts->symbols.count && s < BOOK_ANCHORED; s++) {
        SymbolRef ref = {book->files.items[number].file, s};
        buf_clear(&name);
        book_dotted_name(book, ref, &name);
        for (size_t i = 0; i < name.len; i++) { /* file names may hold what would end the line */
            if (name.data[i] == '\n' || name.data[i] == '\r') name.data[i] = ' ';
        }
        if (intern_find(seen, buf_str(&name)) != INTERN_NONE) continue;
        intern_id(seen, buf_str(&name));
        append_symbol(book, ref, buf_str(&name), buf_str(&page), out);
    }
    buf_release(&name);
    buf_release(&page);
}

void site_inventory(const Book *book, PageSink sink) {
    StrBuf lines, stream, head, file;
    Interner seen;
    buf_init(&lines);
    buf_init(&stream);
    buf_init(&head);
    buf_init(&file);
    intern_init(&seen);
    for (uint32_t i = 0; i < book->files.len; i++) append_file(book, i, &seen, &lines);
    append_zlib(&stream, buf_str(&lines));
    buf_printf(&head, "# Sphinx inventory version 2\n# Project: %.*s\n# Version:\n", STR_ARG(book->project));
    buf_append(&head, STR("# The remainder of this file is compressed using zlib. "));
    stamp_append_above(&file, buf_str(&head), STR_NONE, buf_str(&stream));
    sink.page(sink.context, STR("objects.inv"), buf_str(&file));
    intern_release(&seen);
    buf_release(&lines);
    buf_release(&stream);
    buf_release(&head);
    buf_release(&file);
}
