#include "text/classes/committee.h"

/* Whether the article names the committee of a city and none of a province. Kept for the article.
 */
static bool is_of_city(const struct view *v)
{
    enum { UNKNOWN, CITY, PROVINCE };
    uint32_t *committee = &v->notes->article[CLASS_code];
    if (*committee == UNKNOWN) {
        bool city = sv_find(v->text, SV("Thành ủy")) >= 0 || sv_find(v->text, SV("Thành uỷ")) >= 0;
        bool province =
            sv_find(v->text, SV("Tỉnh ủy")) >= 0 || sv_find(v->text, SV("Tỉnh uỷ")) >= 0;
        *committee = city && !province ? CITY : PROVINCE;
    }
    return *committee == CITY;
}

void say_committee(struct utterance *out, const struct view *v, struct sv reading)
{
    struct sv province = SV("tỉnh ủy");
    if (!sv_ends(reading, province) || !is_of_city(v)) {
        say_sv(out, reading);
        return;
    }
    reading.n -= province.n;
    if (reading.n)
        say_sv(out, sv_trim(reading));
    say(out, "thành ủy");
}
