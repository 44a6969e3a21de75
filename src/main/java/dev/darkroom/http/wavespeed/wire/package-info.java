/** What callers of WaveSpeed's dialect read: generations, events and errors in its envelopes. */
@NullMarked
package dev.darkroom.http.wavespeed.wire;

import org.jspecify.annotations.NullMarked;
