#include "protocol/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

/* What a decoder makes of `stream`, fed in pieces of `step` bytes: bodies joined by "|", errors as "!". */
static void check(const char *stream, size_t step, const char *expected) {
    FrameDecoder decoder;
    StrBuf seen;
    frame_decoder_init(&decoder);
    buf_init(&seen);
    Str rest = str_of(stream), out;
    while (rest.len) {
        frame_decoder_feed(&decoder, str_slice(rest, 0, step));
        rest = str_from(rest, step);
        for (FrameResult result; (result = frame_decoder_next(&decoder, &out)) != FRAME_NONE;) {
            buf_append(&seen, result == FRAME_BODY ? out : STR("!"));
            buf_append_byte(&seen, '|');
        }
    }
    assert_string_equal(seen.data, expected);
    buf_release(&seen);
    frame_decoder_release(&decoder);
}

/* The outcome must not depend on how the bytes arrive. */
static void check_all(const char *stream, const char *expected) {
    static const size_t steps[] = {1, 2, 7, 1 << 20};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) check(stream, steps[i], expected);
}

static void test_bodies(void **state) {
    (void)state;
    check_all("Content-Length: 2\r\n\r\n{}", "{}|");
    check_all("Content-Length: 6\r\n\r\né🚀Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\nx", "é🚀||x|");
}

static void test_headers(void **state) {
    (void)state;
    check_all("content-LENGTH:3\r\n\r\nabc", "abc|");
    check_all("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length:  3 \r\n\r\nabc",
              "abc|");
    check_all("Content-Length: 3\nX-Other: 1\n\nabc", "abc|");
}

static void test_resynchronises(void **state) {
    (void)state;
    check_all("garbage\r\nContent-Length: 2\r\n\r\nok", "!|ok|");
    check_all("Content-Type: x\r\n\r\nContent-Length: 2\r\n\r\nok", "!|ok|");
    check_all("Content-Length: -1\r\n\r\nContent-Length: 2\r\n\r\nok", "!|ok|");
    check_all("Content-Length: 99999999999999999999\r\n\r\nContent-Length: 2\r\n\r\nok", "!|ok|");
    check_all("Content-Length: 268435457\r\n\r\n{}Content-Length: 2\r\n\r\nok", "!|ok|");
    check_all("Content-Length: 2\r\n\r\n{\"a\"}Content-Length: 2\r\n\r\nok", "{\"|!|ok|");
}

static void test_endless_header(void **state) {
    (void)state;
    StrBuf stream;
    buf_init(&stream);
    buf_append_repeated(&stream, 'x', 10000);
    buf_append(&stream, STR("Content-Length: 2\r\n\r\nok"));
    check(stream.data, 512, "!|ok|");
    buf_release(&stream);
}

/* A length that was too large: the body swallowed the next frame, which must not be lost. */
static void test_reject(void **state) {
    (void)state;
    FrameDecoder decoder;
    Str out;
    frame_decoder_init(&decoder);
    frame_decoder_feed(&decoder, STR("Content-Length: 9\r\n\r\n{}Content-Length: 2\r\n\r\nokContent-"));
    assert_int_equal(frame_decoder_next(&decoder, &out), FRAME_BODY);
    assert_true(str_eq(out, STR("{}Content")));
    frame_decoder_reject(&decoder);
    assert_int_equal(frame_decoder_next(&decoder, &out), FRAME_BODY);
    assert_true(str_eq(out, STR("ok")));
    assert_int_equal(frame_decoder_next(&decoder, &out), FRAME_NONE);
    frame_decoder_feed(&decoder, STR("Length: 1\r\n\r\nz"));
    assert_int_equal(frame_decoder_next(&decoder, &out), FRAME_BODY);
    assert_true(str_eq(out, STR("z")));
    frame_decoder_release(&decoder);
}

static void test_append_header(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    frame_append_header(&out, 17);
    assert_string_equal(out.data, "Content-Length: 17\r\n\r\n");
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bodies),         cmocka_unit_test(test_headers),
        cmocka_unit_test(test_resynchronises), cmocka_unit_test(test_endless_header),
        cmocka_unit_test(test_reject),         cmocka_unit_test(test_append_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
