/*
 * A speech engine for the tests: every word is a short tone whose pitch depends on its bytes and
 * its place in the sentence, so the audio shows which words made it. Some words are faults:
 *   crash, ngã (abort)  hang (for ever)  stop (SIGSTOP)  exit (_exit(3))  fail (an error)
 *   slow (20 ms of real time)  long (5 minutes of audio)
 * At another rate words last 170 / rate as long, in steps of 735 frames. Its text is the words
 * and marks as they are. The program itself has no such engine.
 */
#ifndef DOCBAO_TESTS_TONE_H
#define DOCBAO_TESTS_TONE_H

#include "synth/synth.h"

extern const struct synth_engine synth_tone;

#endif
