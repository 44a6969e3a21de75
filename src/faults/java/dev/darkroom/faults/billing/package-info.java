/** Compares the provider's bill with the gateway's ledger after a run. */
@NullMarked
package dev.darkroom.faults.billing;

import org.jspecify.annotations.NullMarked;
