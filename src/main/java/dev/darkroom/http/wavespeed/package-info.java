/** The dialect of WaveSpeed: its requests in, its envelopes out. */
@NullMarked
package dev.darkroom.http.wavespeed;

import org.jspecify.annotations.NullMarked;
