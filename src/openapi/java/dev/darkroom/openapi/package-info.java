/** Makes the OpenAPI document of the artifact, from the deployed routes and the packaged models. */
@NullMarked
package dev.darkroom.openapi;

import org.jspecify.annotations.NullMarked;
