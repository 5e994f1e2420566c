/* The pure parts of the module for speech-dispatcher: commands, settings, SSML, answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sd_docbao/command.h"
#include "sd_docbao/reply.h"
#include "sd_docbao/settings.h"
#include "sd_docbao/ssml.h"

static void assert_text(struct sv seen, const char *wanted)
{
    struct buf copy = BUF_INIT;
    buf_add_sv(&copy, seen);
    assert_string_equal(copy.p, wanted);
    buf_free(&copy);
}

/* ---- commands ---- */

/* Each command as NAME[text]; + for one whose data follows. */
static void assert_commands(const char *bytes, size_t piece, const char *wanted)
{
    static const char *const names[] = {"?",     "INIT", "SPEAK", "CHAR",  "KEY",  "ICON",  "SET",
                                        "AUDIO", "LOG",  "STOP",  "PAUSE", "LIST", "DEBUG", "QUIT"};
    struct command_reader r;
    struct command c;
    struct buf seen = BUF_INIT;
    command_reader_init(&r);
    for (size_t i = 0, n = strlen(bytes); i < n; i += piece) {
        command_add(&r, bytes + i, n - i < piece ? n - i : piece);
        while (command_next(&r, &c))
            buf_addf(&seen, c.complete ? "%s[%.*s] " : "%s+ ", names[c.kind], SV_ARG(c.text));
    }
    assert_string_equal(seen.p, wanted);
    buf_free(&seen);
    command_reader_free(&r);
}

static void test_commands(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *wanted;
    } cases[] = {
        {"INIT\n", "INIT[] "},
        {"INI", ""},
        {"SPEAK\n<speak>a\nb</speak>\n.\nSTOP\n", "SPEAK+ SPEAK[<speak>a\nb</speak>] STOP[] "},
        {"SPEAK\n..b\n...\n\n.\n", "SPEAK+ SPEAK[.b\n..\n] "},
        {"SPEAK\n.\n", "SPEAK+ SPEAK[] "},
        {"SPEAK\nSTOP\n.\n", "SPEAK+ SPEAK[STOP] "},
        {"CHAR\r\nx\r\n.\r\n", "CHAR+ CHAR[x] "},
        {"LIST VOICES\nLIST VOICES vi none\n", "LIST[] LIST[vi none] "},
        {"LIST VOICESX\nspeak\nSTOP now\n\n", "?[LIST VOICESX] ?[speak] ?[STOP now] ?[] "},
        {"SET\nrate=1\n.\nDEBUG ON /x\nQUIT\n", "SET+ SET[rate=1] DEBUG[ON /x] QUIT[] "},
        {"PAUSE\nSOUND_ICON\nbell\n.\nKEY\na\n.\n", "PAUSE[] ICON+ ICON[bell] KEY+ KEY[a] "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_commands(cases[i].bytes, 1000, cases[i].wanted);
        assert_commands(cases[i].bytes, 1, cases[i].wanted);
    }
}

static void test_long_commands(void **state)
{
    (void)state;
    struct command_reader r;
    struct command c;
    struct buf line = BUF_INIT;
    while (line.n < COMMAND_MOST_BYTES + 5000)
        buf_adds(&line, "0123456789");
    command_reader_init(&r);
    command_add(&r, "SPEAK\n", 6);
    assert_true(command_next(&r, &c));
    command_add(&r, line.p, line.n);
    assert_false(command_next(&r, &c));
    command_add(&r, "rest\nmore\n.\nSTOP\n", 17);
    assert_true(command_next(&r, &c));
    assert_int_equal(c.kind, COMMAND_SPEAK);
    assert_true(c.text.n >= COMMAND_MOST_BYTES && c.text.n <= line.n);
    assert_memory_equal(c.text.p, line.p, COMMAND_MOST_BYTES);
    assert_true(command_next(&r, &c));
    assert_int_equal(c.kind, COMMAND_STOP);
    buf_free(&line);
    command_reader_free(&r);
}

/* ---- settings ---- */

