#include "article/format/front_matter.h"

#include "base/ascii.h"

/* The value without quotation marks and the brackets of a list; nothing for a value of several
 * lines. */
static struct sv plain_value(struct sv v)
{
    static const char pairs[] = "\"\"''[]";
    v = sv_trim(v);
    for (size_t i = 0; pairs[i]; i += 2)
        if (v.n > 1 && v.p[0] == pairs[i] && v.p[v.n - 1] == pairs[i + 1]) {
            v = sv_trim(sv_sub(v, 1, v.n - 2));
            i = (size_t)-2;
        }
    return v.n && strchr("|>{&*", v.p[0]) ? (struct sv){v.p, 0} : v;
}

static void read_setting(struct front_matter *f, struct sv line, char equals)
{
    const struct {
        const char *name;
        struct sv *value;
    } settings[] = {{"title", &f->title}, {"date", &f->date}, {"author", &f->author}};
    struct sv value = line, name = sv_trim(sv_cut(&value, equals));
    for (size_t i = 0; value.p && i < sizeof settings / sizeof *settings; i++)
        if (ascii_same(name, sv_of(settings[i].name)) && !settings[i].value->n)
            *settings[i].value = plain_value(value);
}

struct front_matter front_matter_of(struct sv text)
{
    struct front_matter f = {0};
    bool yaml = sv_starts(text, SV("---\n")), toml = sv_starts(text, SV("+++\n"));
    struct sv rest = sv_sub(text, yaml || toml ? 4 : 0, text.n - (yaml || toml ? 4 : 0));
    while ((yaml || toml) && rest.p) {
        struct sv line = sv_cut(&rest, '\n');
        struct sv mark = sv_trim(line);
        if (sv_is(mark, yaml ? "---" : "+++") || (yaml && sv_is(mark, "..."))) {
            f.length = rest.p ? (size_t)(rest.p - text.p) : text.n;
            return f;
        }
        read_setting(&f, line, yaml ? ':' : '=');
    }
    return (struct front_matter){0};
}
