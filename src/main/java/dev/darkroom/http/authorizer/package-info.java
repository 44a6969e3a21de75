/** The Lambda authorizer of the HTTP API. */
@NullMarked
package dev.darkroom.http.authorizer;

import org.jspecify.annotations.NullMarked;
