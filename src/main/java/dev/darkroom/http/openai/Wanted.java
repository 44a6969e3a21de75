package dev.darkroom.http.openai;

import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.Wait;

/**
 * What a caller wants.
 *
 * @param isInline whether the answer has the images themselves in place of their addresses
 * @param address the gateway's own, for this caller
 */
record Wanted(boolean isInline, PublicUrl address, Wait period) {}
