#include "article/find/evidence.h"

static double weight_of(const struct evidence *row, const struct search *s, size_t line)
{
    return row->amount ? row->weight * row->amount(s, line) : row->weight;
}

double evidence_sum(struct evidence_table table, const struct search *s, size_t line)
{
    double sum = 0;
    for (size_t i = 0; i < table.n; i++)
        if (table.rows[i].holds(s, line))
            sum += weight_of(&table.rows[i], s, line);
    return sum;
}

double evidence_first(struct evidence_table table, const struct search *s, size_t line)
{
    for (size_t i = 0; i < table.n; i++)
        if (table.rows[i].holds(s, line))
            return weight_of(&table.rows[i], s, line);
    return 0;
}

bool evidence_any(struct evidence_table table, const struct search *s, size_t line)
{
    for (size_t i = 0; i < table.n; i++)
        if (table.rows[i].holds(s, line))
            return true;
    return false;
}
