#include "rules/style.h"

static const struct row *style_row(const struct rules *r, unsigned style)
{
    for (const struct kind_name *k = kind_names[KINDS_style]; k->name; k++)
        if (k->bit == style)
            return rules_find(r, TABLE_STYLES, sv_of(k->name));
    return NULL;
}

struct style_figures style_figures(const struct rules *r, unsigned style)
{
    const struct row *row = style ? style_row(r, style) : NULL;
    if (!row)
        return (struct style_figures){.rate = 100, .pause = 100};
    return (struct style_figures){
        .rate = row_number(row, STYLES_RATE),
        .pitch = row_number(row, STYLES_PITCH),
        .range = row_number(row, STYLES_RANGE),
        .pause = row_number(row, STYLES_PAUSE),
        .breath = row_number(row, STYLES_BREATH),
    };
}
