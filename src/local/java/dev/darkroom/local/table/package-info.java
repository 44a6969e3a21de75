/** DynamoDB Local, behind a check of the declared policies. */
@NullMarked
package dev.darkroom.local.table;

import org.jspecify.annotations.NullMarked;
