/*
 * Pages: the parser, and the search for the article.
 */
#include "fuzz/check.h"
#include "fuzz/target.h"

enum { RAW = 1, SKIP_TABLES = 2, CHARSET = 4, SPELL = 8 };

static void run(struct sv input)
{
    unsigned choices = fuzz_choices(&input);
    struct fuzz_way way = {
        .name = "fuzz.html",
        .read = {.raw = choices & RAW,
                 .skip_tables = choices & SKIP_TABLES,
                 .charset = choices & CHARSET ? "utf-8" : NULL},
        .reading.codes = choices & SPELL ? DOCBAO_CODES_SPELL : DOCBAO_CODES_EXPAND,
    };
    check_article(input, &way);
}

static const char page[] =
    "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Chợ quê họp sớm - Báo A</title>"
    "<meta property=\"article:published_time\" content=\"2025-05-10T16:05:09+07:00\">"
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Chợ quê họp "
    "sớm\",\"author\":{\"name\":\"Mai Lan\"},\"datePublished\":\"2025-05-10\"}</script></head>"
    "<body><nav><ul><li><a href=/>Trang chủ</a><li><a href=/a>Kinh tế</a></ul></nav><article>"
    "<h1>Chợ quê họp sớm</h1><time datetime=2025-05-10>10/05/2025 16:05</time><p class=sapo>Sáng "
    "nay chợ họp từ 5 giờ.</p><p>Cá 80.000&nbsp;đồng/kg, rau 5&#37; rẻ hơn.<p>Đoạn 10<sup>6</sup> "
    "<b>ba</b>.</p><table><tr><th>Hàng<th>Giá<tr><td>Cá<td>80</table><figure><img alt=\"chợ\">"
    "<figcaption>Ảnh: Lan</figcaption></figure><p>Mai Lan</p></article><footer>Bản quyền Báo A"
    "</footer></body></html>";

static void add_seeds(const struct seeds *seeds)
{
    static const char choices[] = {0, RAW};
    seed_text(seeds, 0, page);
    seed_text(seeds, SKIP_TABLES | CHARSET, page);
    seed_text(seeds, CHARSET, "<p>Một<br>hai <ruby>字<rt>tự</rt></ruby> &aacute;&#x1EA1;&bad; ba");
    seed_text(seeds, RAW, "<ol><li>a<li><i>b</p></ol><div hidden>c</div><!-- d --><p>Số 5 < 7 & 8");
    seed_text(seeds, 0,
              "<p>Ta có <math><mfrac><mn>1</mn><mrow><mi>a</mi><mo>−</mo><mn>2</mn></mrow></mfrac>"
              "<msup><mi>x</mi><mn>2</mn></msup><munderover><mo>∑</mo><mn>1</mn><mi>n</mi>"
              "</munderover><mroot><mn>8</mn><mn>3</mn></mroot><mfenced><mi>y</mi></mfenced>"
              "<annotation>x_1</annotation></math> hết.");
    seed_files(seeds, choices, sizeof choices, "tests/unit/html/*.html");
}

const struct fuzz_target fuzz_html = {run, add_seeds};
