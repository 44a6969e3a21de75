/** The catalogue of models as JSON Schema files. */
@NullMarked
package dev.darkroom.jsonschema;

import org.jspecify.annotations.NullMarked;
