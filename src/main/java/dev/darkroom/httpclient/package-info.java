/** MicroProfile REST clients whose calls have one time limit each, and which say how far a call came that failed. */
@NullMarked
package dev.darkroom.httpclient;

import org.jspecify.annotations.NullMarked;