static void test_settings(void **state)
{
    (void)state;
    struct settings s;
    settings_init(&s);
    assert_int_equal(settings_take(&s, SV("rate=-30\npitch=100\npitch_range=7\nvolume=0\n"
                                          "punctuation_mode=most\nspelling_mode=on\n"
                                          "cap_let_recogn=icon\nvoice=female1\n"
                                          "synthesis_voice=bac-nu\nlanguage=vi-VN")),
                     SETTINGS_DONE);
    assert_int_equal(s.rate, -30);
    assert_int_equal(s.pitch, 100);
    assert_int_equal(s.pitch_range, 7);
    assert_int_equal(s.volume, 0);
    assert_int_equal(s.punctuation, DOCBAO_PUNCTUATION_MOST);
    assert_int_equal(s.capitals, CAPITALS_ICON);
    assert_true(s.spelling);
    assert_string_equal(s.voice_type.p, "female1");
    assert_string_equal(s.voice.p, "bac-nu");
    assert_string_equal(s.language.p, "vi-VN");
    assert_int_equal(settings_take(&s, SV("synthesis_voice=NULL")), SETTINGS_DONE);
    assert_int_equal(s.voice.n, 0);
    settings_free(&s);
}

static void test_wrong_settings(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        enum settings_result result;
    } cases[] = {
        {"rate=101", SETTINGS_BAD_VALUE},
        {"rate=", SETTINGS_BAD_VALUE},
        {"rate=-", SETTINGS_BAD_VALUE},
        {"rate=1x", SETTINGS_BAD_VALUE},
        {"rate=99999999999", SETTINGS_BAD_VALUE},
        {"rate", SETTINGS_BAD_SYNTAX},
        {"=1", SETTINGS_BAD_SYNTAX},
        {"colour=1", SETTINGS_BAD_VALUE},
        {"punctuation_mode=few", SETTINGS_BAD_VALUE},
        {"spelling_mode=perhaps", SETTINGS_BAD_VALUE},
        {"cap_let_recogn=", SETTINGS_BAD_VALUE},
    };
    struct settings s;
    settings_init(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf lines = BUF_INIT;
        buf_addf(&lines, "%s\npitch=%d", cases[i].lines, (int)i + 1);
        assert_int_equal(settings_take(&s, buf_sv(&lines)), cases[i].result);
        assert_int_equal(s.pitch, i + 1); /* the rest holds */
        buf_free(&lines);
    }
    assert_int_equal(s.rate, 0);
    assert_int_equal(s.volume, 100);
    settings_free(&s);
}

static void test_only_sound_through_the_server(void **state)
{
    (void)state;
    assert_int_equal(settings_check_audio(SV("audio_output_method=server")), SETTINGS_DONE);
    assert_int_equal(settings_check_audio(SV("audio_output_method=alsa\naudio_alsa_device=x")),
                     SETTINGS_BAD_VALUE);
    assert_int_equal(settings_check_audio(SV("")), SETTINGS_BAD_VALUE);
    assert_int_equal(settings_check_audio(SV("x")), SETTINGS_BAD_SYNTAX);
}

/* ---- SSML ---- */

/* The text with {name} for each mark and |, a manner and a language before each run. */
static void assert_ssml(const char *markup, const char *wanted)
{
    struct ssml s;
    struct buf seen = BUF_INIT;
    ssml_parse(&s, sv_of(markup));
    size_t mark = 0;
    assert_int_equal(s.runs.at[0].from, 0);
    for (size_t i = 0; i < s.runs.n; i++) {
        const struct ssml_run *run = &s.runs.at[i];
        assert_int_equal(run->to, i + 1 < s.runs.n ? s.runs.at[i + 1].from : s.text.n);
        buf_addf(&seen, "|%.*s%s:", SV_ARG(sv_at(buf_sv(&s.names), run->language)),
                 run->manner == DOCBAO_AS_CHARACTERS ? "*"
                 : run->manner == DOCBAO_AS_KEY      ? "#"
                                                     : "");
        bool last = i + 1 == s.runs.n;
        for (uint32_t at = run->from; at < run->to || (last && at == run->to); at++) {
            for (; mark < s.marks.n && s.marks.at[mark].at == at; mark++)
                buf_addf(&seen, "{%.*s}", SV_ARG(sv_at(buf_sv(&s.names), s.marks.at[mark].name)));
            if (at < run->to)
                buf_putc(&seen, s.text.p[at]);
        }
    }
    assert_int_equal(mark, s.marks.n);
    assert_string_equal(seen.p, wanted);
    buf_free(&seen);
    ssml_free(&s);
}

