/** What all HTTP functions share: events of API Gateway, request bodies, responses, errors. */
@NullMarked
package dev.darkroom.http;

import org.jspecify.annotations.NullMarked;
