/** The provider adapter for WaveSpeed's HTTP API. */
@NullMarked
package dev.darkroom.wavespeed;

import org.jspecify.annotations.NullMarked;
