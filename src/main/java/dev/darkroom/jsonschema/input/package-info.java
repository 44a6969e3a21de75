/** The inputs of models: how a body is read, and what its JSON Schema says. */
@NullMarked
package dev.darkroom.jsonschema.input;

import org.jspecify.annotations.NullMarked;
