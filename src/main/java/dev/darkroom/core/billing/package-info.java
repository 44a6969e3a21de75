/** The provider's bill beside the gateway's ledger. */
@NullMarked
package dev.darkroom.core.billing;

import org.jspecify.annotations.NullMarked;
