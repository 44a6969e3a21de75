/** Calls over HTTP with one time limit each, which report how far a failed call came. */
@NullMarked
package dev.darkroom.httpclient;

import org.jspecify.annotations.NullMarked;
