/** Requests to services of AWS without a client of the SDK: signatures and addresses. */
@NullMarked
package dev.darkroom.sigv4;

import org.jspecify.annotations.NullMarked;
