/** The store adapter for DynamoDB. */
@NullMarked
package dev.darkroom.dynamodb;

import org.jspecify.annotations.NullMarked;