static void test_ssml(void **state)
{
    (void)state;
    static const struct {
        const char *markup, *wanted;
    } cases[] = {
        {"", "|:"},
        {"không có thẻ", "|:không có thẻ"},
        {"<speak>Xin <mark name=\"__spd_0\"/>chào</speak>", "|:Xin {__spd_0}chào"},
        {"<speak>a<mark name='x'/><mark name=\"y\"></mark></speak>", "|:a{x}{y}"},
        {"<speak>1 &lt; 2 &gt; 0 &amp; &quot;&apos;&#225;&#xE1;</speak>", "|:1 < 2 > 0 & \"'áá"},
        {"<speak>a<!-- <b> -->b<![CDATA[<c>&lt;]]></speak>", "|:ab<c>&lt;"},
        {"<?xml version='1.0'?><!DOCTYPE speak>a", "|:a"},
        {"a <voice xml:lang=\"en-US\">two</voice> b", "|:a |en-US:two|: b"},
        {"<speak xml:lang=\"vi\">a<lang xml:lang='en'>b</lang>c</speak>", "|vi:a|en:b|vi:c"},
        {"<say-as interpret-as=\"characters\">ab</say-as> c", "|*:ab|: c"},
        {"<say-as interpret-as=\"tts:key\">F5</say-as>", "|#:F5"},
        {"<say-as interpret-as=\"date\">1/2</say-as>", "|:1/2"},
        {"<sub alias=\"xin &amp; chào\">hi</sub> b", "|:xin & chào b"},
        {"<p>a</p><s>b</s>c<break/>d<break strength=\"none\"/>e", "|:a\nb\nc\nde"},
        {"<prosody rate=\"slow\"><emphasis>a</emphasis></prosody>", "|:a"},
        {"<audio src=\"x.wav\"><desc>d</desc>a</audio>", "|:a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_ssml(cases[i].markup, cases[i].wanted);
}

static void test_broken_ssml(void **state)
{
    (void)state;
    static const struct {
        const char *markup, *wanted;
    } cases[] = {
        {"<", "|:<"},
        {"a < b", "|:a < b"},
        {"a <b", "|:a <b"},
        {"x <3 y & z &foo; &#; &#xD800; &#99999999;",
         "|:x <3 y & z &foo; &#; &#xD800; &#99999999;"},
        {"<mark name=\"x>b", "|:<mark name=\"x>b"},
        {"<mark/>a<mark name=/>", "|:a"},
        {"</speak>a</b>", "|:a"},
        {"<speak>a<voice xml:lang=\"en\">b</speak>c", "|:a|en:b|:c"},
        {"<!-- a", "|:<!-- a"},
        {"<![CDATA[ a <![CDATA[ b", "|:<![CDATA[ a <![CDATA[ b"},
        {"<mark name=\"a\nb\"/>c", "|:c"}, /* it would break the answer */
        {"\xff<b>\xfe</b>", "|:\xff\xfe"},
        {"<sub alias='a'><sub alias='b'>c</sub></sub>d", "|:ad"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_ssml(cases[i].markup, cases[i].wanted);
}

static void test_deep_ssml(void **state)
{
    (void)state;
    struct buf deep = BUF_INIT;
    struct ssml s;
    for (int i = 0; i < 100000; i++)
        buf_adds(&deep, "<a><!-- <![CDATA[");
    buf_adds(&deep, "b");
    ssml_parse(&s, buf_sv(&deep));
    assert_true(sv_ends(buf_sv(&s.text), SV("b")));
    assert_true(s.marks.n == 0);
    ssml_free(&s);
    buf_free(&deep);
}

/* ---- answers ---- */

static void test_sound_is_escaped(void **state)
{
    (void)state;
    static const int16_t pcm[] = {0x0a7d, 0x0102, -1};
    struct buf out = BUF_INIT;
    reply_sound(&out, pcm, 3, 22050);
    static const char wanted[] = "705-bits=16\n705-num_channels=1\n705-sample_rate=22050\n"
                                 "705-num_samples=3\n705-big_endian=0\n705-AUDIO\0"
                                 "\x7d\x5d\x7d\x2a\x02\x01\xff\xff\n705 AUDIO\n";
    assert_int_equal(out.n, sizeof wanted - 1);
    assert_memory_equal(out.p, wanted, out.n);
    buf_clear(&out);
    reply_sound(&out, NULL, 2, 22050);
    assert_memory_equal(out.p + out.n - 15, "\0\0\0\0\n705 AUDIO\n", 15);
    buf_free(&out);
}

static void test_marks_are_answered(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    reply_mark(&out, SV("__spd_3"));
    reply_line(&out, "702 END");
    assert_text(buf_sv(&out), "700-__spd_3\n700 INDEX MARK\n702 END\n");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_long_commands),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_wrong_settings),
        cmocka_unit_test(test_only_sound_through_the_server),
        cmocka_unit_test(test_ssml),
        cmocka_unit_test(test_broken_ssml),
        cmocka_unit_test(test_deep_ssml),
        cmocka_unit_test(test_sound_is_escaped),
        cmocka_unit_test(test_marks_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
