/** MicroProfile REST clients whose calls have one time limit each, and which report how far a failed call came. */
@NullMarked
package dev.darkroom.httpclient;

import org.jspecify.annotations.NullMarked;
