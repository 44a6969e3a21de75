/** Signatures by AWS's Key Management Service. */
@NullMarked
package dev.darkroom.kms;

import org.jspecify.annotations.NullMarked;
