/** The dialect of WaveSpeed: its endpoints, and the functions that answer them. */
@NullMarked
package dev.darkroom.http.wavespeed;

import org.jspecify.annotations.NullMarked;
