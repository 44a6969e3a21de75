/** The catalogue adapter: models as JSON files, their inputs checked by JSON Schema. */
@NullMarked
package dev.darkroom.models;

import org.jspecify.annotations.NullMarked;
