/** What a run has left in the table and the bucket, read without the gateway's own code. */
@NullMarked
package dev.darkroom.faults.audit;

import org.jspecify.annotations.NullMarked;
