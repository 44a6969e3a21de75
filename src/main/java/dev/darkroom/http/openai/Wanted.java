package dev.darkroom.http.openai;

import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.Wait;

/**
 * What a caller wants.
 *
 * @param isInline whether the answer has the images themselves in place of their addresses
 * @param address the gateway's own, for this caller
 * @param isOfFunctionUrl whether the request came past the endpoint
 */
record Wanted(boolean isInline, PublicUrl address, Wait period, boolean isOfFunctionUrl) {}
