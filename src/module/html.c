/*
 * docbao-html.so: the HTML parser of libxml2.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "article/format/html_module.h"
#include "base/mem.h"

/* Without memory the parser behaves differently in each place; the program ends at once instead. */
static void *take_memory(size_t size)
{
    return mem_regrow(NULL, size, 1);
}

static void *regrow_memory(void *ptr, size_t size)
{
    return mem_regrow(ptr, size, 1);
}

static char *copy_string(const char *text)
{
    return mem_copy(sv_of(text));
}

struct parser {
    struct html_client client;
    htmlParserCtxtPtr context;
};

static void open_element(void *user, const xmlChar *name, const xmlChar **attributes)
{
    const struct parser *p = user;
    p->client.open(p->client.user, (const char *)name, (const char *const *)attributes);
}

static void close_element(void *user, const xmlChar *name)
{
    const struct parser *p = user;
    p->client.close(p->client.user, (const char *)name);
}

static void add_text(void *user, const xmlChar *text, int n)
{
    const struct parser *p = user;
    if (n > 0)
        p->client.text(p->client.user, (const char *)text, (size_t)n);
}

static void add_script(void *user, const xmlChar *text, int n)
{
    const struct parser *p = user;
    if (n > 0)
        p->client.script(p->client.user, (const char *)text, (size_t)n);
}

static void set_handlers(struct parser *p)
{
    htmlParserCtxtPtr context = p->context;
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                    HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
    context->options |= XML_PARSE_HUGE;
    memset(context->sax, 0, sizeof *context->sax);
    context->sax->startElement = open_element;
    context->sax->endElement = close_element;
    context->sax->characters = add_text;
    context->sax->ignorableWhitespace = add_text;
    context->sax->cdataBlock = add_script;
    context->userData = p;
}

static bool set_input(const struct parser *p, const char *text, size_t n)
{
    xmlParserInputBufferPtr bytes =
        xmlParserInputBufferCreateMem(text, (int)n, XML_CHAR_ENCODING_NONE);
    xmlParserInputPtr input =
        bytes ? xmlNewIOInputStream(p->context, bytes, XML_CHAR_ENCODING_NONE) : NULL;
    if (!input) {
        xmlFreeParserInputBuffer(bytes);
        return false;
    }
    inputPush(p->context, input);
    xmlSwitchEncoding(p->context, XML_CHAR_ENCODING_UTF8);
    return true;
}

static void end(void *parser)
{
    struct parser *p = parser;
    htmlFreeParserCtxt(p->context);
    free(p);
}

static void *begin(const struct html_client *client, const char *text, size_t n)
{
    struct parser *p = mem_zalloc(sizeof *p);
    xmlMemSetup(free, take_memory, regrow_memory, copy_string);
    *p = (struct parser){*client, htmlNewParserCtxt()};
    if (p->context)
        set_handlers(p);
    if (p->context && set_input(p, text, n))
        return p;
    end(p);
    return NULL;
}

static void run(void *parser)
{
    const struct parser *p = parser;
    htmlParseDocument(p->context);
}

static size_t position(const void *parser)
{
    const struct parser *p = parser;
    const struct _xmlParserInput *in = p->context->input;
    return in ? in->consumed + (size_t)(in->cur - in->base) : 0;
}

static void stop(void *parser)
{
    const struct parser *p = parser;
    xmlStopParser(p->context);
}

extern const struct html_driver docbao_html;
__attribute__((visibility("default")))
const struct html_driver docbao_html = {begin, run, position, stop, end};
