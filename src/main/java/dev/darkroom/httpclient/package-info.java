/** Calls by REST clients or of bytes, with one time limit each, which report how far a failed call came. */
@NullMarked
package dev.darkroom.httpclient;

import org.jspecify.annotations.NullMarked;
