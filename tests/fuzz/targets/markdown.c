/*
 * Markdown.
 */
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { RAW = 1, SKIP_TABLES = 2 };

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {
        .name = "fuzz.md",
        .read = {.raw = choices & RAW, .skip_tables = choices & SKIP_TABLES},
    };
    check_article(input, &way);
}

static void add_seeds(const struct seeds *seeds)
{
    seed_text(seeds, 0,
              "---\ntitle: Chợ quê\n---\n# Chợ quê họp sớm\n*10/05/2025*\n\nSáng **nay** "
              "[chợ](http://a.vn/b?c=1) họp, ![ảnh chợ](a.png) `mã` &aacute;&#7841;.\n\n"
              "| Hàng | Giá |\n|---|--:|\n| Cá | 80 |\n\n- một\n  1. hai\n- [x] ba\n\n> lời dẫn\n"
              "> tiếp\n\n```c\nint a;\n```\n\n    thụt\n\nSetext\n===\n<div>thẻ</div>\n\n"
              "Cỡ 10<sup>6</sup>, hết\\\ndòng~~bỏ~~.\n\nMai Lan\n");
    seed_text(seeds, RAW, "Một dòng  \nhai <b>đậm</b> <http://a.vn> www.b.vn\n***\n1) ba\n2) bốn");
    seed_text(seeds, SKIP_TABLES, "|a|b|\n|-|-|\n|c|\n\n[x]: http://c \"tên\"\n[x] và [y][x]\n");
}

const struct fuzz_target fuzz_markdown = {run, add_seeds};
