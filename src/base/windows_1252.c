#include "base/windows_1252.h"

static const uint16_t upper_controls[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

uint16_t windows_1252_code(unsigned byte)
{
    return byte >= 0x80 && byte < 0xA0 ? upper_controls[byte - 0x80] : (uint16_t)byte;
}

int windows_1252_byte(uint32_t code)
{
    if (code < 0x100)
        return (int)code;
    for (int i = 0; i < 32; i++)
        if (upper_controls[i] == code)
            return 0x80 + i;
    return NOT_A_BYTE;
}
