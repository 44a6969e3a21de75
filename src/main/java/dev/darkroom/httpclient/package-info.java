/** An HTTP/1.1 client whose calls have one time limit each, and which says how far a call came that failed. */
@NullMarked
package dev.darkroom.httpclient;

import org.jspecify.annotations.NullMarked;
