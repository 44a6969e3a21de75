/** The search of WaveSpeed's history of predictions. */
@NullMarked
package dev.darkroom.provider.wavespeed.history;

import org.jspecify.annotations.NullMarked;
