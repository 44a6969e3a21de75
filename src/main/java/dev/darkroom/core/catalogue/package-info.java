/** The models that callers can request, and their valid inputs. */
@NullMarked
package dev.darkroom.core.catalogue;

import org.jspecify.annotations.NullMarked;
