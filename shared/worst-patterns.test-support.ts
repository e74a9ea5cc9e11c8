import { setFlagsFromString } from 'node:v8';

/*
 * V8 stops optimising patterns in a process that has made a mebibyte of code of them (TooMuchRegExpCode in
 * src/regexp/regexp.cc), and then throws where it did not before. A window that was open for hours is there; the tests
 * are there from the start, whatever ran before them.
 */
setFlagsFromString('--no-regexp-optimization');
