/*
 * What speech-dispatcher sends: commands, settings and SSML are taken whole, no text is lost, and
 * what is said of a text leads back to places in it.
 */
#include "fuzz/check.h"
#include "fuzz/target.h"

#include "article/read.h"
#include "base/utf8.h"
#include "docbao/said_text.h"
#include "rules/rules.h"
#include "sd_docbao/command.h"
#include "sd_docbao/settings.h"
#include "sd_docbao/ssml.h"
#include "text/normalize.h"

static const struct rules *built_in(void)
{
    static struct rules *rules;
    struct err e = ERR_INIT;
    if (!rules && rules_load(&rules, NULL, &e))
        broken_promise("the built-in tables cannot be loaded: %s", e.message.p);
    return rules;
}

static void check_said(struct sv text, unsigned way)
{
    static const struct reading_options options = {.everything = true};
    const struct docbao_utterance u = {
        .text = {text.p, text.n},
        .manner = (enum docbao_manner)(way % 3),
        .punctuation = (enum docbao_punctuation)(way / 3 % 4),
        .capitals = way / 12 % 2,
    };
    struct said_text t;
    struct article a;
    struct err e = ERR_INIT;
    said_text_make(&t, &u, built_in(), &options);
    if (utf8_valid_prefix(buf_sv(&t.prepared)) != t.prepared.n)
        broken_promise("what is said is not UTF-8");
    if (article_from_text(&a, "", buf_sv(&t.prepared), built_in(), &e))
        broken_promise("what is said cannot be read: %s", e.message.p);
    normalize_article(&a, built_in(), &options);
    for (size_t i = 0; i < a.tokens.n; i++) {
        struct docbao_span from = said_text_span(&t, article_source_span(&a, a.tokens.at[i].text));
        if (!from.len || (size_t)from.off + from.len > text.n)
            broken_promise("token %zu comes from %u, %u of %zu bytes", i, from.off, from.len,
                           text.n);
    }
    article_free(&a);
    said_text_free(&t);
}

static void check_ssml(struct sv markup)
{
    struct ssml s;
    uint32_t at = 0;
    ssml_parse(&s, markup);
    for (size_t i = 0; i < s.runs.n; i++) {
        const struct ssml_run *run = &s.runs.at[i];
        if (run->from != at || run->to < run->from || run->to > s.text.n ||
            (size_t)run->language.off + run->language.len > s.names.n)
            broken_promise("run %zu is from %u to %u", i, run->from, run->to);
        at = run->to;
    }
    if (at != s.text.n)
        broken_promise("the runs end at %u of %zu bytes", at, s.text.n);
    for (size_t i = 0; i < s.marks.n; i++)
        if (s.marks.at[i].at > s.text.n || (i && s.marks.at[i].at < s.marks.at[i - 1].at))
            broken_promise("mark %zu is at %u", i, s.marks.at[i].at);
    if (markup.n && !memchr(markup.p, '<', markup.n) && !memchr(markup.p, '&', markup.n) &&
        !sv_eq(buf_sv(&s.text), markup))
        broken_promise("plain text was changed");
    ssml_free(&s);
}

static const char *const texts[] = {
    "SPEAK\n<speak>Xin <mark name=\"__spd_0\"/>chào &lt;3</speak>\n.\nSTOP\n",
    "SET\nrate=-20\npunctuation_mode=most\nvoice=male1\n.\n",
    "AUDIO\naudio_output_method=server\n.\nLIST VOICES vi\nQUIT\n",
    "<speak xml:lang='vi'>a<voice xml:lang=\"en\">two</voice><![CDATA[<b>]]><!-- c --></speak>",
    "<say-as interpret-as='characters'>ab</say-as><sub alias='x'>y</sub><break/>",
    "Ngày 15/5/2016, UBND (mới) 5% *** a_b \"c\" 😀👍🏻",
    "Ấộ9 .",
    "shift_kp_enter",
};

static void run(struct sv input)
{
    struct command_reader r;
    struct command c;
    struct settings settings;
    settings_init(&settings);
    command_reader_init(&r);
    for (size_t i = 0; i < input.n; i += 7) {
        command_add(&r, input.p + i, input.n - i < 7 ? input.n - i : 7);
        while (command_next(&r, &c)) {
            settings_take(&settings, c.text);
            settings_check_audio(c.text);
            check_ssml(c.text);
        }
    }
    command_reader_free(&r);
    settings_free(&settings);
    unsigned way = fuzz_choices(&input);
    check_ssml(input);
    check_said(input, way);
}

static void add_seeds(const struct seeds *seeds)
{
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        seed_text(seeds, i, texts[i]);
}

const struct fuzz_target fuzz_screen_reader = {run, add_seeds};
