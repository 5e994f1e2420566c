/* SHA-256, by the examples of FIPS 180-4 and its authors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/sha256.h"

static void expect_hash(const struct sha256 *begun, const char *wanted)
{
    struct sha256 h = *begun;
    unsigned char digest[SHA256_BYTES];
    struct buf text = BUF_INIT;
    sha256_end(&h, digest);
    for (unsigned i = 0; i < SHA256_BYTES; i++)
        buf_addf(&text, "%02x", digest[i]);
    assert_string_equal(text.p, wanted);
    buf_free(&text);
}

static void the_examples_of_the_standard(void **unused)
{
    (void)unused;
    struct sha256 h;
    sha256_begin(&h);
    expect_hash(&h, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_add(&h, SV("abc"));
    expect_hash(&h, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_begin(&h);
    sha256_add(&h, SV("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    expect_hash(&h, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* In pieces of every length around that of a block. */
static void a_million_letters_in_pieces(void **unused)
{
    (void)unused;
    struct buf letters = BUF_INIT;
    for (unsigned i = 0; i < 1000000; i++)
        buf_putc(&letters, 'a');
    struct sha256 h;
    sha256_begin(&h);
    size_t piece = 1;
    for (struct sv rest = buf_sv(&letters); rest.n; piece = piece % 130 + 1) {
        size_t n = piece < rest.n ? piece : rest.n;
        sha256_add(&h, sv_sub(rest, 0, n));
        rest = sv_sub(rest, n, rest.n - n);
    }
    expect_hash(&h, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    buf_free(&letters);
}

static void parts_are_told_apart(void **unused)
{
    (void)unused;
    struct sha256 a, b;
    unsigned char one[SHA256_BYTES], other[SHA256_BYTES];
    sha256_begin(&a);
    sha256_add_part(&a, SV("ab"));
    sha256_add_part(&a, SV("c"));
    sha256_begin(&b);
    sha256_add_part(&b, SV("a"));
    sha256_add_part(&b, SV("bc"));
    sha256_end(&a, one);
    sha256_end(&b, other);
    assert_memory_not_equal(one, other, SHA256_BYTES);
}

static void the_number_is_that_of_sha256sum(void **unused)
{
    (void)unused;
    assert_true(sha256_number(SV("abc")) == 0xba7816bf8f01cfeau);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_standard),
        cmocka_unit_test(a_million_letters_in_pieces),
        cmocka_unit_test(parts_are_told_apart),
        cmocka_unit_test(the_number_is_that_of_sha256sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
