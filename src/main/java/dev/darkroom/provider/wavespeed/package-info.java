/** WaveSpeed as the provider. Nothing outside this package and those within it knows its wire format. */
@NullMarked
package dev.darkroom.provider.wavespeed;

import org.jspecify.annotations.NullMarked;
