/** MicroProfile REST clients, on the connections of {@link dev.darkroom.httpclient}. */
@NullMarked
package dev.darkroom.restclient;

import org.jspecify.annotations.NullMarked;
