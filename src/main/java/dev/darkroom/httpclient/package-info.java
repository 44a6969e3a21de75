/** Calls with one time limit each, which report how far a failed call came: by MicroProfile REST clients, or of bytes. */
@NullMarked
package dev.darkroom.httpclient;

import org.jspecify.annotations.NullMarked;
