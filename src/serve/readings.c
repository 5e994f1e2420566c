#include "serve/readings.h"

#include "base/message.h"
#include "base/utf8.h"
#include "serve/answer.h"
#include "serve/intake.h"

/* Puts a reading into the lexicon, and has the article made again, if one is named. Other articles
 * are made anew when somebody asks for that. Returns the status of the answer; *why is empty if it
 * was done. */
static unsigned add_reading(struct desk *d, const char *written, const char *spoken,
                            const char *article, struct buf *why)
{
    struct docbao *docbao = docbao_new(d->plan->library);
    enum docbao_status status =
        d->plan->lexicon ? docbao_lexicon_add(docbao, d->plan->lexicon, written, spoken, "")
                         : DOCBAO_USAGE;
    if (!d->plan->lexicon)
        buf_add_message(why, "This server keeps no readings.");
    else if (status == DOCBAO_OUTPUT)
        buf_add_message(why, "The reading cannot be kept: the disk may be full.");
    else if (status)
        buf_add_printable(why, sv_of(docbao_last_error(docbao)->message));
    docbao_free(docbao);
    if (!status && article_id_is_valid(sv_of(article)))
        make_again(d, article);
    return !status ? OK : status == DOCBAO_OUTPUT ? BUSY : UNREADABLE;
}

struct correction {
    struct buf written, spoken, article;
};

static bool read_correction(const struct http_request *r, struct correction *g)
{
    const struct json_wanted wanted[] = {
        {"written", &g->written}, {"spoken", &g->spoken}, {"article", &g->article}};
    return sv_is(body_type(r), "application/json") &&
           json_read(r->body, wanted, sizeof wanted / sizeof *wanted);
}

static void correction_free(struct correction *g)
{
    buf_free(&g->written);
    buf_free(&g->spoken);
    buf_free(&g->article);
}

void post_reading(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct correction g = {BUF_INIT, BUF_INIT, BUF_INIT};
    struct buf why = BUF_INIT;
    if (!read_correction(r, &g)) {
        answer_sentence(a, WRONG_TYPE, _("Send application/json with \"written\" and \"spoken\"."));
    } else {
        unsigned status = add_reading(d, g.written.p, g.spoken.p, g.article.p, &why);
        if (why.n)
            answer_sentence(a, status, why.p);
        else
            answer_text(a, status, "application/json");
        if (!why.n)
            buf_adds(&a->body, "{}\n");
    }
    correction_free(&g);
    buf_free(&why);
}

void form_readings(struct desk *d, const struct http_request *r, struct http_answer *a)
{
    struct correction g = {BUF_INIT, BUF_INIT, BUF_INIT};
    struct buf why = BUF_INIT;
    form_field(r->body, "written", &g.written);
    form_field(r->body, "spoken", &g.spoken);
    form_field(r->body, "article", &g.article);
    unsigned status = add_reading(d, g.written.p, g.spoken.p, g.article.p, &why);
    if (why.n)
        refuse_form(why.p, status, a);
    else
        answer_lead_to(a, "/");
    correction_free(&g);
    buf_free(&why);
}
