/** WaveSpeed's endpoints of many generations at once: the list and the deletion. */
@NullMarked
package dev.darkroom.http.wavespeed.listing;

import org.jspecify.annotations.NullMarked;
