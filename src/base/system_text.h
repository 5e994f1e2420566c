/*
 * What the system says of errors and signals, in the language of messages. The C library's own
 * translation may not be installed, and a confined process cannot read it.
 */
#ifndef DOCBAO_BASE_SYSTEM_TEXT_H
#define DOCBAO_BASE_SYSTEM_TEXT_H

/* As strerror: errno as words. Valid until the next call. */
const char *system_error(int number);

/* As strsignal. */
const char *system_signal(int number);

#endif
