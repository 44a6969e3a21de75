/** Secrets of AWS's Secrets Manager, and secure parameters of Systems Manager. */
@NullMarked
package dev.darkroom.secrets;

import org.jspecify.annotations.NullMarked;
