/** WaveSpeed's wire format: what its responses mean. */
@NullMarked
package dev.darkroom.provider.wavespeed.wire;

import org.jspecify.annotations.NullMarked;
